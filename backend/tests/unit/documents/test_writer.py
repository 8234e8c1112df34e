import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from secondstory.documents import writer as writer_module
from secondstory.documents.appender import Write
from secondstory.documents.writer import Writer
from secondstory.platform.columns import new_id
from tests.unit.documents.doubles import MemoryLog


class Source:
    """A room that writes what it is told to."""

    def __init__(self, writer: Writer) -> None:
        self.id: UUID = new_id()
        self.heard: list[int] = []
        self.deleted = False
        self.taken: list[list[bytes]] = []
        self._writer = writer
        self._waiting: list[Write] = []

    def write(self, *updates: bytes) -> None:
        self._waiting += [Write(update, None, "Ada") for update in updates]
        self._writer.mark(self)

    def take(self) -> Sequence[Write]:
        taken, self._waiting = self._waiting, []
        self.taken.append([write.update for write in taken])
        return taken

    def stored(self, last_seq: int) -> None:
        self.heard.append(last_seq)

    def gone(self) -> None:
        self.deleted = True


@asynccontextmanager
async def running(writer: Writer) -> AsyncIterator[None]:
    task = asyncio.create_task(writer.run())
    yield
    async with asyncio.timeout(5):
        await writer.drained()
    task.cancel()
    await asyncio.wait({task})


async def test_all_rooms_share_a_round_trip() -> None:
    log = MemoryLog()
    writer = Writer(log)
    rooms = [Source(writer) for _ in range(3)]
    async with running(writer):
        for room in rooms:
            room.write(b"1", b"2")
    assert len(log.appends) == 1
    assert [room.heard for room in rooms] == [[2], [2], [2]]


async def test_what_comes_meanwhile_gathers() -> None:
    log = MemoryLog()
    writer = Writer(log)
    room = Source(writer)
    async with running(writer):
        room.write(b"1")
        await asyncio.sleep(0)
        room.write(b"2")
        room.write(b"3")
    assert room.taken == [[b"1"], [b"2", b"3"]]
    assert log.updates[room.id] == [b"1", b"2", b"3"]
    assert room.heard == [1, 3]


async def test_nothing_is_lost_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_FIRST_PAUSE_SECONDS", 0.001)
    log = MemoryLog()
    writer = Writer(log)
    room, other = Source(writer), Source(writer)
    log.away = True
    async with running(writer):
        room.write(b"1")
        await asyncio.sleep(0.01)
        room.write(b"2")
        other.write(b"3")
        assert room.heard == []
        log.away = False
    assert log.updates[room.id] == [b"1", b"2"]
    assert log.updates[other.id] == [b"3"]


async def test_a_deleted_document_hears_of_it() -> None:
    log = MemoryLog()
    writer = Writer(log)
    room, other = Source(writer), Source(writer)
    log.missing.add(room.id)
    async with running(writer):
        room.write(b"1")
        other.write(b"1")
    assert (room.deleted, other.heard) == (True, [1])


async def test_large_batches_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_MAX_BATCH_BYTES", 10)
    log = MemoryLog()
    writer = Writer(log)
    rooms = [Source(writer) for _ in range(3)]
    async with running(writer):
        for room in rooms:
            room.write(b"x" * 6)
    assert [len(append) for append in log.appends] == [2, 1]


async def test_a_slip_in_one_room_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Slipping(Source):
        def stored(self, last_seq: int) -> None:
            raise ZeroDivisionError(last_seq)

    writer = Writer(MemoryLog())
    rooms = [Slipping(writer), Source(writer)]
    async with running(writer):
        for room in rooms:
            room.write(b"1")
    assert rooms[1].heard == [1]
    assert "did not take the news" in caplog.text
