"""A WebSocket client that writes its own bytes: legal ones in odd forms, and others."""

import asyncio
import os
import struct
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from enum import IntEnum
from random import Random
from typing import Any
from urllib.parse import urlsplit

from secondstory.identity.principal import COOKIE
from tests.factories import Caller


class Opcode(IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


def frame(
    payload: bytes, opcode: int = Opcode.BINARY, *, final: bool = True, masked: bool = True
) -> bytes:
    """One WebSocket frame (RFC 6455)."""
    head = bytes((opcode | (0x80 if final else 0),))
    mask_bit = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes((len(payload) | mask_bit,))
    elif len(payload) < 65536:
        head += struct.pack("!BH", 126 | mask_bit, len(payload))
    else:
        head += struct.pack("!BQ", 127 | mask_bit, len(payload))
    if not masked:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[at % 4] for at, byte in enumerate(payload))


def fragments(rng: Random, payload: bytes) -> list[bytes]:
    """One message in several frames, some of them empty, with control frames in between."""
    cuts = sorted(rng.randrange(len(payload) + 1) for _ in range(rng.randrange(1, 5)))
    parts = [payload[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    frames = []
    for number, part in enumerate(parts):
        opcode = Opcode.CONTINUATION if number else Opcode.BINARY
        frames.append(frame(part, opcode, final=number == len(parts) - 1))
        if rng.random() < 0.5:
            frames.append(frame(b"there?", rng.choice((Opcode.PING, Opcode.PONG))))
    return frames


class Wire:
    """A connection after its handshake. What the server says is read and thrown away."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._reading = asyncio.create_task(self._read())
        self.heard = b""

    @property
    def ended(self) -> bool:
        return self._reading.done()

    async def send(self, segments: Iterable[bytes]) -> None:
        """Send bytes, each segment by itself."""
        try:
            for segment in segments:
                self._writer.write(segment)
                await self._writer.drain()
                await asyncio.sleep(0)
        except ConnectionError:
            return

    async def hears(self, content: bytes, seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while content not in self.heard:
                assert not self.ended, self.heard[-200:]
                await asyncio.sleep(0.005)

    async def until_ended(self, seconds: float = 5) -> int | None:
        """Wait for the end; return the code with which the server closed."""
        async with asyncio.timeout(seconds):
            await asyncio.wait({self._reading})
        at = self.heard.rfind(b"\x88")
        return struct.unpack("!H", self.heard[at + 2 : at + 4])[0] if at >= 0 else None

    async def leave(self) -> None:
        self._writer.transport.abort()
        await asyncio.wait({self._reading})

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(65536):
                self.heard = (self.heard + data)[-200_000:]
        except ConnectionError:
            return


@asynccontextmanager
async def wired(address: str, caller: Caller, incident: dict[str, Any]) -> AsyncIterator[Wire]:
    """Shake hands by hand."""
    wire = await shake_hands(address, caller, incident)
    try:
        yield wire
    finally:
        await wire.leave()


async def shake_hands(address: str, caller: Caller, incident: dict[str, Any]) -> Wire:
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    request = (
        f"GET /api/v1/incidents/{incident['id']}/live HTTP/1.1",
        f"Host: {place.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        f"Cookie: {COOKIE}={caller.client.cookies[COOKIE]}",
    )
    writer.write("\r\n".join((*request, "", "")).encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    assert answer.startswith(b"HTTP/1.1 101"), answer
    return Wire(reader, writer)
