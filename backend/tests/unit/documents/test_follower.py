import asyncio
from collections.abc import Sequence

import pytest

from secondstory.documents import follower as follower_module
from secondstory.documents.follower import Follower
from secondstory.platform.columns import new_id
from tests.unit.documents.doubles import MemoryLog


class Reading:
    """A follower of a log in memory, and what it read."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.id = new_id()
        self.read: list[bytes] = []
        self.follower = Follower(self.id, 0, self.log, self.take_in)

    def take_in(self, updates: Sequence[bytes]) -> None:
        self.read += updates

    def others_store(self, *updates: bytes) -> int:
        return self.log.add(self.id, updates)


async def turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_others_stored_is_read_once_and_in_order() -> None:
    reading = Reading()
    reading.follower.hear(reading.others_store(b"1", b"2"))
    reading.follower.hear(reading.others_store(b"3"))
    await turns()
    reading.follower.hear(3)
    await turns()
    assert reading.read == [b"1", b"2", b"3"]
    assert (reading.follower.seq, reading.follower.others_seq) == (3, 3)


async def test_own_updates_are_counted_not_read() -> None:
    reading = Reading()
    seq = reading.others_store(b"own")
    reading.follower.count_own(seq - 1, seq)
    await turns()
    assert reading.read == []
    assert (reading.follower.seq, reading.follower.others_seq) == (1, 0)


async def test_what_others_stored_in_between_is_read() -> None:
    reading = Reading()
    reading.others_store(b"theirs")
    seq = reading.others_store(b"own")
    reading.follower.count_own(seq - 1, seq)
    await turns()
    assert reading.read == [b"theirs"]
    assert reading.follower.seq == 2


async def test_a_look_finds_what_nobody_told_and_goes_on_then() -> None:
    reading = Reading()
    found = []
    reading.follower.look(lambda: found.append(list(reading.read)))
    await turns()
    assert (found, reading.follower.seq) == ([[]], 0)
    reading.others_store(b"1")
    reading.follower.look(lambda: found.append(list(reading.read)))
    assert found == [[]]
    await turns()
    assert (found, reading.follower.seq) == ([[], [b"1"]], 1)


async def test_reading_goes_on_when_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower_module, "_PAUSE_SECONDS", 0.001)
    reading = Reading()
    reading.log.away = True
    reading.follower.hear(reading.others_store(b"1"))
    await turns()
    reading.log.away = False
    await asyncio.sleep(0.02)
    assert reading.read == [b"1"]


async def test_own_updates_that_the_log_shows_first_are_taken_in_once() -> None:
    # The commit is done, its answer still on the way, and a look reads the row already.
    reading = Reading()
    seq = reading.others_store(b"own")
    reading.follower.look(lambda: None)
    await turns()
    reading.follower.count_own(seq - 1, seq)
    await turns()
    assert reading.read == [b"own"]
    assert reading.follower.seq == 1


async def test_a_stopped_follower_reads_nothing() -> None:
    reading = Reading()
    reading.follower.stop()
    reading.follower.hear(reading.others_store(b"1"))
    await turns()
    assert reading.read == []
