"""A load balancer that misbehaves on demand."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

_CHUNK_BYTES = 65536


class Proxy:
    """Hands TCP connections to servers in turn; can cut them, and swallow what they carry."""

    def __init__(self, targets: Sequence[str]) -> None:
        self.address = ""
        self._targets = itertools.cycle([target.split(":") for target in targets])
        self._writers: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    def cut(self) -> None:
        """End all connections, without a goodbye."""
        for writer in self._writers:
            writer.transport.abort()

    def swallow(self) -> None:
        """Carry nothing more in either direction, and tell nobody."""
        self._flowing.clear()

    def carry(self) -> None:
        """Carry again; what waits goes first."""
        self._flowing.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Be in the middle of one connection until either side ends it."""
        host, port = next(self._targets)
        try:
            far_reader, far_writer = await asyncio.open_connection(host, int(port))
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self._writers |= ends
        try:
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        finally:
            self._writers -= ends

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(_CHUNK_BYTES):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def proxying(*targets: str) -> AsyncIterator[Proxy]:
    """Run a proxy in front of some servers until the end of the block."""
    proxy = Proxy(targets)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    proxy.address = f"{host}:{port}"
    async with server:
        yield proxy
        proxy.carry()
        proxy.cut()
