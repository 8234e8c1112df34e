"""What a room passes on, to whom, and when."""

import asyncio
import json
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest
from pycrdt import Doc, Text

from secondstory.documents.protocol import (
    CloseCode,
    missing_frame,
    presence_frame,
    state_frame,
    update_frame,
)
from secondstory.documents.updates import SERVER_CLIENT, Clocks
from secondstory.documents.wire import Reader, write_text, write_uint
from tests.unit.documents.doubles import (
    AT_ONCE,
    EMPTY,
    HandPeer,
    MemoryLog,
    Person,
    commit,
    here,
    joined,
    new_room,
    writing,
)


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def notices(peer: HandPeer) -> list[Any]:
    found = []
    for frame in peer.inbox:
        reader = Reader(frame)
        if reader.uint() == 100:
            found.append(json.loads(reader.text()))
    return found


async def test_nothing_shows_before_it_is_stored() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada, grace = joined(room), joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    room.receive(grace, EMPTY)
    late = HandPeer()
    room.join(late)
    room.receive(late, EMPTY)
    assert (list(ada.inbox), list(grace.inbox)) == ([], [])
    assert len(late.inbox) == 1

    commit(room, log)
    hello = [missing_frame(writing("Hello")), update_frame(writing("Hello"))]
    assert list(grace.inbox) == list(late.inbox)[1:] == hello
    assert [notice["type"] for notice in notices(ada)] == ["saved"]
    assert notices(grace) == []


async def test_updates_wait_until_they_are_asked_for() -> None:
    # Before that, they could build upon text that this client has not seen.
    log = MemoryLog()
    room = new_room(log)
    ada, early = joined(room), HandPeer(can_write=False)
    room.join(early)
    room.receive(ada, update_frame(writing("Hello")))
    commit(room, log)
    assert list(early.inbox) == []
    room.receive(early, EMPTY)
    assert list(early.inbox) == [missing_frame(writing("Hello"))]


async def test_saved_covers_only_what_is_stored() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada = joined(room)
    person = Person(7)
    person.text += "one"
    room.receive(ada, update_frame(person.outbox.popleft()))
    writes = room.take()
    person.text += "two"
    room.receive(ada, update_frame(person.outbox.popleft()))
    room.stored(log.add(room.id, [write.update for write in writes]))

    (saved,) = notices(ada)
    assert Clocks.read(b64decode(saved["state_vector"])) == {7: 3}
    assert saved["updates"] == 2
    commit(room, log)
    assert Clocks.read(b64decode(notices(ada)[-1]["state_vector"])) == {7: 6}


async def test_a_batch_goes_out_as_one_frame() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada, grace, reader = joined(room), joined(room), joined(room, can_write=False)
    for peer, client in ((ada, 7), (grace, 8)):
        room.receive(peer, update_frame(writing("Hi", client)))
    commit(room, log)
    (frame,) = reader.inbox
    doc: Doc[Text] = Doc()
    doc.apply_update(Reader(frame[2:]).blob())
    assert str(doc.get("summary", type=Text)) == "HiHi"
    assert ada.inbox[0] == grace.inbox[0] == frame


async def test_known_updates_are_not_stored_again_but_confirmed() -> None:
    log = MemoryLog()
    room = new_room(log)
    ada = joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    commit(room, log)
    ada.inbox.clear()
    room.receive(ada, missing_frame(writing("Hello")))
    assert room.is_settled
    assert [notice["updates"] for notice in notices(ada)] == [3]


async def test_readers_see_all_and_change_nothing() -> None:
    log = MemoryLog()
    room = new_room(log)
    reader, ada = HandPeer(can_write=False), joined(room)
    room.join(reader)
    assert list(reader.inbox) == []
    room.receive(reader, EMPTY)
    reader.inbox.clear()
    room.receive(reader, update_frame(writing("Hello")))
    room.receive(reader, missing_frame(writing("Hello")))
    assert room.is_settled
    assert room.replica.texts() == {}
    assert not reader.sent_away
    room.receive(ada, update_frame(writing("Seen")))
    commit(room, log)
    assert list(reader.inbox) == [update_frame(writing("Seen"))]


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


async def test_a_room_says_again_who_is_here() -> None:
    room = new_room(limits=replace(AT_ONCE, renew_seconds=0.02, company_seconds=0))
    ada, grace = joined(room), joined(room)
    room.receive(ada, here(7))
    grace.inbox.clear()
    await asyncio.sleep(0.2)
    assert len(grace.inbox) > 1
    assert presence(grace) == [(7, '{"name":"Ada"}')]
    for peer in (ada, grace):
        room.leave(peer)
    room.end()


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


def presence(peer: HandPeer) -> list[tuple[int, str]]:
    """The clients and states of the last presence frame."""
    reader = Reader(peer.inbox[-1])
    assert reader.uint() == 1
    states = Reader(reader.blob())
    return [
        (client, text)
        for client, _, text in (
            (states.uint(), states.uint(), states.text()) for _ in range(states.uint())
        )
    ]


async def test_presence_reaches_everybody_its_sender_too() -> None:
    room = new_room()
    ada, grace = joined(room), joined(room)
    here = '{"name":"Ada"}'
    state = write_uint(1) + write_uint(7) + write_uint(0) + write_text(here)
    room.receive(ada, presence_frame(state))
    assert presence(ada) == presence(grace) == [(7, here)]
    late = HandPeer(can_write=False)
    room.join(late)
    assert presence(late) == [(7, here)]
    room.receive(late, b"\x03")
    assert len(late.inbox) == 2
    room.leave(ada)
    assert presence(grace) == presence(late) == [(7, "null")]
    room.receive(late, b"\x03")
    assert len(late.inbox) == 3


async def test_too_much_waiting_pauses_the_reading() -> None:
    log = MemoryLog()
    room = new_room(log, replace(AT_ONCE, unstored_bytes=50))
    ada = joined(room)
    late = joined(room)
    room.receive(ada, update_frame(writing("x" * 60)))
    latest = joined(room)
    assert not any(peer.socket.is_read for peer in (ada, late, latest))
    commit(room, log)
    assert all(peer.socket.is_read for peer in (ada, late, latest))


async def test_who_asks_on_and_on_is_answered_once_and_made_to_wait() -> None:
    log = MemoryLog()
    room = new_room(log, replace(AT_ONCE, unstored_bytes=3000))
    ada, late = joined(room), joined(room)
    room.receive(ada, update_frame(writing("Hello")))
    room.take()
    room.receive(ada, update_frame(writing("Hi", 8)))
    for _ in range(20):
        room.receive(late, EMPTY)
    assert not late.socket.is_read
    # What they asked for last holds more than this.
    room.stored(log.add(room.id, [writing("Hello")]))
    assert list(late.inbox) == []
    commit(room, log)
    assert [frame[1] for frame in late.inbox] == [1, 2, 2]
    doc: Doc[Text] = Doc()
    doc.apply_update(Reader(late.inbox[0][2:]).blob())
    assert len(str(doc.get("summary", type=Text))) == len("HelloHi")
    assert late.socket.is_read


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
