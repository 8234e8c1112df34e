"""`secondstory serve` in processes of their own, to be killed at any moment."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import psutil

from tests.waiting import until

_PATIENCE_SECONDS = 30


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has collected yet does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Server:
    """One `secondstory serve`: the leader of a process group, and who answers on a port."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.address = f"127.0.0.1:{port}"

    @property
    def is_running(self) -> bool:
        return is_running(self.pid)

    async def answers(self) -> None:
        """Wait until it can be asked."""
        async with asyncio.timeout(_PATIENCE_SECONDS), httpx.AsyncClient() as client:
            while True:
                assert self.is_running
                with suppress(httpx.TransportError):
                    if (await client.get(f"http://{self.address}/readyz")).is_success:
                        return
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """End it on the spot, with everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        await self._ended()

    async def stop(self) -> None:
        """Ask it to stop."""
        os.kill(self.pid, signal.SIGTERM)
        await self._ended()

    async def _ended(self) -> None:
        await until(lambda: not self.is_running, _PATIENCE_SECONDS)


class Servers:
    """Starts servers with the same settings; none of them is left at the end."""

    def __init__(
        self, nursery: asyncio.subprocess.Process, settings: Mapping[str, str], log: Path
    ) -> None:
        self.settings = settings
        self._nursery = nursery
        self._log = log
        self._all: list[Server] = []

    async def start(self) -> Server:
        """Start one and wait until it answers."""
        port = free_port()
        settings = {**self.settings, "SECONDSTORY_PORT": str(port)}
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(settings).encode() + b"\n")
        server = Server(int(await self._nursery.stdout.readline()), port)
        self._all.append(server)
        try:
            await server.answers()
        except (AssertionError, TimeoutError):
            raise AssertionError(self._log.read_text()) from None
        return server

    async def kill_all(self) -> None:
        """Leave nothing behind."""
        for server in self._all:
            await server.kill()


@asynccontextmanager
async def running_servers(settings: Mapping[str, str], log: Path) -> AsyncIterator[Servers]:
    """Start servers until the end of the block."""
    kept = {name: value for name, value in os.environ.items() if "SECONDSTORY" not in name}
    with log.open("ab") as errors:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, str(Path(__file__).with_name("nursery.py"))),
            env=kept,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    servers = Servers(nursery, settings, log)
    try:
        yield servers
    finally:
        await servers.kill_all()
        assert nursery.stdin is not None
        nursery.stdin.close()
        await nursery.wait()
