"""What a room does not take, whom it sends away, and how it ends."""

import asyncio
from dataclasses import replace

import pytest

from secondstory.documents.protocol import (
    CloseCode,
    missing_frame,
    presence_frame,
    state_frame,
    update_frame,
)
from secondstory.documents.updates import SERVER_CLIENT
from tests.unit.documents.doubles import (
    AT_ONCE,
    EMPTY,
    HandPeer,
    MemoryLog,
    Person,
    commit,
    joined,
    new_room,
    notices,
    turns,
    writing,
)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"", CloseCode.MALFORMED),
        (b"\x07", CloseCode.MALFORMED),
        (update_frame(b"\xff"), CloseCode.MALFORMED),
        (update_frame(writing("x", name="secrets")), CloseCode.MALFORMED),
        (state_frame(b"\x01"), CloseCode.MALFORMED),
        (presence_frame(b"\x01"), CloseCode.MALFORMED),
        (update_frame(b"x" * 400), CloseCode.TOO_LARGE),
        (update_frame(writing("x" * 150)), CloseCode.TOO_LARGE),
    ],
)
async def test_frames_that_make_no_sense_end_one_connection(frame: bytes, code: CloseCode) -> None:
    room = new_room(limits=replace(AT_ONCE, frame_bytes=300, document_bytes=100))
    ada, mallory = joined(room), joined(room)
    room.receive(mallory, frame)
    assert mallory.close_code is code
    assert not ada.sent_away
    assert room.replica.texts() == {}
    assert room.is_settled
    room.receive(mallory, update_frame(writing("still here")))
    assert room.is_settled


async def test_a_full_document_still_takes_deletions() -> None:
    log = MemoryLog()
    room = new_room(log, replace(AT_ONCE, document_bytes=300))
    ada = joined(room)
    person = Person(7)
    person.text += "x" * 250
    room.receive(ada, update_frame(person.outbox.popleft()))
    commit(room, log)
    del person.text[0:240]
    room.receive(ada, update_frame(person.outbox.popleft()))
    person.text += "y" * 150
    room.receive(ada, update_frame(person.outbox.popleft()))
    commit(room, log)
    assert not ada.sent_away
    assert room.replica.texts() == {"summary": "x" * 10 + "y" * 150}


async def test_an_update_that_is_ahead_is_asked_for_again() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada = HandPeer()
    room.join(ada)
    assert list(ada.inbox) == [EMPTY]
    person = Person(7)
    person.text += "typed offline"
    person.text += ", and on"
    offline, on = person.outbox
    # Typed before our question arrived: its answer will hold this too.
    room.receive(ada, update_frame(on))
    assert (room.is_settled, len(ada.inbox)) == (True, 1)
    room.receive(ada, missing_frame(b"\x00\x00"))
    ada.inbox.clear()
    # Or it builds upon something that another process has stored: that is read first.
    room.receive(ada, update_frame(on))
    assert list(ada.inbox) == []
    await turns()
    assert list(ada.inbox) == [EMPTY]
    room.receive(ada, missing_frame(person.doc.get_update()))
    assert room.replica.texts() == {"summary": "typed offline, and on"}
    assert offline


async def test_updates_that_had_to_wait_are_counted_with_the_answer_that_holds_them() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada = joined(room)
    person = Person(7)
    for text in ("lost, ", "one, ", "two"):
        person.text += text
    _, *ahead = person.outbox
    for update in ahead:
        room.receive(ada, update_frame(update))
    await turns()
    ada.inbox.clear()
    room.receive(ada, missing_frame(person.doc.get_update()))
    commit(room, log)
    # The empty answer at the door, both that were ahead, and the one that held all.
    assert [notice["updates"] for notice in notices(ada)] == [4]


async def test_who_never_fits_is_sent_away() -> None:
    room = new_room()
    ada = joined(room)
    person = Person(7)
    person.text += "one"
    person.text += "two"
    for _ in range(3):
        room.receive(ada, missing_frame(person.outbox[1]))
        await turns()
        assert not ada.sent_away
    room.receive(ada, missing_frame(person.outbox[1]))
    assert ada.close_code is CloseCode.MALFORMED


async def test_nobody_speaks_for_the_server() -> None:
    room = new_room()
    mallory = joined(room)
    room.receive(mallory, update_frame(writing("I am the server", SERVER_CLIENT)))
    await turns()
    assert room.replica.texts() == {}
    assert room.is_settled


async def test_a_room_is_full_at_its_limit() -> None:
    room = new_room(limits=replace(AT_ONCE, peers_per_room=1))
    joined(room)
    late = HandPeer()
    room.join(late)
    assert late.close_code is CloseCode.TRY_AGAIN_LATER
    room.leave(late)


class Panic(BaseException):
    """What PyO3 raises for a panic is no Exception."""


def panic(*_: bytes) -> None:
    raise Panic


async def test_an_update_that_breaks_the_document_ends_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = MemoryLog()
    room = new_room(log)
    ada, mallory = joined(room), joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    monkeypatch.setattr(room.replica._doc, "apply_update", panic)
    room.receive(mallory, update_frame(writing("boom", 8)))
    assert mallory.close_code is CloseCode.MALFORMED
    assert ada.close_code is CloseCode.RESTARTING
    assert room.ended
    # What was taken in before is stored all the same.
    commit(room, log)
    assert log.updates[room.id] == [writing("Hello")]


async def test_stored_updates_that_cannot_be_merged_end_the_room_but_not_the_writer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = MemoryLog()
    room = new_room(log)
    ada, grace = joined(room), joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    room.receive(grace, update_frame(writing("Hi", 8)))
    settled = asyncio.create_task(room.settled())
    await asyncio.sleep(0)
    monkeypatch.setattr("secondstory.documents.replica.merge_updates", panic)
    commit(room, log)
    # They come back to a room that is loaded afresh, for which this one has nothing left to store.
    assert ada.close_code is grace.close_code is CloseCode.RESTARTING
    assert room.ended
    await settled
    assert len(log.updates[room.id]) == 2


async def test_a_deleted_document_sends_everybody_away() -> None:
    room = new_room()
    ada = joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    room.take()
    room.gone()
    assert ada.close_code is CloseCode.NOT_FOUND
    assert room.ended


async def test_a_slip_of_ours_reloads_the_document(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room = new_room()
    ada = joined(room)
    monkeypatch.setattr(room.replica, "admit", lambda _: 1 / 0)
    room.receive(ada, update_frame(writing("Hi")))
    assert ada.close_code is CloseCode.RESTARTING
    assert room.ended
    assert "was not understood" in caplog.text
