"""Appending to the document log: many updates of many documents in one round trip."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from asyncpg import Connection

_TIMEOUT_SECONDS: Final = 10.0

# One statement, so one round trip and one transaction, for any number of documents. Rows are
# locked in the order of their ids: two processes never wait for each other in a circle.
_APPEND = """
WITH batch AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::uuid[], $5::text[])
        AS batch(document_id, position, update, author_id, author_name)
), sizes AS (
    SELECT document_id, count(*) AS size FROM batch GROUP BY document_id
), locked AS (
    SELECT id FROM document WHERE id IN (SELECT document_id FROM sizes) ORDER BY id FOR UPDATE
), moved AS (
    UPDATE document SET last_seq = last_seq + sizes.size
    FROM locked JOIN sizes ON sizes.document_id = locked.id
    WHERE document.id = locked.id
    RETURNING document.id, document.last_seq, document.last_seq - sizes.size AS before
), stored AS (
    INSERT INTO document_update (document_id, seq, update, author_id, author_name)
    SELECT moved.id, moved.before + batch.position, batch.update, batch.author_id, batch.author_name
    FROM batch JOIN moved ON moved.id = batch.document_id
)
SELECT id, last_seq, pg_notify('document', id || ' ' || last_seq || ' ' || $6) FROM moved
"""


class Write(NamedTuple):
    """One update on its way to the log."""

    update: bytes
    author_id: UUID | None
    author_name: str


class Appender:
    """One connection of its own, held: who appends never waits behind those who read.

    Errors are those of `log.DATABASE_AWAY`; the next try connects anew.
    """

    def __init__(self, connect: Callable[[], Awaitable["Connection[Any]"]], process: str) -> None:
        self._connect = connect
        self._process = process
        self._connection: Connection[Any] | None = None

    async def append(self, batches: Mapping[UUID, Sequence[Write]]) -> dict[UUID, int]:
        """Store updates of many documents; return the last number of each document.

        A document that no longer exists is missing in the answer.
        """
        rows = [
            (document_id, position, *write)
            for document_id, writes in batches.items()
            for position, write in enumerate(writes, 1)
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        if self._connection is None:
            self._connection = await self._connect()
        try:
            moved = await self._connection.fetch(
                _APPEND, *columns, self._process, timeout=_TIMEOUT_SECONDS
            )
        except BaseException:
            # Whatever it was: a connection that may be in the middle of something is of no use.
            self.close()
            raise
        return {row["id"]: row["last_seq"] for row in moved}

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
