"""Stand-ins for what surrounds a room: the log, sockets, and people with a Yjs document."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pycrdt import Doc, Text, TransactionEvent

from secondstory.documents.limits import Limits
from secondstory.documents.log import Row, Stored, View, Write
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import CloseCode
from secondstory.documents.room import Duties, Room
from secondstory.platform.columns import new_id

SUMMARY = "summary"


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


@dataclass
class MemorySocket:
    """A socket whose other side is the test."""

    incoming: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    sent: list[bytes] = field(default_factory=list)
    closed: tuple[int, str] | None = None
    takes_frames: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> bytes | None:
        return await self.incoming.get()

    async def send(self, frame: bytes) -> None:
        await self.takes_frames.wait()
        self.sent.append(frame)

    async def close(self, code: int, reason: str) -> None:
        await self.takes_frames.wait()
        self.closed = (code, reason)


class HandPeer(Peer):
    """A peer whose frames the test carries by hand."""

    def __init__(self, author: Author | None = None, *, can_write: bool = True) -> None:
        super().__init__(MemorySocket(), author or Author(), Limits(), can_write=can_write)
        self.inbox: deque[bytes] = deque()

    def send(self, frame: bytes) -> None:
        if not self.closed:
            self.inbox.append(frame)

    @property
    def close_code(self) -> CloseCode | None:
        return self._goodbye.result().code if self._goodbye.done() else None


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
    duties = Duties(lambda _: None, lambda _: None, lambda _: None)
    return Room(document_id, log.stored(document_id), log, limits or Limits(), duties)


def commit(room: Room, log: MemoryLog) -> None:
    """Store what waits in a room."""
    writes = room.take()
    room.stored(log.add(room.id, [write.update for write in writes]))
