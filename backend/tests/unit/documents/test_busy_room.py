"""What a busy room does at each beat."""

from dataclasses import replace

from secondstory.documents.protocol import update_frame
from secondstory.documents.room import Room
from tests.unit.documents.doubles import (
    AT_ONCE,
    HandPeer,
    MemoryLog,
    commit,
    here,
    joined,
    new_room,
    writing,
)

# The beat never comes by itself: see `beat`.
BUSY = replace(AT_ONCE, beat_seconds=1000)


def beat(room: Room) -> None:
    room._read_mail()


def busy_room(log: MemoryLog) -> tuple[Room, HandPeer, HandPeer]:
    """A room that has just worked, and two people who are up to date."""
    room = new_room(log, BUSY)
    ada, grace = joined(room), joined(room)
    beat(room)
    for peer in (ada, grace):
        peer.inbox.clear()
    return room, ada, grace


async def test_a_busy_room_reads_its_mail_all_together() -> None:
    room, ada, grace = busy_room(MemoryLog())
    for peer, client in ((ada, 7), (grace, 8)):
        room.receive(peer, update_frame(writing("Hi", client)))
    assert room.is_settled
    beat(room)
    assert len(room.take()) == 2


async def test_much_mail_is_not_kept_waiting() -> None:
    room, ada, _ = busy_room(MemoryLog())
    room.receive(ada, update_frame(writing("Hi")))
    room.receive(ada, update_frame(writing("x" * 5000, 8)))
    assert len(room.take()) == 2


async def test_what_somebody_wrote_before_leaving_counts() -> None:
    room, ada, _ = busy_room(MemoryLog())
    room.receive(ada, update_frame(writing("Hi")))
    room.leave(ada)
    assert len(room.take()) == 1


def kinds(peer: HandPeer) -> list[int]:
    """Which kinds of messages have come: 0 text, 1 presence, 100 notices."""
    found = [message[0] for message in peer.inbox]
    peer.inbox.clear()
    return found


async def test_carets_go_out_with_the_text() -> None:
    log = MemoryLog()
    room, ada, grace = busy_room(log)
    room.receive(ada, update_frame(writing("Hi")))
    room.receive(ada, here(7))
    beat(room)
    assert kinds(grace) == []
    commit(room, log)
    assert kinds(grace) == [0, 1]
    assert kinds(ada) == [1, 100]


async def test_carets_do_not_wait_for_a_database_that_is_away() -> None:
    room, ada, grace = busy_room(MemoryLog())
    room.receive(ada, update_frame(writing("Hi")))
    room.receive(grace, here(9))
    beat(room)
    assert kinds(ada) == []
    beat(room)
    assert kinds(ada) == kinds(grace) == [1]
    assert not room.is_settled
