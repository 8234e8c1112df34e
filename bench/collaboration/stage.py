"""Where the loads are played: one PostgreSQL, and a fresh database and server for each play."""

import asyncio
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bench.collaboration.loads import Load
from bench.processes import SECONDSTORY, free_port, running
from secondstory.identity.models import Scope
from secondstory.identity.service import add_token
from secondstory.migrate import migrate
from secondstory.platform.database import Database
from secondstory.platform.embedded import embedded_postgres_url

HERE = Path(__file__).parent
_PEOPLE = 1100
_OPEN_INCIDENT = b'{"title": "The queue grew"}'


@dataclass(frozen=True)
class Server:
    """A server that runs, with rooms to enter and tokens of people who may."""

    name: str
    urls: list[str]
    """One for each process of it."""
    pids: list[int]
    rooms: list[str]
    tokens: list[str]


class Stage:
    """A PostgreSQL with its usual durability, and what both servers start from."""

    def __init__(self, folder: Path, url: str) -> None:
        self.postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        self._url = url
        self._template = _with_name(url, "template_second_story")
        self.tokens: list[str] = []
        self._count = 0

    def build(self) -> None:
        """Prepare the database that each play of ours gets a copy of."""
        asyncio.run(self._execute("CREATE DATABASE template_second_story"))
        migrate(self._template)
        self.tokens = asyncio.run(self._add_tokens())

    async def _add_tokens(self) -> list[str]:
        database = Database(self._template, pool_size=1)
        scopes = [Scope.INCIDENTS_READ, Scope.INCIDENTS_WRITE]
        async with database.transaction() as session:
            tokens = [
                add_token(session, None, f"Person {number}", scopes, None)[1]
                for number in range(_PEOPLE)
            ]
        await database.close()
        return tokens

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url)
        await connection.execute(statement)
        await connection.close()

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """Yield the URL of a database made from a template; it is dropped at the end."""
        self._count += 1
        name = f"play_{self._count}"
        asyncio.run(self._execute(f"CREATE DATABASE {name} TEMPLATE {template}"))
        yield _with_name(self._url, name)
        asyncio.run(self._execute(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def a_stage(folder: Path) -> Iterator[Stage]:
    """Set up a stage in a folder, until the end of the block."""
    with embedded_postgres_url(folder) as url:
        stage = Stage(folder, url)
        stage.build()
        yield stage


@contextmanager
def second_story(stage: Stage, load: Load) -> Iterator[Server]:
    """Serve with one process, or as many as the load wants, on a database that is ours alone."""
    secret = token_hex(32)
    with stage.database("template_second_story") as url, ExitStack() as stack:
        addresses, pids = list[str](), list[int]()
        for _ in range(load.processes):
            port = free_port()
            settings = {
                "SECONDSTORY_DATABASE_URL": url,
                "SECONDSTORY_PORT": str(port),
                "SECONDSTORY_SECRET_KEY": secret,
            }
            addresses.append(f"http://127.0.0.1:{port}")
            serving = running([SECONDSTORY, "serve"], settings, addresses[-1])
            pids.append(stack.enter_context(serving).pid)
        ids = [_open_incident(addresses[0], stage.tokens[0]) for _ in range(load.room_count)]
        live = [address.replace("http:", "ws:") for address in addresses]
        yield Server("second-story", live, pids, ids, stage.tokens)


@contextmanager
def hocuspocus(stage: Stage, load: Load) -> Iterator[Server]:
    """Serve with Hocuspocus, its defaults, and its extension that stores in a database."""
    port = free_port()
    with stage.database("template1") as url:
        settings = {"DATABASE_URL": url, "PORT": str(port), "NODE_ENV": "production"}
        command = [node(), str(HERE / "hocuspocus.mjs")]
        with running(command, settings, f"http://127.0.0.1:{port}") as process:
            names = [f"room-{number}" for number in range(load.room_count)]
            live = [f"ws://127.0.0.1:{port}"]
            yield Server("hocuspocus", live, [process.pid], names, stage.tokens)


SERVERS: dict[str, Callable[[Stage, Load], AbstractContextManager[Server]]] = {
    "second-story": second_story,
    "hocuspocus": hocuspocus,
}


def node() -> str:
    """Return the Node that npm installed for this: Hocuspocus wants 22 or newer."""
    installed = HERE / "node_modules" / ".bin" / "node"
    return str(installed) if installed.exists() else "node"


def _open_incident(address: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        f"{address}/api/v1/incidents", _OPEN_INCIDENT, headers, method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        where: str = answer.headers["Location"]
    return where.rpartition("/")[2]


def _with_name(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
