import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from secondstory.documents.limits import Limits
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import CloseCode
from tests.unit.documents.doubles import Author, MemorySocket

LIMITS = Limits(unsent_frames=3, unsent_bytes=100)


def new_peer(socket: MemorySocket) -> Peer:
    return Peer(socket, Author(), LIMITS, can_write=True)


@asynccontextmanager
async def running(peer: Peer, received: list[bytes]) -> AsyncIterator[asyncio.Event]:
    """Run a peer; gives the event that lets it read on."""
    may_read = asyncio.Event()
    may_read.set()
    task = asyncio.create_task(peer.run(received.append, may_read))
    yield may_read
    async with asyncio.timeout(5):
        await task


async def turns(count: int = 10) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_frames_go_both_ways_in_order() -> None:
    socket, received = MemorySocket(), list[bytes]()
    socket.takes_frames.set()
    peer = new_peer(socket)
    async with running(peer, received):
        for frame in (b"1", b"2", b"3"):
            peer.send(frame)
            socket.incoming.put_nowait(frame)
        await turns()
        assert socket.sent == received == [b"1", b"2", b"3"]
        socket.incoming.put_nowait(None)
    assert socket.closed is None


@pytest.mark.parametrize("frames", [[b"x"] * 5, [b"x" * 60] * 3], ids=["frames", "bytes"])
async def test_who_does_not_keep_up_is_sent_away(frames: list[bytes]) -> None:
    socket = MemorySocket()
    peer = new_peer(socket)
    async with running(peer, []):
        await turns()
        for frame in frames:
            peer.send(frame)
            await turns()
        assert peer.closed
        socket.takes_frames.set()
    assert socket.closed == (1013, "the connection does not keep up")


async def test_a_socket_that_takes_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondstory.documents.peer._GOODBYE_SECONDS", 0.01)
    socket = MemorySocket()
    peer = new_peer(socket)
    async with running(peer, []):
        peer.send(b"x")
        peer.close(CloseCode.FORBIDDEN, "no")
    assert socket.closed is None


async def test_the_first_goodbye_counts() -> None:
    socket = MemorySocket()
    socket.takes_frames.set()
    peer = new_peer(socket)
    peer.close(CloseCode.MALFORMED, "first")
    peer.close(CloseCode.FORBIDDEN, "second")
    peer.send(b"too late")
    async with running(peer, []):
        pass
    assert socket.closed == (4400, "first")
    assert socket.sent == []


async def test_reading_pauses_while_it_may_not() -> None:
    socket, received = MemorySocket(), list[bytes]()
    peer = new_peer(socket)
    async with running(peer, received) as may_read:
        may_read.clear()
        for frame in (b"1", b"2", None):
            socket.incoming.put_nowait(frame)
        await turns()
        assert received == [b"1"]
        may_read.set()
    assert received == [b"1", b"2"]


async def test_a_connection_lost_while_sending_ends_quietly() -> None:
    class LostSocket(MemorySocket):
        async def send(self, frame: bytes) -> None:
            raise ConnectionResetError(frame)

    peer = new_peer(LostSocket())
    async with running(peer, []):
        peer.send(b"x")


async def test_a_slip_of_ours_is_not_hidden() -> None:
    def receive(frame: bytes) -> None:
        raise ZeroDivisionError(frame)

    socket, may_read = MemorySocket(), asyncio.Event()
    socket.incoming.put_nowait(b"x")
    with pytest.raises(ZeroDivisionError):
        await new_peer(socket).run(receive, may_read)
