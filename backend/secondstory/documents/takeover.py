"""Notices documents whose passages stay behind: the process that owed them has died."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from secondstory.documents.limits import Limits
from secondstory.documents.log import DATABASE_AWAY, Lag
from secondstory.documents.replica import Broken

_logger = logging.getLogger(__name__)
# So many are asked about at once; short, so that processes that share the work meet rarely.
_SLICE: Final = 20
_LOOKS_PER_PATIENCE: Final = 4


class LagReader(Protocol):
    """What noticing needs of the log."""

    async def unprojected(self) -> list[Lag]: ...

    async def behind(self, document_ids: Collection[UUID]) -> list[Lag]: ...


class _Heard(NamedTuple):
    seq: int
    """The log has come this far, so the passages should, soon."""
    due: float
    """When that is checked, in the loop's time."""


class Takeover:
    """Checks, some time after a commit of another process, that its passages were brought level.

    Whoever stores an update owes its passages. All others remember that they heard of it and ask
    when their patience ends, for all such documents at once; what nobody writes in costs nothing.
    Several processes may notice the same death: chance keeps them apart, and where it does not,
    the numbers in the table do.
    """

    def __init__(
        self, log: LagReader, show: Callable[[UUID], Awaitable[None]], limits: Limits
    ) -> None:
        self._log = log
        self._show = show
        self._patience = limits.takeover_seconds
        self._heard: dict[UUID, _Heard] = {}

    def hear(self, document_id: UUID, seq: int) -> None:
        """Learn that another process has stored something."""
        if document_id not in self._heard:
            self._heard[document_id] = _Heard(seq, self._soon(self._patience))

    async def hear_of_all(self) -> None:
        """Find what is behind although nobody said so: notifications may have been missed."""
        for lag in await self._log.unprojected():
            self.hear(lag.document_id, lag.last_seq)

    async def run(self) -> None:
        """Take over until cancelled; first of all, what was left when everybody died."""
        try:
            for lag in await self._log.unprojected():
                self._heard[lag.document_id] = _Heard(lag.last_seq, self._soon(0))
        except DATABASE_AWAY as error:
            _logger.warning("Not looking for passages that were left behind: %r", error)
        while True:
            await self._look()
            await asyncio.sleep(self._patience / _LOOKS_PER_PATIENCE)

    def _soon(self, seconds: float) -> float:
        jitter = random.random() * self._patience / _LOOKS_PER_PATIENCE  # noqa: S311 - no secret
        return asyncio.get_running_loop().time() + seconds + jitter

    async def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        due = [document_id for document_id, heard in self._heard.items() if heard.due <= now]
        random.shuffle(due)
        for start in range(0, len(due), _SLICE):
            try:
                await self._check(due[start : start + _SLICE])
            except DATABASE_AWAY as error:
                _logger.warning("Passages cannot be compared with the log: %r", error)
                return

    async def _check(self, document_ids: Collection[UUID]) -> None:
        behind = await self._log.behind(document_ids)
        heard = {document_id: self._heard.pop(document_id) for document_id in document_ids}
        for lag in behind:
            # What came since is owed by somebody, too.
            self.hear(lag.document_id, lag.last_seq)
        for lag in behind:
            if lag.projected_seq < heard[lag.document_id].seq:
                await self._take_over(lag.document_id)

    async def _take_over(self, document_id: UUID) -> None:
        try:
            await self._show(document_id)
        except Broken:
            _logger.exception("The passages of document %s stay behind", document_id)
            self._heard.pop(document_id, None)
