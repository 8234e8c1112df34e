"""Servers and the database die while alerts stream in: what was answered 2xx is stored once.

`make chaos ROUNDS=200` kills more often: once for five rounds.
"""

import asyncio
import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import asyncpg
import httpx
import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.source_schemas import SourceCreate
from secondstory.alerts.sources import add_source
from secondstory.identity.principal import SYSTEM
from secondstory.platform.database import Database
from tests.chaos.servers import Server
from tests.chaos.world import World
from tests.waiting import until

SENDERS = 8
KEYS = 40
KILLS = max(2, int(os.environ.get("ROUNDS", "20")) // 5)
pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(120 + 20 * KILLS)]

MAPPING = PayloadMapping(title="t", dedup_key="k", state="s")
STORED = "SELECT convert_from(body, 'UTF8') FROM alert_delivery WHERE source_id = $1"
# Each episode of a key, what it counts, what was kept of it, and what its incident tells twice.
ALERTS = """
SELECT dedup_key, deliveries, incident_id, (
    SELECT count(DISTINCT delivery_id) FROM alert_signal WHERE alert_id = alert.id
) AS kept, (
    SELECT count(*) - count(DISTINCT passage.text) FROM event
    JOIN passage ON passage.document_id = event.incident_id
        AND passage.name = 'events/' || event.id || '/text'
    WHERE event.alert_id = alert.id
) AS doubles
FROM alert WHERE source_id = $1
"""


@dataclass
class Stream:
    """Senders that post without a pause, each message again until somebody answers 2xx."""

    address: str
    servers: list[Server]
    answered: set[int] = field(default_factory=set)
    refused: Counter[int] = field(default_factory=Counter)
    retry_after: bool = True
    numbers: "count[int]" = field(default_factory=count)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        work = [asyncio.create_task(self._send()) for _ in range(SENDERS)]
        try:
            yield
        finally:
            for task in work:
                task.cancel()
            await asyncio.wait(work)
            for task in work:
                with suppress(asyncio.CancelledError):
                    task.result()

    async def until_answered(self, more: int) -> None:
        """Wait until so many more messages were answered 2xx."""
        wanted = len(self.answered) + more
        await until(lambda: len(self.answered) >= wanted, 60)

    async def _send(self) -> None:
        async with httpx.AsyncClient(timeout=15) as http:
            while True:
                number = next(self.numbers)
                await until(partial(self._post, http, number), 60)
                self.answered.add(number)

    async def _post(self, http: httpx.AsyncClient, number: int) -> bool:
        server = random.choice(self.servers)
        body = {"t": f"Down {number % KEYS}", "k": str(number % KEYS), "n": number}
        try:
            answer = await http.post(
                f"http://{server.address}{self.address}",
                json=body,
                headers={"Idempotency-Key": str(number)},
            )
        except httpx.TransportError:
            return False
        if answer.status_code != 202:
            self.refused[answer.status_code] += 1
            self.retry_after = self.retry_after and "retry-after" in answer.headers
        return answer.status_code == 202


async def start_again(world: World) -> None:
    """Start the database, which has to recover; on a busy machine that takes its time."""
    with suppress(subprocess.TimeoutExpired):
        await asyncio.to_thread(world.postgres.start)
        return
    await asyncio.to_thread(world.postgres.start)


async def add_stream(world: World, servers: list[Server]) -> tuple[Stream, str]:
    database = Database(world.postgres.url, pool_size=2)
    new = SourceCreate(kind=SourceKind.GENERIC, name="Stream", mapping=MAPPING)
    async with database.transaction() as session:
        source = await add_source(session, SYSTEM, new)
    await database.close()
    return Stream(source.address, servers), str(source.id)


async def check(world: World, stream: Stream, source_id: str) -> None:
    """Compare what was answered with what is stored."""
    connection = await asyncpg.connect(world.postgres.url)
    # What was on its way when the servers were killed may still be committed meanwhile.
    async with connection.transaction(isolation="repeatable_read"):
        bodies = [json.loads(row[0]) for row in await connection.fetch(STORED, source_id)]
        alerts = await connection.fetch(ALERTS, source_id)
    await connection.close()
    stored = Counter(body["n"] for body in bodies)
    assert stream.answered - stored.keys() == set()
    assert [number for number, times in stored.items() if times > 1] == []
    assert Counter(alert["dedup_key"] for alert in alerts) == {str(key): 1 for key in range(KEYS)}
    assert len({alert["incident_id"] for alert in alerts}) == KEYS
    assert sum(alert["deliveries"] for alert in alerts) == len(bodies)
    assert all(alert["deliveries"] == alert["kept"] for alert in alerts)
    assert all(alert["doubles"] == 0 for alert in alerts)
    # Content and timing are no reason for anything else than "come back".
    assert set(stream.refused) <= {503}
    assert stream.retry_after


async def test_what_was_answered_is_stored_once_whatever_is_killed(world: World) -> None:
    await asyncio.to_thread(world.postgres.start)
    servers = [await world.servers.start(), await world.servers.start()]
    stream, source_id = await add_stream(world, servers)
    async with stream.running():
        for number in range(KILLS):
            await stream.until_answered(150)
            if number % 2:
                world.postgres.kill()
                await asyncio.sleep(0.3)
                await start_again(world)
            else:
                await servers[0].kill()
                servers[0] = await world.servers.start()
        await stream.until_answered(150)
    for server in servers:
        await server.kill()
    assert stream.refused[503] > 0
    await check(world, stream, source_id)
