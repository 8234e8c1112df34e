"""The database goes away in the middle: the sender is told to come back, and nothing is half."""

import asyncio

import asyncpg
import httpx

from secondstory.platform.database import Database
from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items

MAPPING = {"title": "t", "state": "s"}
WAITING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


async def cut_off(database: Database, sender: Sender) -> httpx.Response:
    """Post while another transaction holds the alert, and end the session that waits for it."""
    connection = await asyncpg.connect(database.dsn)
    async with connection.transaction():
        await connection.execute("SELECT id FROM alert FOR UPDATE")
        posting = asyncio.create_task(sender.post({"t": "Down", "s": "ok"}))
        while not await connection.fetch(WAITING):
            assert not posting.done()
            await asyncio.sleep(0.02)
        answer = await posting
    await connection.close()
    return answer


async def test_a_lost_connection_is_503_and_stores_nothing(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    await sender.post({"t": "Down", "s": "firing"})
    answer = await cut_off(database, sender)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    assert len(await items(admin, f"/alert-sources/{sender.id}/deliveries")) == 1
    again = await sender.post({"t": "Down", "s": "ok"})
    assert again.json()["alerts"][0]["state"] == "resolved"
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 2
