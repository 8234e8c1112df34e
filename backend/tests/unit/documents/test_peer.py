import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from secondstory.documents.limits import Limits
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import CloseCode
from secondstory.platform.sockets import binary_frame
from tests.unit.documents.doubles import Author, MemorySocket

LIMITS = Limits(unsent_frames=3, unsent_bytes=100)


def new_peer(socket: MemorySocket) -> Peer:
    return Peer(socket, Author(), LIMITS, can_write=True)


@asynccontextmanager
async def running(peer: Peer, received: list[bytes]) -> AsyncIterator[None]:
    task = asyncio.create_task(peer.run(received.append))
    await asyncio.sleep(0)
    yield
    async with asyncio.timeout(5):
        await task


async def test_messages_go_both_ways_in_order() -> None:
    socket, received = MemorySocket(), list[bytes]()
    socket.says(b"0")
    peer = new_peer(socket)
    async with running(peer, received):
        for message in (b"1", b"2", b"3"):
            peer.send(message)
            socket.says(message)
        assert list(socket.sent) == [b"1", b"2", b"3"]
        assert received == [b"0", b"1", b"2", b"3"]
        socket.hangs_up()
    assert socket.closed is None


async def test_what_a_full_socket_does_not_take_is_kept() -> None:
    socket = MemorySocket()
    peer = new_peer(socket)
    async with running(peer, []):
        peer.pause_writing()
        for message in (b"1", b"2"):
            peer.send(message)
        assert list(socket.sent) == []
        peer.resume_writing()
        peer.send(b"3")
        assert list(socket.sent) == [b"1", b"2", b"3"]
        socket.hangs_up()


async def test_a_socket_that_is_full_again_gets_the_rest_later() -> None:
    class NarrowSocket(MemorySocket):
        def write(self, frames: bytes) -> None:
            super().write(frames)
            peer.pause_writing()

    socket = NarrowSocket()
    peer = new_peer(socket)
    async with running(peer, []):
        for message in (b"1", b"2", b"3"):
            peer.send(message)
        for count in (1, 2, 3):
            assert len(socket.sent) == count
            peer.resume_writing()
        assert list(socket.sent) == [b"1", b"2", b"3"]
        socket.hangs_up()


@pytest.mark.parametrize("frames", [[b"x"] * 4, [b"x" * 60] * 2], ids=["frames", "bytes"])
async def test_who_does_not_keep_up_is_sent_away(frames: list[bytes]) -> None:
    socket = MemorySocket()
    peer = new_peer(socket)
    async with running(peer, []):
        peer.pause_writing()
        for frame in frames:
            assert not peer.sent_away
            peer.write(frame)
    assert socket.closed == (1013, "the connection does not keep up")
    peer.resume_writing()
    assert list(socket.sent) == []


async def test_who_comes_while_nothing_is_read_waits_as_well() -> None:
    socket = MemorySocket()
    peer = new_peer(socket)
    peer.pause_reading()
    async with running(peer, []):
        assert not socket.is_read
        peer.resume_reading()
        assert socket.is_read
        socket.hangs_up()


async def test_the_first_goodbye_counts() -> None:
    socket, received = MemorySocket(), list[bytes]()
    socket.says(b"never read")
    peer = new_peer(socket)
    peer.close(CloseCode.MALFORMED, "first")
    peer.close(CloseCode.FORBIDDEN, "second")
    peer.send(b"too late")
    async with running(peer, received):
        pass
    assert socket.closed == (4400, "first")
    assert list(socket.sent) == received == []


async def test_nothing_is_written_to_who_is_gone() -> None:
    socket = MemorySocket()
    peer = new_peer(socket)
    async with running(peer, []):
        peer.pause_writing()
        peer.write(binary_frame(b"x"))
        socket.hangs_up()
        peer.resume_writing()
        peer.send(b"y")
    assert list(socket.sent) == []
    assert not peer.sent_away
