"""What no Yjs client would send: raw sockets against a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect

from secondstory.documents.protocol import CloseCode, state_frame, update_frame
from secondstory.identity.principal import COOKIE
from tests.factories import Caller
from tests.unit.documents.doubles import writing
from tests.waiting import until


@asynccontextmanager
async def joined(
    address: str, caller: Caller, incident: dict[str, Any]
) -> AsyncIterator[ClientConnection]:
    """A socket that is in its room."""
    socket = await connect(
        f"{address}/api/v1/incidents/{incident['id']}/live",
        additional_headers={"Cookie": f"{COOKIE}={caller.client.cookies[COOKIE]}"},
        max_size=None,
        compression=None,
    )
    try:
        assert bytes(await socket.recv()).startswith(b"\x00\x00")
        yield socket
    finally:
        socket.transport.abort()
        await socket.wait_closed()


async def receives(socket: ClientConnection, content: bytes) -> None:
    """Read until a frame has this in it."""
    async with asyncio.timeout(5):
        while content not in bytes(await socket.recv(decode=False)):
            pass


async def close_code(socket: ClientConnection) -> int | None:
    """Read to the end; return the code with which the server closed."""
    async with asyncio.timeout(5):
        await socket.wait_closed()
    return socket.close_code


FRAMES: list[tuple[bytes | str, int]] = [
    (b"", 4400),
    ("text", 4400),
    (b"\x09", 4400),
    (update_frame(b"\x01\x01"), 4400),
    (update_frame(writing("x", name="secrets")), 4400),
    (b"\x00\x02" + b"\xff" * 12, 4400),
    (b"\x01\x03\x01\x01\x01", 4400),
    (update_frame(writing("x" * 1_100_000)), 4409),
]


async def test_frames_that_make_no_sense_end_one_connection(
    address: str, member: Caller, incident: dict[str, Any]
) -> None:
    async with joined(address, member, incident) as good:
        for frame, code in FRAMES:
            async with joined(address, member, incident) as bad:
                await bad.send(frame)
                assert await close_code(bad) == code, frame[:20]
        await good.send(state_frame(b"\x00"))
        await receives(good, b"The ded went down.")
    answer = await member.client.get(f"/incidents/{incident['id']}")
    assert answer.json()["summary"] == "The ded went down."


async def test_who_does_not_read_is_sent_away_and_delays_nobody(
    app: FastAPI, address: str, member: Caller, incident: dict[str, Any]
) -> None:
    async with (
        joined(address, member, incident) as sleeper,
        joined(address, member, incident) as reader,
    ):
        sleeper.transport.pause_reading()
        (found,) = app.state.hub._open.values()
        async with asyncio.timeout(20):
            while len(found.room._audience) > 1:
                found.room.announce({"type": "change", "padding": "x" * 1_000_000})
                # The other one takes every frame before the next is made.
                await receives(reader, b"padding")
        await reader.send(update_frame(writing("still here", 7)))
        await receives(reader, b"saved")


async def test_who_reads_nothing_does_not_keep_the_connection_open(
    app: FastAPI, address: str, member: Caller, incident: dict[str, Any]
) -> None:
    async with joined(address, member, incident) as sleeper:
        sleeper.transport.pause_reading()
        (found,) = app.state.hub._open.values()
        (peer,) = found.room._audience
        protocol = peer._socket._protocol
        protocol.close_timeout = 0.1
        while protocol.transport.get_write_buffer_size() == 0:
            found.room.announce({"type": "change", "padding": "x" * 10_000})
            await asyncio.sleep(0)
        # Little enough that the goodbye is written behind it.
        assert protocol.writable.is_set()
        peer.close(CloseCode.TRY_AGAIN_LATER, "")
        await until(lambda: protocol.disconnected)
