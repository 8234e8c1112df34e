"""Who is in a room: told to everybody in it, and to other processes."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from secondstory.documents.audience import Audience
from secondstory.documents.limits import Limits
from secondstory.documents.pace import Pace
from secondstory.documents.peer import Peer
from secondstory.documents.presence import Presence, Urgency
from secondstory.documents.protocol import presence_frame
from secondstory.documents.relay import Process
from secondstory.platform.sockets import binary_frame


class Company:
    """The presence of one room. It tells nothing by itself: it asks the room's pace for a turn."""

    def __init__(
        self,
        document_id: UUID,
        audience: Audience,
        pace: Pace,
        limits: Limits,
        on_move: Callable[["Company"], None],
    ) -> None:
        self.id = document_id
        self._audience = audience
        self._pace = pace
        self._limits = limits
        self._on_move = on_move
        self._presence = Presence()
        self._renewing: asyncio.TimerHandle | None = None

    def welcome(self, peer: Peer) -> None:
        """Tell somebody who came who is here."""
        if (everyone := self._presence.everyone()) is not None:
            peer.send(presence_frame(everyone))
        if self._renewing is None:
            self._renew_later()

    def announce(self, peer: Peer, presence: bytes) -> None:
        """Hear where somebody is. Raises `MalformedFrame`.

        They hear of it themselves, too: y-websocket takes 30 s of silence for an end.
        """
        self._tell(self._presence.announce(peer, presence))

    def leave(self, peer: Peer) -> None:
        self._tell(self._presence.leave(peer))

    def stop(self) -> None:
        """Renew nobody any more."""
        if self._renewing is not None:
            self._renewing.cancel()

    @property
    def has_news(self) -> bool:
        return self._presence.has_news

    def take_news(self) -> bytes:
        """Return what there is to tell everybody, as it goes over the wire."""
        if not self._presence.has_news:
            return b""
        self._on_move(self)
        return binary_frame(presence_frame(self._presence.take_news()))

    # ---- for the relay

    def people(self) -> list[bytes]:
        """Return the presence of everybody who is in this process."""
        return self._presence.owned_by(self._audience)

    def people_moved(self) -> list[bytes]:
        """Return what of it other processes have not been told."""
        return self._presence.take_unrelayed()

    def hear_of(self, process: Process, presence: bytes) -> None:
        """Take in who is in another process. Raises `MalformedFrame`."""
        self._tell(self._presence.announce_relayed(process, presence))

    def forget(self, process: Process) -> None:
        """Take leave of everybody who was in another process."""
        self._tell(self._presence.leave(process))

    # ---- when

    def _tell(self, urgency: Urgency) -> None:
        """Have everybody told: soon, or with the next that there is to tell."""
        if urgency is Urgency.NEWS:
            self._pace.ask()
        elif urgency is Urgency.RENEWAL:
            self._pace.ask(after_seconds=self._limits.company_seconds)

    def _renew_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._renewing = loop.call_later(self._limits.renew_seconds, self._renew)

    def _renew(self) -> None:
        self._renewing = None
        self._tell(self._presence.renew(self._audience, self._limits.renew_seconds))
        self._tell(self._presence.forget_silent(self._audience, self._limits.silent_seconds))
        if self._audience:
            self._renew_later()
