"""What a room passes on, to whom, and when."""

import asyncio
from base64 import b64decode
from dataclasses import replace

from pycrdt import Doc, Text

from secondstory.documents.protocol import (
    missing_frame,
    presence_frame,
    update_frame,
)
from secondstory.documents.updates import Clocks
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
    notices,
    writing,
)


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
