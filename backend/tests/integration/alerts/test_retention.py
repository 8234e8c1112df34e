"""Raw deliveries go after a while, in small steps; what they brought about stays."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from secondstory.alerts import retention
from secondstory.alerts.retention import remove_old, removing_old
from secondstory.platform import clock
from secondstory.platform.columns import first_id_at, new_id
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items
from tests.waiting import until

MAPPING = {"title": "t", "dedup_key": "k"}
ADD_OLD = """
INSERT INTO alert_delivery (id, source_id, received_at, headers, body)
SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, $2, '{}', ''
FROM generate_series(1, $3::int) AS n
"""


async def sender_with_old_ones(
    admin: Caller, http: httpx.AsyncClient, database: Database, number: int
) -> Sender:
    sender = await add_sender(admin, http, "generic", mapping=MAPPING)
    async with database.glancing() as driver:
        await driver.execute(ADD_OLD, sender.id, clock.now() - timedelta(days=40), number)
    return sender


async def count(database: Database) -> int:
    async with database.glancing() as driver:
        found: int = await driver.fetchval("SELECT count(*) FROM alert_delivery")
        return found


async def test_old_deliveries_go_and_alerts_stay(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    sender = await sender_with_old_ones(admin, anonymous, database, 1234)
    await sender.post({"t": "Down", "k": "1"})
    removed = await asyncio.gather(*(remove_old(database, timedelta(days=30)) for _ in range(3)))
    assert (sum(removed), await count(database)) == (1234, 1)
    # Everything is older than nothing, but for what comes from a clock that runs ahead.
    assert await remove_old(database, -timedelta(seconds=5)) == 1
    (alert,) = await items(admin, "/alerts")
    assert alert["incident_key"] is not None
    assert await items(admin, f"/alerts/{alert['id']}/deliveries") == []
    again: Any = await sender.post({"t": "Down", "k": "1"})
    assert again.json()["alerts"][0]["id"] == alert["id"]


async def test_what_somebody_is_at_is_left_for_later(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    await sender_with_old_ones(admin, anonymous, database, 3)
    connection = await asyncpg.connect(database.dsn)
    async with connection.transaction():
        await connection.execute("SELECT id FROM alert_delivery ORDER BY id LIMIT 1 FOR UPDATE")
        assert await remove_old(database, timedelta(days=30)) == 2
    await connection.close()
    assert await remove_old(database, timedelta(days=30)) == 1


async def test_it_happens_by_itself_and_survives_a_lost_database(
    admin: Caller,
    anonymous: httpx.AsyncClient,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("_FIRST_PAUSE_SECONDS", "_PAUSE_SECONDS"):
        monkeypatch.setattr(retention, name, 0.01)
    await sender_with_old_ones(admin, anonymous, database, 7)
    async with removing_old(database, timedelta(days=30)):

        async def all_are_gone() -> bool:
            return await count(database) == 0

        await until(all_are_gone)
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none")
    async with removing_old(nowhere, timedelta(days=30)):
        await until(lambda: "removed later" in caplog.text)
    await nowhere.close()


def test_ids_are_in_the_order_of_their_making() -> None:
    now = clock.now()
    made = new_id()
    assert first_id_at(now - timedelta(seconds=1)) < made < first_id_at(now + timedelta(seconds=1))
