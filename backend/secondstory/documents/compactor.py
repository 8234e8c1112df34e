"""Compacting the logs of all documents, once a day each, by one process at a time."""

import asyncio
import logging
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from asyncpg import Pool

from secondstory.documents.compaction import Step, plan
from secondstory.documents.log import DATABASE_AWAY
from secondstory.documents.queries import fetch_log

_logger = logging.getLogger(__name__)
MERGE_AFTER: Final = timedelta(days=30)
_FIRST_PAUSE_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 3600.0
# Appending waits while a step is stored: some ten milliseconds.
_ROWS_A_STEP: Final = 1000
# Any number would do; it is the same in every process.
_LOCK: Final = 7_358_002

# Whole days, so that the log of a document is read for this once a day, however busy it is.
_DUE = """
SELECT document.id, compacted_seq, (
    SELECT max(seq) FROM document_update
    WHERE document_id = document.id AND seq > compacted_seq
        AND created_at < date_trunc('day', now() - $1::interval, 'UTC')
) AS until
FROM document JOIN document_update AS next
    ON next.document_id = document.id AND next.seq = compacted_seq + 1
WHERE next.created_at < date_trunc('day', now() - $1::interval, 'UTC')
"""
# One statement, so one transaction. Whoever comes second finds the number moved, and does nothing.
_STORE = """
WITH moved AS (
    UPDATE document SET compacted_seq = $3 WHERE id = $1 AND compacted_seq = $2 RETURNING id
), gone AS (
    DELETE FROM document_update USING moved WHERE document_id = moved.id AND seq = ANY($4::bigint[])
), kept AS (
    UPDATE document_update SET update = merged.update, began_at = merged.began_at
    FROM moved, unnest($5::bigint[], $6::bytea[], $7::timestamptz[])
        AS merged(seq, update, began_at)
    WHERE document_id = moved.id AND document_update.seq = merged.seq
)
SELECT count(*) FROM moved
"""


class Compactor:
    """Merges what is older than `age`, in transactions of which any may be the last."""

    def __init__(self, pool: "Pool[Any]", age: timedelta) -> None:
        self._pool = pool
        self._age = age

    async def run(self) -> None:
        """Compact now and then, until cancelled."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = _PAUSE_SECONDS
            try:
                await self.compact()
            except DATABASE_AWAY as error:
                _logger.warning("Logs are compacted later: %r", error)
            except Exception:
                _logger.exception("Logs are compacted later")

    async def compact(self) -> None:
        """Compact every log that is due, unless another process is at it."""
        async with self._pool.acquire() as connection:
            if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
                return
            try:
                for document_id, after, until in await connection.fetch(_DUE, self._age):
                    await self._try_to_compact(connection, document_id, after, until)
            finally:
                await connection.execute("SELECT pg_advisory_unlock($1)", _LOCK)

    async def _try_to_compact(
        self, connection: Any, document_id: UUID, after: int, until: int
    ) -> None:
        try:
            await self.compact_document(connection, document_id, after, until)
        except DATABASE_AWAY:
            raise
        except Exception:
            # Others should not grow for ever because of one that is odd.
            _logger.exception("The log of document %s stays as it is", document_id)

    async def compact_document(
        self, connection: Any, document_id: UUID, after: int, until: int
    ) -> None:
        log = await fetch_log(connection, document_id)
        for step in await asyncio.to_thread(plan, log, after, until, _ROWS_A_STEP):
            if not await self._store(connection, document_id, after, step):
                return
            after = step.until

    async def _store(self, connection: Any, document_id: UUID, after: int, step: Step) -> bool:
        kept = step.kept
        moved = await connection.fetchval(
            _STORE,
            *(document_id, after, step.until, step.gone),
            [row.seq for row in kept],
            [row.update for row in kept],
            [row.began_at for row in kept],
        )
        return bool(moved)
