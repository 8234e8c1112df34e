"""All open documents of this process: who comes in finds the one room of their document."""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from secondstory.documents.keeper import Keeper
from secondstory.documents.limits import Limits
from secondstory.documents.log import DATABASE_AWAY, DocumentLog
from secondstory.documents.models import Author
from secondstory.documents.peer import Peer, Socket
from secondstory.documents.protocol import CloseCode
from secondstory.documents.relay import Relay
from secondstory.documents.replica import Broken
from secondstory.documents.room import Duties, Room
from secondstory.documents.takeover import Takeover
from secondstory.documents.writer import Writer

_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Open:
    """A room, with what works for it."""

    room: Room
    keeper: Keeper
    closing: asyncio.TimerHandle | None = None


class Hub:
    """Opens each document once, however many ask at the same time, and lets it go when unused."""

    def __init__(self, log: DocumentLog, writer: Writer, process: str, limits: Limits) -> None:
        self._log = log
        self._writer = writer
        self._process = process
        self._limits = limits
        self.takeover = Takeover(log, self.show, limits)
        self.relay = Relay(process, log)
        self._duties = Duties(self._writer.mark, self._on_advance, self.relay.moved, self._on_end)
        self._open: dict[UUID, _Open] = {}
        self._opening: dict[UUID, asyncio.Task[Room | None]] = {}
        # Ended rooms; the writer keeps those alive that still have something to store.
        self._former: WeakValueDictionary[UUID, Room] = WeakValueDictionary()
        # How far the log of a document came while it was being opened.
        self._heard_seqs: dict[UUID, int] = {}

    async def serve(
        self, document_id: UUID, socket: Socket, author: Author, *, can_write: bool
    ) -> None:
        """Keep one connection in its document until it ends. The socket is accepted already."""
        try:
            room = await self._enter(document_id)
        except (Broken, *DATABASE_AWAY):
            _logger.exception("Document %s cannot be opened", document_id)
            await socket.close(CloseCode.TRY_AGAIN_LATER, "the document cannot be opened now")
            return
        if room is None:
            await socket.close(CloseCode.NOT_FOUND, "there is no such document")
            return
        peer = Peer(socket, author, self._limits, can_write=can_write)
        room.join(peer)
        try:
            await peer.run(partial(room.receive, peer))
        finally:
            room.leave(peer)
            self._let_go(room)

    def announce(self, document_id: UUID, notice: dict[str, Any]) -> None:
        """Tell everybody in a document, on this process, something that is no text."""
        if (found := self._open.get(document_id)) is not None:
            found.room.announce(notice)

    def announce_everywhere(self, notice: dict[str, Any]) -> None:
        """Tell everybody in every document of this process."""
        for found in self._open.values():
            found.room.announce(notice)

    def on_notification(self, payload: str) -> None:
        """Hear of a commit: `<document> <seq>`, then the process, unless it was a request's."""
        document, seq, *process = payload.split(" ")
        if process == [self._process]:
            return
        document_id = UUID(document)
        self.takeover.hear(document_id, int(seq))
        if document_id in self._opening:
            self._heard_seqs[document_id] = int(seq)
        elif (found := self._open.get(document_id)) is not None:
            found.room.log.hear(int(seq))

    async def recheck(self) -> None:
        """Compare all open rooms with the log, in case a notification was missed."""
        await self.takeover.hear_of_all()
        if not self._open:
            return
        before = list(self._open)
        latest = await self._log.latest(before)
        for document_id in before:
            if (found := self._open.get(document_id)) is None:
                continue
            if document_id in latest:
                found.room.log.hear(latest[document_id])
            else:
                found.room.gone()

    async def show(self, document_id: UUID) -> None:
        """Bring a document's passages level, whoever owed that. Raises as loading does."""
        await self._enter(document_id)
        if (found := self._open.get(document_id)) is None:
            return
        found.keeper.take_over()
        await found.keeper.flush()
        if self._open.get(document_id) is found:
            self._close_if_unused(found)

    async def close(self) -> None:
        """Send everybody away, and store and show all that was taken in."""
        # What they wrote last is read now, and may end a room.
        for found in list(self._open.values()):
            found.room.send_away(CloseCode.RESTARTING, "the server is restarting")
        try:
            async with asyncio.timeout(self._limits.shutdown_seconds):
                await self._writer.drained()
                for found in list(self._open.values()):
                    await found.keeper.flush()
        except TimeoutError:
            _logger.warning("Not everything could be stored; the clients still have the rest")
        for found in list(self._open.values()):
            self._drop(found)

    async def _enter(self, document_id: UUID) -> Room | None:
        while True:
            if (found := self._open.get(document_id)) is not None:
                return found.room
            if document_id not in self._opening:
                self._opening[document_id] = asyncio.create_task(self._load(document_id))
            # Shielded: others may be waiting for the same document.
            room = await asyncio.shield(self._opening[document_id])
            if room is None or not room.ended:
                return room

    async def _load(self, document_id: UUID) -> Room | None:
        try:
            if (former := self._former.get(document_id)) is not None:
                await former.settled()
            stored = await self._log.load(document_id)
            if stored is None:
                return None
            room = Room(document_id, stored, self._log, self._limits, self._duties)
            keeper = Keeper(room, stored, self._log, self._limits)
            self._open[document_id] = _Open(room, keeper)
            self.relay.opened(room.company)
            room.log.hear(self._heard_seqs.get(document_id, 0))
            keeper.follow()
            self._let_go(room)
            return room
        finally:
            del self._opening[document_id]
            self._heard_seqs.pop(document_id, None)

    def _on_advance(self, room: Room) -> None:
        if (found := self._open.get(room.id)) is not None:
            found.keeper.follow()

    def _on_end(self, room: Room) -> None:
        if (found := self._open.get(room.id)) is not None and found.room is room:
            self._drop(found)

    def _let_go(self, room: Room) -> None:
        """Close an empty room some time later, unless somebody comes back."""
        found = self._open.get(room.id)
        if found is None or found.room is not room or not room.is_empty:
            return
        found.keeper.hurry()
        if found.closing is not None:
            found.closing.cancel()
        loop = asyncio.get_running_loop()
        found.closing = loop.call_later(self._limits.linger_seconds, self._close_if_unused, found)

    def _close_if_unused(self, found: _Open) -> None:
        if not found.room.is_empty:
            return
        if found.room.is_settled and not found.keeper.is_behind:
            self._drop(found)
        else:
            self._let_go(found.room)

    def _drop(self, found: _Open) -> None:
        del self._open[found.room.id]
        self.relay.closed(found.room.company)
        found.keeper.stop()
        if found.closing is not None:
            found.closing.cancel()
        self._former[found.room.id] = found.room
        found.room.end()
