"""The one writer of a process: stores what all rooms took in, one round trip at a time."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Final, Protocol
from uuid import UUID

from secondstory.documents.appender import Write
from secondstory.documents.log import DATABASE_AWAY

_logger = logging.getLogger(__name__)
_MAX_BATCH_BYTES: Final = 8 * 1024 * 1024
_FIRST_PAUSE_SECONDS: Final = 0.05
_LONGEST_PAUSE_SECONDS: Final = 2.0


class Source(Protocol):
    """A room, as far as the writer knows it."""

    @property
    def id(self) -> UUID: ...

    def take(self) -> Sequence[Write]:
        """Hand over everything that waits; it is in flight from now on."""

    def stored(self, last_seq: int) -> None:
        """Hear that what is in flight is on disk; its last update has this number."""

    def gone(self) -> None:
        """Hear that the document was deleted."""


class Log(Protocol):
    """What the writer needs of the log."""

    async def append(self, batches: Mapping[UUID, Sequence[Write]]) -> dict[UUID, int]: ...


class Writer:
    """Group commit: while one batch is in flight, the next gathers in the rooms.

    A batch is tried again until the database has taken it, so nothing is lost and nothing
    overtakes. A try whose answer got lost may store twice; an update applied twice changes nothing.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._ready: dict[Source, None] = {}
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def mark(self, source: Source) -> None:
        """Note that a source has something to store."""
        self._ready[source] = None
        self._idle.clear()
        self._work.set()

    async def drained(self) -> None:
        """Wait until everything marked so far is on disk."""
        await self._idle.wait()

    async def run(self) -> None:
        """Store until cancelled."""
        while True:
            await self._work.wait()
            batch = self._take()
            if not self._ready:
                self._work.clear()
            last_seqs = await self._store(batch)
            for source in batch:
                self._tell(source, last_seqs.get(source.id))
            if not self._ready:
                self._idle.set()

    def _take(self) -> dict[Source, Sequence[Write]]:
        batch: dict[Source, Sequence[Write]] = {}
        size = 0
        for source in list(self._ready):
            del self._ready[source]
            batch[source] = source.take()
            size += sum(len(write.update) for write in batch[source])
            if size >= _MAX_BATCH_BYTES:
                break
        return batch

    async def _store(self, batch: dict[Source, Sequence[Write]]) -> dict[UUID, int]:
        pause = _FIRST_PAUSE_SECONDS
        by_document = {source.id: writes for source, writes in batch.items()}
        while True:
            try:
                return await self._log.append(by_document)
            except DATABASE_AWAY as error:
                _logger.warning("The log cannot be written, trying again: %r", error)
            except Exception:
                # Whatever it is: a writer that ends would keep everybody's words in memory only.
                _logger.exception("The log cannot be written, trying again")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _tell(self, source: Source, last_seq: int | None) -> None:
        # A slip in one room must not stop the storing for all others.
        try:
            if last_seq is None:
                source.gone()
            else:
                source.stored(last_seq)
        except Exception:
            _logger.exception("A room did not take the news that its updates are stored")
