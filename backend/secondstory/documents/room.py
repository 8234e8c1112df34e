"""One open document and the people in it: updates are taken in, stored, and only then passed on."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from secondstory.documents.follower import Follower, TailReader
from secondstory.documents.gate import Gate
from secondstory.documents.limits import Limits
from secondstory.documents.log import Stored, Write
from secondstory.documents.peer import Peer
from secondstory.documents.presence import Presence
from secondstory.documents.protocol import (
    CloseCode,
    Kind,
    Message,
    missing_frame,
    notice_frame,
    parse,
    presence_frame,
    saved_frame,
    state_frame,
    update_frame,
)
from secondstory.documents.replica import Broken, Gap, Replica, merged
from secondstory.documents.wire import MalformedFrame, TooLarge

_logger = logging.getLogger(__name__)
# A client that answers this often with something that does not fit never will.
_MAX_GAPS: Final = 3


@dataclass(slots=True)
class _Seat:
    """What a room remembers of a peer."""

    follows: bool = False
    """The peer has asked for what it misses, so updates make sense to it from now on."""
    held: list[bytes] | None = None
    """Updates that come after an answer which still waits for its commit."""
    asked: bool = False
    """We have asked for what we miss, and wait for the answer."""
    gaps: int = 0
    stored: int = 0
    """How many of the peer's updates are on disk."""


@dataclass(frozen=True)
class Duties:
    """Whom a room tells: that something waits to be stored, that `seq` has moved, that it ended."""

    on_write: Callable[["Room"], None]
    on_advance: Callable[["Room"], None]
    on_end: Callable[["Room"], None]


class Room:
    """Every method runs without a pause, so each is one step in the life of the document.

    The replica is ahead of the log by what waits to be stored. Nothing of that may show: answers,
    broadcasts and derived tables that contain it go through the gate.
    """

    def __init__(
        self, document_id: UUID, stored: Stored, log: TailReader, limits: Limits, duties: Duties
    ) -> None:
        self.id = document_id
        self.replica = Replica(stored.updates, limits)
        self.log = Follower(document_id, stored.last_seq, log, self._take_in)
        self.may_read = asyncio.Event()
        self.may_read.set()
        self.ended = False
        self._limits = limits
        self._duties = duties
        self._seats: dict[Peer, _Seat] = {}
        self._presence = Presence()
        self._gate = Gate()

    # ---- people

    @property
    def is_empty(self) -> bool:
        return not self._seats

    def join(self, peer: Peer) -> None:
        """Let somebody in: they learn at once who is here, and are asked for what we miss."""
        if len(self._seats) >= self._limits.peers_per_room:
            peer.close(CloseCode.TRY_AGAIN_LATER, "too many people are in this document")
            return
        self._seats[peer] = _Seat()
        # A reader has nothing that we would take, so it is not asked.
        if peer.can_write:
            self._ask(peer)
        if (everyone := self._presence.everyone()) is not None:
            peer.send(presence_frame(everyone))

    def leave(self, peer: Peer) -> None:
        """Let somebody go: the others see it at once."""
        self._seats.pop(peer, None)
        if (goodbye := self._presence.leave(peer)) is not None:
            self._broadcast(presence_frame(goodbye))

    def announce(self, notice: dict[str, Any]) -> None:
        """Tell everybody here something that is no text."""
        self._broadcast(notice_frame(notice))

    def send_away(self, code: CloseCode, reason: str) -> None:
        """Close everybody's connection."""
        for peer in self._seats:
            peer.close(code, reason)

    def _broadcast(self, frame: bytes) -> None:
        for peer in self._seats:
            peer.send(frame)

    # ---- frames

    def receive(self, peer: Peer, frame: bytes) -> None:
        """Act on one frame; one that makes no sense ends the connection and changes nothing."""
        if peer.closed or self.ended:
            return
        try:
            self._act(peer, parse(frame, self._limits.frame_bytes))
        except MalformedFrame as error:
            peer.close(CloseCode.MALFORMED, str(error))
        except TooLarge:
            peer.close(CloseCode.TOO_LARGE, "the document, or this change, is too large")
        except Broken:
            peer.close(CloseCode.MALFORMED, "this update breaks the document")
            self._give_up()

    def _act(self, peer: Peer, message: Message) -> None:
        match message.kind:
            case Kind.STATE:
                self._answer(peer, message.body)
            case Kind.MISSING | Kind.UPDATE:
                # What readers send is passed over: they keep their connection and see all.
                if peer.can_write:
                    self._write(peer, message)
            case Kind.PRESENCE:
                if (news := self._presence.announce(peer, message.body)) is not None:
                    # To its sender too: y-websocket reconnects when it hears nothing for 30 s.
                    self._broadcast(presence_frame(news))
            case Kind.PRESENCE_QUERY:
                if (everyone := self._presence.everyone()) is not None:
                    peer.send(presence_frame(everyone))

    def _answer(self, peer: Peer, state_vector: bytes) -> None:
        """Send what a peer lacks, and from then on every update: nothing twice, nothing too early.

        An update that came before the text it builds upon would leave it to the client to wait
        for the rest.
        """
        answer = missing_frame(self.replica.missing_in(state_vector))
        seat = self._seats[peer]
        seat.follows, seat.held = True, seat.held or []

        def send() -> None:
            peer.send(answer)
            for frame in seat.held or ():
                peer.send(frame)
            seat.held = None

        self._gate.after_commit(send)

    def _write(self, peer: Peer, message: Message) -> None:
        seat = self._seats[peer]
        if message.kind is Kind.MISSING:
            seat.asked = False
        try:
            news = self.replica.admit(message.body)
        except Gap:
            self._close_gap(peer, seat, message.kind)
            return
        seat.gaps = 0
        if news is None:
            state = self.replica.state()
            self._gate.after_commit(partial(self._tell_saved, peer, 1, state))
            return
        self._gate.add(Write(news, peer.author.id, peer.author.name), peer)
        if self._gate.unstored_bytes > self._limits.unstored_bytes:
            self.may_read.clear()
        self._duties.on_write(self)

    def _close_gap(self, peer: Peer, seat: _Seat, kind: Kind) -> None:
        """Ask for what an update builds upon: written before we asked, or stored elsewhere."""
        if seat.asked:
            return
        if kind is Kind.MISSING:
            seat.gaps += 1
            if seat.gaps > _MAX_GAPS:
                msg = "this update builds upon something that nobody knows"
                raise MalformedFrame(msg)
        seat.asked = True
        self.log.look(then=partial(self._ask, peer))

    def _ask(self, peer: Peer) -> None:
        """Ask a peer for what we miss."""
        if (seat := self._seats.get(peer)) is not None:
            seat.asked = True
            peer.send(state_frame(self.replica.state()))

    # ---- storing, called by the writer

    def take(self) -> Sequence[Write]:
        """Hand over what waits."""
        return self._gate.take(b"" if self.ended else self.replica.state())

    def stored(self, last_seq: int) -> None:
        """Pass on what was in flight: it is on disk, and its last update has this number."""
        batch = self._gate.release()
        if self._gate.unstored_bytes <= self._limits.unstored_bytes:
            self.may_read.set()
        only_author = next(iter(batch.authors)) if len(batch.authors) == 1 else None
        self._pass_on([write.update for write in batch.writes], but=only_author)
        for author, count in batch.authors.items():
            self._tell_saved(author, count, batch.state)
        for effect in batch.effects:
            effect()
        self.log.count_own(last_seq - len(batch.writes), last_seq)
        self._duties.on_advance(self)

    def gone(self) -> None:
        """End: the document was deleted."""
        self.send_away(CloseCode.NOT_FOUND, "the document was deleted")
        self.end()
        for effect in self._gate.release().effects:
            effect()

    @property
    def is_settled(self) -> bool:
        """Tell whether everything taken in is on disk."""
        return self._gate.is_open

    async def settled(self) -> None:
        """Wait until everything taken in so far is on disk."""
        settled = asyncio.Event()
        self._gate.after_commit(settled.set)
        await settled.wait()

    def _tell_saved(self, peer: Peer, updates: int, state: bytes) -> None:
        if (seat := self._seats.get(peer)) is not None:
            seat.stored += updates
            peer.send(saved_frame(state, seat.stored))

    def _pass_on(self, updates: Sequence[bytes], *, but: Peer | None = None) -> None:
        if not updates:
            return
        frame = update_frame(merged(updates))
        for peer, seat in self._seats.items():
            if peer is but or not seat.follows:
                continue
            if seat.held is None:
                peer.send(frame)
            else:
                seat.held.append(frame)

    def _take_in(self, updates: Sequence[bytes]) -> None:
        """Show what others stored, called by the follower of the log."""
        try:
            for update in updates:
                self.replica.take_in(update)
        except (Broken, MalformedFrame):
            self._give_up()
            return
        # All of them, also what a client brought here first: that still waits for its commit.
        self._pass_on(updates)
        self._duties.on_advance(self)

    # ---- ends

    def end(self) -> None:
        """Take no part in anything any more; what was taken in is still stored."""
        if not self.ended:
            self.ended = True
            self.log.stop()
            self._duties.on_end(self)

    def _give_up(self) -> None:
        """End with a replica that cannot be trusted; people come back to one loaded afresh."""
        _logger.error("Document %s is loaded again: an update broke it", self.id)
        self.send_away(CloseCode.RESTARTING, "the document is being loaded again")
        self.end()
