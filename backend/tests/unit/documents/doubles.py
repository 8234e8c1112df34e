"""Stand-ins for what surrounds a room: the log, sockets, and people with a Yjs document."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pycrdt import Doc, Text, TransactionEvent

from secondstory.documents.appender import Write
from secondstory.documents.limits import Limits
from secondstory.documents.log import Row, Stored, View
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import (
    CloseCode,
    missing_frame,
    presence_frame,
    state_frame,
)
from secondstory.documents.room import Duties, Room
from secondstory.documents.wire import Reader, write_text, write_uint
from secondstory.platform.columns import new_id
from secondstory.platform.sockets import Receiver

SUMMARY = "summary"
EMPTY = state_frame(b"\x00")
# Rooms that act on every frame as it comes.
AT_ONCE = Limits(beat_seconds=0)


@dataclass(frozen=True)
class Author:
    """Somebody who writes."""

    name: str = "Ada"
    id: UUID | None = None


class MemoryLog:
    """The log without a database; refuses while `away`."""

    def __init__(self) -> None:
        self.updates: dict[UUID, list[bytes]] = defaultdict(list)
        self.shown: dict[str, str] = {}
        self.shown_seq = 0
        self.snapshots: list[tuple[int, bytes]] = []
        self.away = False
        self.appends: list[Mapping[UUID, Sequence[Write]]] = []
        self.missing: set[UUID] = set()

    async def append(self, batches: Mapping[UUID, Sequence[Write]]) -> dict[UUID, int]:
        await asyncio.sleep(0)
        if self.away:
            raise ConnectionRefusedError
        self.appends.append(batches)
        return {
            document_id: self.add(document_id, [write.update for write in writes])
            for document_id, writes in batches.items()
            if document_id not in self.missing
        }

    def add(self, document_id: UUID, updates: Sequence[bytes]) -> int:
        self.updates[document_id] += updates
        return len(self.updates[document_id])

    async def tail(self, document_id: UUID, after: int) -> list[Row]:
        await asyncio.sleep(0)
        if self.away:
            raise ConnectionRefusedError
        return [
            Row(seq, update)
            for seq, update in enumerate(self.updates[document_id], 1)
            if seq > after
        ]

    async def project(self, document_id: UUID, view: View) -> tuple[int, bool]:
        del document_id
        await asyncio.sleep(0)
        if self.away:
            raise ConnectionRefusedError
        if view.seq <= self.shown_seq:
            return self.shown_seq, False
        self.shown_seq = view.seq
        self.shown |= {name: view.texts[name] for name in view.changed}
        return view.seq, True

    async def snapshot(self, document_id: UUID, seq: int, state: bytes) -> None:
        del document_id
        self.snapshots.append((seq, state))

    def stored(self, document_id: UUID) -> Stored:
        updates = list(self.updates[document_id])
        return Stored(updates, len(updates), self.shown_seq, 0)


def messages(frames: bytes) -> Iterator[bytes]:
    """Take apart what was written to a WebSocket (RFC 6455, whole binary messages)."""
    at = 0
    while at < len(frames):
        assert frames[at] == 0x82
        size, start = frames[at + 1], at + 2
        if size >= 126:
            start = at + (4 if size == 126 else 10)
            size = int.from_bytes(frames[at + 2 : start], "big")
        at = start + size
        yield frames[start:at]


class MemorySocket:
    """A socket whose other side is the test."""

    def __init__(self) -> None:
        self.sent: deque[bytes] = deque()
        self.closed: tuple[int, str] | None = None
        self.is_read = True
        self._receiver: Receiver | None = None
        self._early: list[bytes | None] = []

    def says(self, message: bytes) -> None:
        """Send a message, as the other side."""
        if self._receiver is None:
            self._early.append(message)
        else:
            self._receiver.frame_received(message)

    def hangs_up(self) -> None:
        """End the connection, as the other side."""
        if self._receiver is None:
            self._early.append(None)
        else:
            self._receiver.connection_lost()

    def write(self, frames: bytes) -> None:
        self.sent.extend(messages(frames))

    def take_over(self, receiver: Receiver) -> None:
        self._receiver = receiver
        for message in self._early:
            if message is None:
                receiver.connection_lost()
            else:
                receiver.frame_received(message)
        self.is_read = True

    def pause_reading(self) -> None:
        self.is_read = False

    def resume_reading(self) -> None:
        self.is_read = True

    async def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)


class HandPeer(Peer):
    """A peer whose messages the test carries by hand."""

    def __init__(self, author: Author | None = None, *, can_write: bool = True) -> None:
        self.socket = MemorySocket()
        super().__init__(self.socket, author or Author(), Limits(), can_write=can_write)

    @property
    def inbox(self) -> deque[bytes]:
        return self.socket.sent

    @property
    def close_code(self) -> CloseCode | None:
        goodbye = self._ended.result() if self._ended.done() else None
        return goodbye.code if goodbye else None


class Person:
    """Somebody with a Yjs document; what they write waits in `outbox`."""

    def __init__(self, client_id: int) -> None:
        self.doc: Doc[Text] = Doc(client_id=client_id)
        self.text = self.doc.get(SUMMARY, type=Text)
        self.outbox: deque[bytes] = deque()
        self._receiving = False
        self._subscription = self.doc.observe(self._on_change)

    def apply(self, update: bytes) -> None:
        """Take in what the server sends."""
        self._receiving = True
        self.doc.apply_update(update)
        self._receiving = False

    def _on_change(self, event: TransactionEvent) -> None:
        if not self._receiving:
            self.outbox.append(event.update)


def writing(text: str, client_id: int = 7, name: str = SUMMARY) -> bytes:
    """Return the update of somebody who writes a first text."""
    doc: Doc[Text] = Doc(client_id=client_id)
    doc[name] = Text(text)
    return doc.get_update()


def new_room(
    log: MemoryLog | None = None, limits: Limits | None = None, document_id: UUID | None = None
) -> Room:
    """A room on a log in memory whose writer is the test: see `commit`."""
    log = log or MemoryLog()
    document_id = document_id or new_id()
    duties = Duties(*[lambda _: None] * 4)
    return Room(document_id, log.stored(document_id), log, limits or AT_ONCE, duties)


def commit(room: Room, log: MemoryLog) -> None:
    """Store what waits in a room."""
    writes = room.take()
    room.stored(log.add(room.id, [write.update for write in writes]))


def joined(room: Room, *, can_write: bool = True) -> HandPeer:
    """A peer who has joined, and forgotten what was said at the door."""
    peer = HandPeer(can_write=can_write)
    room.join(peer)
    room.receive(peer, EMPTY)
    if can_write:
        room.receive(peer, missing_frame(b"\x00\x00"))
    peer.inbox.clear()
    return peer


def here(client: int, clock: int = 0) -> bytes:
    state = write_uint(client) + write_uint(clock) + write_text('{"name":"Ada"}')
    return presence_frame(write_uint(1) + state)


async def turns() -> None:
    """Let what was begun go on for a few turns of the loop."""
    for _ in range(5):
        await asyncio.sleep(0)


def notices(peer: HandPeer) -> list[Any]:
    """Return what the server told a peer besides the document."""
    found = []
    for frame in peer.inbox:
        reader = Reader(frame)
        if reader.uint() == 100:
            found.append(json.loads(reader.text()))
    return found
