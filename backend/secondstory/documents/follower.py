"""How far one room has read its document's log, and the reading of what others stored there."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from secondstory.documents.log import DATABASE_AWAY, Row

_logger = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 0.5


class TailReader(Protocol):
    """What following needs of the log: the updates after a number."""

    async def tail(self, document_id: UUID, after: int) -> list[Row]: ...


class Follower:
    """Counts what this room stores itself, and reads what it does not know, in order."""

    def __init__(
        self,
        document_id: UUID,
        seq: int,
        log: TailReader,
        take_in: Callable[[Sequence[bytes]], None],
    ) -> None:
        # All updates of the log up to this number are in the room.
        self.seq = seq
        # The last of them that came through the log: by a request, or another process.
        self.others_seq = 0
        # The last of them that the room stored itself.
        self.own_seq = 0
        self._document_id = document_id
        self._log = log
        self._take_in = take_in
        self._heard_seq = seq
        self._own_seqs: set[int] = set()
        self._then: list[Callable[[], None]] = []
        self._reading: asyncio.Task[None] | None = None
        self._stopped = False

    def hear(self, seq: int) -> None:
        """Learn that the log has come this far; what is not known of it is read."""
        self._heard_seq = max(self._heard_seq, seq)
        if self._heard_seq > self.seq and self._reading is None and not self._stopped:
            self._reading = asyncio.create_task(self._read())

    def look(self, then: Callable[[], None]) -> None:
        """Read what there may be, without having heard of anything, and then go on."""
        self._then.append(then)
        self.hear(self.seq + 1)

    def count_own(self, before: int, last_seq: int) -> None:
        """Note that the room itself stored the updates after `before` up to `last_seq`."""
        self.own_seq = last_seq
        if before <= self.seq:
            self.seq = max(self.seq, last_seq)
        else:
            # Others stored something in between: that is read, our own is passed over.
            self._own_seqs.update(range(before + 1, last_seq + 1))
        self.hear(last_seq)

    def stop(self) -> None:
        """Read nothing more."""
        self._stopped = True

    async def _read(self) -> None:
        try:
            while self.seq < self._heard_seq and not self._stopped:
                heard_seq = self._heard_seq
                try:
                    rows = await self._log.tail(self._document_id, self.seq)
                except DATABASE_AWAY as error:
                    _logger.warning("The log cannot be read, trying again: %r", error)
                    await asyncio.sleep(_PAUSE_SECONDS)
                    continue
                self._pass_on(rows)
                if self._heard_seq == heard_seq:
                    # All was read that there was: a look may have found nothing.
                    self._heard_seq = self.seq
        finally:
            self._reading = None
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _pass_on(self, rows: Sequence[Row]) -> None:
        # While the answer travelled, the room may have counted some of these as its own.
        unread = [row for row in rows if row.seq > self.seq]
        if not unread:
            return
        by_others = [row for row in unread if row.seq not in self._own_seqs]
        self.seq = unread[-1].seq
        self._own_seqs = {seq for seq in self._own_seqs if seq > self.seq}
        if by_others:
            self.others_seq = by_others[-1].seq
        self._take_in([row.update for row in by_others])
