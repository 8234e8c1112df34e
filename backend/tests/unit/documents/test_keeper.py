import asyncio

import pytest

from secondstory.documents.keeper import Keeper
from secondstory.documents.limits import Limits
from secondstory.documents.log import Stored
from secondstory.documents.protocol import update_frame
from secondstory.documents.replica import Replica
from secondstory.documents.room import Duties, Room
from secondstory.platform.columns import new_id
from tests.unit.documents.doubles import HandPeer, MemoryLog, Person, commit, writing

LIMITS = Limits(beat_seconds=0, keep_seconds=0.01, snapshot_updates=3)


class Kept:
    """A room and its keeper on a log in memory."""

    def __init__(self, stored: Stored | None = None) -> None:
        self.log = MemoryLog()
        stored = stored or Stored([], 0, 0, 0)
        duties = Duties(
            lambda _: None, lambda _: self.keeper.follow(), lambda _: None, lambda _: None
        )
        self.room = Room(new_id(), stored, self.log, LIMITS, duties)
        self.keeper = Keeper(self.room, stored, self.log, LIMITS)
        self.person = Person(7)
        self.peer = HandPeer()
        self.room.join(self.peer)

    def write(self, text: str) -> None:
        self.person.text += text
        self.room.receive(self.peer, update_frame(self.person.outbox.popleft()))


async def test_passages_follow_the_log() -> None:
    kept = Kept()
    kept.write("Hello")
    commit(kept.room, kept.log)
    assert kept.keeper.is_behind
    await asyncio.sleep(0.1)
    assert kept.log.shown == {"summary": "Hello"}
    assert not kept.keeper.is_behind


async def test_nothing_unstored_is_shown() -> None:
    kept = Kept()
    kept.write("Stored")
    commit(kept.room, kept.log)
    kept.write(", not stored")
    await asyncio.sleep(0.05)
    assert kept.log.shown == {}
    commit(kept.room, kept.log)
    await kept.keeper.flush()
    assert kept.log.shown == {"summary": "Stored, not stored"}


async def test_flush_does_not_wait_for_its_time() -> None:
    kept = Kept()
    kept.write("Hello")
    commit(kept.room, kept.log)
    await asyncio.wait_for(kept.keeper.flush(), 0.009)
    assert kept.log.shown == {"summary": "Hello"}
    await kept.keeper.flush()


async def test_what_others_stored_is_shown_whole() -> None:
    # They may have shown anything since: what we showed last says nothing any more.
    kept = Kept()
    kept.write("Mine")
    commit(kept.room, kept.log)
    await kept.keeper.flush()
    kept.log.shown["summary"] = "Theirs"
    theirs = writing("x", 8, "takeaways/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/text")
    kept.room.log.hear(kept.log.add(kept.room.id, [theirs]))
    await asyncio.sleep(0.05)
    # It is for them to show, unless they died.
    assert kept.log.shown["summary"] == "Theirs"
    assert not kept.keeper.is_behind
    kept.keeper.take_over()
    await kept.keeper.flush()
    assert kept.log.shown["summary"] == "Mine"
    assert len(kept.log.shown) == 2


async def test_the_newer_one_wins() -> None:
    kept = Kept()
    kept.write("Mine")
    commit(kept.room, kept.log)
    kept.log.shown_seq = 5
    await kept.keeper.flush()
    assert kept.log.shown == {}


async def test_passages_wait_for_the_database(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept()
    kept.write("Hello")
    commit(kept.room, kept.log)
    kept.log.away = True
    await asyncio.sleep(0.05)
    kept.log.away = False
    await asyncio.sleep(0.05)
    assert kept.log.shown == {"summary": "Hello"}
    assert "trying again" in caplog.text


async def test_what_a_process_left_behind_is_shown_when_opened() -> None:
    kept = Kept(Stored([writing("Left")], 1, 0, 0))
    assert kept.keeper.is_behind
    await kept.keeper.flush()
    assert kept.log.shown == {"summary": "Left"}


async def test_long_logs_get_a_snapshot() -> None:
    kept = Kept()
    for word in ["one", "two", "three", "four"]:
        kept.write(word)
        commit(kept.room, kept.log)
    await kept.keeper.flush()
    ((seq, state),) = kept.log.snapshots
    assert seq == 4
    assert Replica([state], LIMITS).texts() == {"summary": "onetwothreefour"}


async def test_a_state_that_cannot_be_read_back_is_no_snapshot(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    monkeypatch.setattr(kept.room.replica, "everything", lambda: b"\xff")
    for word in ["one", "two", "three"]:
        kept.write(word)
        commit(kept.room, kept.log)
    await kept.keeper.flush()
    assert kept.log.snapshots == []
    assert "gets no snapshot" in caplog.text


async def test_an_ended_room_is_not_followed() -> None:
    kept = Kept()
    kept.write("Hello")
    commit(kept.room, kept.log)
    kept.write("more")
    kept.keeper.hurry()
    await asyncio.sleep(0.02)
    kept.room.end()
    commit(kept.room, kept.log)
    await asyncio.sleep(0.02)
    assert kept.log.shown == {}
    kept.keeper.stop()
