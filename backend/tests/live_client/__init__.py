"""Real Yjs clients (Node, y-websocket) for tests against a real server."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).parent / "client.mjs"
_PATIENCE_SECONDS = 10.0


class Clients:
    """A Node process that hosts any number of Yjs clients."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = itertools.count()
        self._answers: dict[int, asyncio.Future[Any]] = {}

    async def call(self, command: str, **arguments: Any) -> Any:
        """Run one command of client.mjs."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        line = json.dumps({"n": number, "command": command, **arguments})
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        return await asyncio.wait_for(self._answers[number], _PATIENCE_SECONDS)

    async def open(self, url: str, room: str, **options: Any) -> "Client":
        """Connect a new client; `headers` and `connect` are options."""
        client = Client(self, next(self._numbers))
        client.number = (await client.call("open", url=url, room=room, **options))["client"]
        return client

    async def read_answers(self) -> None:
        """Deliver answers until the process ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            answer = json.loads(line)
            future = self._answers.pop(answer["n"])
            if "error" in answer:
                future.set_exception(AssertionError(answer["error"]))
            else:
                future.set_result(answer["ok"])


@dataclass
class Client:
    """One Y.Doc with its connection."""

    clients: Clients
    id: int
    number: int = 0

    async def call(self, command: str, **arguments: Any) -> Any:
        """Run a command of this client."""
        return await self.clients.call(command, id=self.id, **arguments)

    async def state(self) -> Any:
        """Return what this client knows: texts, presence, notices, closes."""
        return await self.call("state")

    async def insert(self, name: str, text: str, at: int | None = None) -> None:
        """Type; at the end unless told where."""
        await self.call("insert", name=name, text=text, at=at)

    async def until(self, fulfilled: Callable[[Any], bool], seconds: float = 15.0) -> Any:
        """Wait until the state is as wanted; return it."""
        state: Any = None
        try:
            async with asyncio.timeout(seconds):
                while not fulfilled(state := await self.state()):  # noqa: ASYNC110 - it happens in Node, which tells nobody
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(state) from None
        return state

    async def reads(self, name: str, text: str) -> Any:
        """Wait until a passage reads like this."""
        return await self.until(lambda state: state["texts"].get(name, "") == text)


@asynccontextmanager
async def node_clients() -> AsyncIterator[Clients]:
    """Run the Node process."""
    process = await asyncio.create_subprocess_exec(
        *("node", "--experimental-websocket", "--no-warnings", str(_SCRIPT)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=16 * 1024 * 1024,
    )
    clients = Clients(process)
    reading = asyncio.create_task(clients.read_answers())
    try:
        yield clients
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await reading
