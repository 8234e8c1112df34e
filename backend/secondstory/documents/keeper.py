"""Keeps what is derived from the log close behind it: the passage table and the snapshot."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from secondstory.documents.limits import Limits
from secondstory.documents.log import DATABASE_AWAY, Stored, View
from secondstory.documents.room import Room
from secondstory.documents.updates import inspect
from secondstory.documents.wire import MalformedFrame

_logger = logging.getLogger(__name__)


class DerivedTables(Protocol):
    """What a keeper writes."""

    async def project(self, document_id: UUID, view: View) -> tuple[int, bool]: ...

    async def snapshot(self, document_id: UUID, seq: int, state: bytes) -> None: ...


class Keeper:
    """Follows one room. Works at most once in `keep_seconds`, and only when there is news.

    Passages are owed by the process that stored the update; what others store is for them to show,
    unless they die (see takeover.py).
    """

    def __init__(self, room: Room, stored: Stored, log: DerivedTables, limits: Limits) -> None:
        self._room = room
        self._log = log
        self._limits = limits
        self._kept_seq = stored.projected_seq
        self._snapshot_seq = stored.snapshot_seq
        # Updates up to this number are shown here, whoever stored them.
        self._taken_over_seq = stored.last_seq
        # What the table shows at a number, as far as we know it from having written it ourselves.
        self._shown_seq = stored.projected_seq
        self._shown: dict[str, int] = {}
        if stored.projected_seq == stored.last_seq:
            self._shown = _fingerprints(room.replica.texts())
        self._others_seq = room.log.others_seq
        self._work: asyncio.Task[None] | None = None
        self._now = asyncio.Event()

    @property
    def is_behind(self) -> bool:
        """Tell whether passages are not shown that are owed here."""
        return max(self._room.log.own_seq, self._taken_over_seq) > self._kept_seq

    def take_over(self) -> None:
        """Owe everything that is in the room."""
        self._taken_over_seq = self._room.log.seq
        self.follow()

    def follow(self) -> None:
        """Note that the room has moved."""
        if self.is_behind and self._work is None and not self._room.ended:
            self._now.clear()
            self._work = asyncio.create_task(self._keep_up())

    def hurry(self) -> None:
        """Do now what would be done soon."""
        self._now.set()

    async def flush(self) -> None:
        """Wait until the derived tables are level with the room."""
        self.follow()
        while self._work is not None:
            self.hurry()
            await asyncio.wait({self._work})

    def stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    async def _keep_up(self) -> None:
        try:
            while self.is_behind and not self._room.ended:
                await self._pause()
                try:
                    await self._project()
                    await self._compact()
                except DATABASE_AWAY as error:
                    _logger.warning("Passages cannot be written, trying again: %r", error)
        finally:
            self._work = None

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._limits.keep_seconds):
                await self._now.wait()
        except TimeoutError:
            return
        self._now.clear()

    async def _project(self) -> None:
        # The replica may hold more than is stored; what is read here waits until it is. Others may
        # have stored something before it by then, which is missing.
        seq, texts = self._room.log.seq, self._room.replica.texts()
        await self._room.settled()
        if self._room.ended:
            return
        if self._others_seq != self._room.log.others_seq:
            # Others show what they store; what the table holds now is not known here.
            self._others_seq = self._room.log.others_seq
            self._shown = {}
        fingerprints = _fingerprints(texts)
        changed = [name for name in texts if self._shown.get(name) != fingerprints[name]]
        newest_seq = max(seq, self._room.log.own_seq)
        view = View(seq, newest_seq, texts, changed, self._shown_seq)
        self._kept_seq, is_shown = await self._log.project(self._room.id, view)
        self._shown_seq, self._shown = (seq, fingerprints) if is_shown else (0, {})

    async def _compact(self) -> None:
        """Shorten loading. The log stays whole: it is the history."""
        seq = self._room.log.seq
        if seq - self._snapshot_seq < self._limits.snapshot_updates:
            return
        self._snapshot_seq = seq
        state = self._room.replica.everything()
        await self._room.settled()
        try:
            # Some 50 ms for a megabyte, in which others want to type.
            await asyncio.to_thread(inspect, state)
        except MalformedFrame:
            _logger.exception("Document %s gets no snapshot", self._room.id)
            return
        await self._log.snapshot(self._room.id, seq, state)


def _fingerprints(texts: Mapping[str, str]) -> dict[str, int]:
    return {name: hash(text) for name, text in texts.items()}
