"""A storm about one failing service, at two processes at once: one incident, and nothing lost.

`STORM=10000` makes it a long one.
"""

import asyncio
import os
from collections import Counter
from itertools import count

import asyncpg
import httpx
import psutil
import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.rules import Rules
from secondstory.alerts.source_schemas import SourceCreate
from secondstory.alerts.sources import add_source
from secondstory.identity.principal import SYSTEM
from secondstory.platform.database import Database
from tests.chaos.servers import Server
from tests.chaos.world import World

DELIVERIES = int(os.environ.get("STORM", "400"))
pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(120 + DELIVERIES // 20)]

CONNECTIONS = 16
MAPPING = PayloadMapping(title="t", dedup_key="k", state="s", service="svc")


async def add_storm_source(world: World, rules: Rules) -> str:
    database = Database(world.postgres.url, pool_size=2)
    new = SourceCreate(kind=SourceKind.GENERIC, name="Storm", mapping=MAPPING, rules=rules)
    async with database.transaction() as session:
        source = await add_source(session, SYSTEM, new)
    await database.close()
    return source.address


async def blow(servers: list[Server], address: str, deliveries: int, state: str) -> set[str]:
    """Post from many connections at once; return the incidents that were answered."""
    numbers, keys = count(), set()

    async def send(server: Server) -> None:
        async with httpx.AsyncClient(timeout=30) as http:
            while (number := next(numbers)) < deliveries:
                body = {"t": f"Node {number} is down", "k": str(number), "svc": "checkout"}
                answer = await http.post(
                    f"http://{server.address}{address}", json=body | {"s": state}
                )
                assert answer.status_code == 202, answer.text
                keys.update(incident["key"] for incident in answer.json()["incidents"])

    await asyncio.gather(*(send(servers[n % len(servers)]) for n in range(CONNECTIONS)))
    return keys


def megabytes(servers: list[Server]) -> float:
    return sum(psutil.Process(server.pid).memory_info().rss for server in servers) / 1e6


async def test_a_storm_is_one_incident(world: World) -> None:
    await asyncio.to_thread(world.postgres.start)
    servers = [await world.servers.start(), await world.servers.start()]
    rules = Rules.model_validate({"attach_within_minutes": 30, "on_resolve": "resolve_incident"})
    address = await add_storm_source(world, rules)
    (key,) = await blow(servers, address, CONNECTIONS * 4, "down")
    before = megabytes(servers)
    storm = asyncio.create_task(blow(servers, address, DELIVERIES, "down"))
    await asyncio.sleep(1)
    async with world.people[0].requests(servers[0]) as requests, asyncio.timeout(20):
        # People get on with their incident meanwhile.
        answer = await requests.patch(f"/incidents/{key}", json={"title": "Checkout is down"})
        assert answer.status_code == 200
    assert await storm == {key}
    assert megabytes(servers) < before + 60
    assert await blow(servers, address, DELIVERIES, "ok") == {key}
    connection = await asyncpg.connect(world.postgres.url)
    (incident,) = await connection.fetch(
        "SELECT id, status, title FROM incident WHERE services = '{checkout}'"
    )
    alerts = await connection.fetch(
        "SELECT state, deliveries FROM alert WHERE incident_id = $1", incident["id"]
    )
    told = await connection.fetchval(
        "SELECT count(*) FROM event WHERE incident_id = $1", incident["id"]
    )
    await connection.close()
    for server in servers:
        await server.kill()
    assert (incident["status"], incident["title"]) == ("resolved", "Checkout is down")
    assert Counter(alert["state"] for alert in alerts) == {"resolved": DELIVERIES}
    assert sum(alert["deliveries"] for alert in alerts) == 2 * DELIVERIES + CONNECTIONS * 4
    # Some came at once and saw room for one more.
    assert told <= 2 * (50 + CONNECTIONS)
