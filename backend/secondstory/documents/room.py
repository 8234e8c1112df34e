"""One open document and the people in it: updates are taken in, stored, and only then passed on."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from secondstory.documents.appender import Write
from secondstory.documents.audience import Audience
from secondstory.documents.company import Company
from secondstory.documents.follower import Follower, TailReader
from secondstory.documents.gaps import Gaps
from secondstory.documents.gate import Gate, Receipt
from secondstory.documents.limits import Limits
from secondstory.documents.log import Stored
from secondstory.documents.pace import Pace
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import (
    CloseCode,
    Kind,
    Message,
    notice_frame,
    parse,
    state_frame,
)
from secondstory.documents.replica import Broken, Gap, Replica
from secondstory.documents.wire import MalformedFrame, TooLarge
from secondstory.platform.sockets import binary_frame

_logger = logging.getLogger(__name__)
# What waits for a beat stays below a megabyte: beyond this it is read at once.
_MAX_MAIL: Final = 256
_LARGE_FRAME_BYTES: Final = 4096


@dataclass(frozen=True)
class Duties:
    """Whom a room tells that something has come about."""

    on_write: Callable[["Room"], None]
    """Something waits to be stored."""
    on_advance: Callable[["Room"], None]
    """More of the log is in the room."""
    on_move: Callable[[Company], None]
    """Somebody came, left or moved."""
    on_end: Callable[["Room"], None]


class Room:
    """Every method runs without a pause, so each is one step in the life of the document.

    The replica is ahead of the log by what waits to be stored. Nothing of that may show: answers,
    broadcasts and derived tables that contain it go through the gate.

    A quiet room acts on a frame at once. A busy one gathers its mail and reads all of it at the
    next beat: one commit, one frame for everybody, and the processor warm.
    """

    def __init__(
        self, document_id: UUID, stored: Stored, log: TailReader, limits: Limits, duties: Duties
    ) -> None:
        self.id = document_id
        self.replica = Replica(stored.updates, limits)
        self.log = Follower(document_id, stored.last_seq, log, self._take_in)
        self.ended = False
        self._limits = limits
        self._duties = duties
        self._audience = Audience()
        self._gaps: dict[Peer, Gaps] = {}
        self._gate = Gate()
        self._pace = Pace(limits.beat_seconds, self._read_mail)
        self.company = Company(document_id, self._audience, self._pace, limits, duties.on_move)
        self._mail: list[tuple[Peer, bytes]] = []
        self._reading_paused = False
        self._news_waited = False

    # ---- people

    @property
    def is_empty(self) -> bool:
        return not self._audience

    def join(self, peer: Peer) -> None:
        """Let somebody in: they learn at once who is here, and are asked for what we miss."""
        if len(self._audience) >= self._limits.peers_per_room:
            peer.close(CloseCode.TRY_AGAIN_LATER, "too many people are in this document")
            return
        self._audience.add(peer)
        self._gaps[peer] = Gaps()
        if self._reading_paused:
            peer.pause_reading()
        # A reader has nothing that we would take, so it is not asked.
        if peer.can_write:
            self._ask(peer)
        self.company.welcome(peer)

    def leave(self, peer: Peer) -> None:
        """Let somebody go: what they wrote last counts, and the others see that they left."""
        self._read_mail()
        self._audience.remove(peer)
        self._gaps.pop(peer, None)
        self.company.leave(peer)

    def announce(self, notice: dict[str, Any]) -> None:
        """Tell everybody here something that is no text."""
        self._audience.tell(binary_frame(notice_frame(notice)))

    def send_away(self, code: CloseCode, reason: str) -> None:
        """Close everybody's connection; what they wrote until now counts."""
        self._read_mail()
        self._audience.send_away(code, reason)

    # ---- frames

    def receive(self, peer: Peer, frame: bytes) -> None:
        """Take a frame; one that makes no sense ends the connection and changes nothing."""
        self._mail.append((peer, frame))
        if len(self._mail) == 1:
            self._pace.ask()
        elif len(self._mail) > _MAX_MAIL or len(frame) > _LARGE_FRAME_BYTES:
            self._read_mail()

    def _read_mail(self) -> None:
        mail, self._mail = self._mail, []
        for peer, frame in mail:
            self._read(peer, frame)
        self._mind_the_load()
        if self._gate.is_open or self._news_waited:
            self._audience.tell(self._news())
        elif self.company.has_news:
            # It goes along with the text, but does not wait for a database that is away.
            self._news_waited = True
            self._pace.ask()

    def _mind_the_load(self) -> None:
        """Read no more from anybody while too much waits for the database."""
        too_much = self._gate.unstored_bytes > self._limits.unstored_bytes
        if too_much != self._reading_paused:
            self._reading_paused = too_much
            for peer in self._audience:
                if too_much:
                    peer.pause_reading()
                else:
                    peer.resume_reading()

    def _read(self, peer: Peer, frame: bytes) -> None:
        if peer.sent_away or self.ended:
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
        except Exception:
            # A slip of ours. Whose it was is not known, so nothing in memory is trusted.
            _logger.exception("A frame in document %s was not understood", self.id)
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
                self.company.announce(peer, message.body)
            case Kind.PRESENCE_QUERY:
                self.company.welcome(peer)

    def _answer(self, peer: Peer, state_vector: bytes) -> None:
        """Send what a peer lacks, once all of it is on disk."""
        missing = self.replica.missing_in(state_vector)
        self._gate.after_commit(self._audience.prepare(peer, missing))

    def _write(self, peer: Peer, message: Message) -> None:
        gaps = self._gaps[peer]
        if message.kind is Kind.MISSING:
            gaps.asked = False
        try:
            news, clocks = self.replica.admit(message.body)
        except Gap:
            if gaps.open(message.kind):
                # What it builds upon was written before we asked, or is stored elsewhere.
                self.log.look(then=partial(self._ask, peer))
            return
        receipt = Receipt(1, clocks)
        if message.kind is Kind.MISSING:
            receipt.updates += gaps.close()
        if news is None:
            self._gate.after_commit(partial(self._audience.confirm, peer, receipt))
            return
        self._gate.add(Write(news, peer.author.id, peer.author.name), peer, receipt)
        self._duties.on_write(self)

    def _ask(self, peer: Peer) -> None:
        """Ask a peer for what we miss."""
        if (gaps := self._gaps.get(peer)) is not None:
            gaps.asked = True
            peer.send(state_frame(self.replica.state()))

    # ---- storing, called by the writer

    def take(self) -> Sequence[Write]:
        """Hand over what waits."""
        return self._gate.take()

    def stored(self, last_seq: int) -> None:
        """Pass on what was in flight: it is on disk, and its last update has this number."""
        batch = self._gate.release()
        self._mind_the_load()
        updates = [write.update for write in batch.writes]
        try:
            self._audience.show(updates, batch.receipts, self._news())
        except Broken:
            self._give_up()
        for effect in batch.effects:
            effect()
        self.log.count_own(last_seq - len(batch.writes), last_seq)
        self._duties.on_advance(self)

    def gone(self) -> None:
        """End: the document was deleted."""
        self.end()
        self.send_away(CloseCode.NOT_FOUND, "the document was deleted")
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

    def _news(self) -> bytes:
        self._news_waited = False
        return self.company.take_news()

    def _take_in(self, updates: Sequence[bytes]) -> None:
        """Show what others stored, called by the follower of the log."""
        try:
            for update in updates:
                self.replica.take_in(update)
            # All of them, also what a client brought here first: that still waits for its commit.
            if updates:
                self._audience.show(updates, {}, self._news())
        except (Broken, MalformedFrame):
            self._give_up()
            return
        self._duties.on_advance(self)

    # ---- ends

    def end(self) -> None:
        """Take no part in anything any more; what was taken in is still stored."""
        if not self.ended:
            self.ended = True
            self._pace.stop()
            self.company.stop()
            self.log.stop()
            self._duties.on_end(self)

    def _give_up(self) -> None:
        """End with a replica that cannot be trusted; people come back to one loaded afresh."""
        _logger.error("Document %s is loaded again: an update broke it", self.id)
        self.end()
        self.send_away(CloseCode.RESTARTING, "the document is being loaded again")
