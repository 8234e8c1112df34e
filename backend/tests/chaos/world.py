"""What the tests here share: a database, people, and servers that come and go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from secondstory.identity.models import Role
from secondstory.identity.principal import COOKIE
from secondstory.identity.sign_in import start_sign_in
from secondstory.identity.tokens import sign_session
from secondstory.migrate import migrate
from secondstory.platform.database import Database
from tests.chaos.postgres import Postgres, running_postgres
from tests.chaos.servers import Server, Servers, running_servers
from tests.factories import add_user
from tests.live_client import Client, Clients, node_clients

PEOPLE = 20
# Less than it takes a process that hears of nothing to compare everything, which would do as well.
_READING_SECONDS = 8.0
_SECRET = "0123456789abcdef" * 4
# A disk that takes its time: whenever something is killed, something is on its way to the disk.
_SLOW_COMMITS = ("commit_delay = 10000", "commit_siblings = 0")


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, on whatever server."""

    cookie: str

    def requests(self, server: Server) -> httpx.AsyncClient:
        """Return a client for requests; paths start after /api/v1."""
        return httpx.AsyncClient(
            base_url=f"http://{server.address}/api/v1", cookies={COOKIE: self.cookie}
        )

    async def opens_incident(self, server: Server) -> str:
        """Make an incident to write in."""
        async with self.requests(server) as requests:
            answer = await requests.post("/incidents", json={"title": "Ded down"})
        assert answer.status_code == 201, answer.text
        made: str = answer.json()["id"]
        return made

    async def until_reads(
        self, server: Server, incident: str, fulfilled: Callable[[str], bool]
    ) -> None:
        """Wait until an incident's summary is as wanted over REST."""
        summary = None
        async with self.requests(server) as requests:
            try:
                async with asyncio.timeout(_READING_SECONDS):
                    while summary is None or not fulfilled(summary):
                        answer = await requests.get(f"/incidents/{incident}")
                        assert answer.status_code == 200, answer.text
                        summary = answer.json()["summary"]
                        await asyncio.sleep(0.05)
            except TimeoutError:
                raise AssertionError(summary) from None


@dataclass
class World:
    """All of it."""

    postgres: Postgres
    servers: Servers
    people: list[Person]
    node: Clients
    _server: Server | None = None

    async def server(self) -> Server:
        """Return the server that runs, or start one; the database too, if it does not run."""
        await asyncio.to_thread(self.postgres.start)
        if self._server is None or not self._server.is_running:
            self._server = await self.servers.start()
        return self._server

    async def opened(self, who: Person, address: str, incident: str, **options: Any) -> Client:
        """Open somebody's editor of an incident."""
        return await self.node.open(
            f"ws://{address}/api/v1/incidents",
            f"{incident}/live",
            headers={"Cookie": f"{COOKIE}={who.cookie}"},
            **options,
        )

    async def join(self, who: Person, address: str, incident: str, **options: Any) -> Client:
        """Open an editor, and wait until it shows what there is."""
        client = await self.opened(who, address, incident, **options)
        await client.until(lambda state: state["synced"])
        return client


@asynccontextmanager
async def running_world(folder: Path) -> AsyncIterator[World]:
    """Start the database, add the people, and end everything at the end of the block."""
    with running_postgres(folder) as postgres:
        await asyncio.to_thread(migrate, postgres.url)
        await _slow_down(postgres.url)
        people = await _sign_everybody_in(postgres.url)
        settings = {
            "SECONDSTORY_DATABASE_URL": postgres.url,
            "SECONDSTORY_SECRET_KEY": _SECRET,
            "SECONDSTORY_DATA_DIR": str(folder),
        }
        async with (
            running_servers(settings, folder / "servers.log") as servers,
            node_clients() as node,
        ):
            yield World(postgres, servers, people, node)


async def _slow_down(url: str) -> None:
    connection = await asyncpg.connect(url)
    for setting in _SLOW_COMMITS:
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


async def _sign_everybody_in(url: str) -> list[Person]:
    database = Database(url)
    people = []
    for number in range(PEOPLE):
        user = await add_user(database, Role.MEMBER, f"Person {number}")
        async with database.transaction() as session:
            started = start_sign_in(session, user.id, timedelta(hours=4))
        people.append(Person(sign_session(started.id, started.expires_at, _SECRET)))
    await database.close()
    return people
