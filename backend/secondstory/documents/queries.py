"""Reading passages as plain text, and the log that they come from."""

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.models import Passage
from secondstory.documents.replay import LoggedUpdate
from secondstory.platform.prepared import Driver, driver_of

_LOG = """
SELECT seq, update, author_id, author_name, at_once,
    coalesce(began_at, created_at), created_at
FROM document_update WHERE document_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4
"""
_LAST_SEQ: Final = 2**63 - 1
# A log may have a hundred thousand rows; others get their turn after each so many.
_ROWS_AT_ONCE: Final = 2000
# Whoever wrote in this transaction still holds the lock that numbers are given under.
_LAST_WRITE = """
SELECT last_seq, EXISTS (
    SELECT FROM document_update AS stored
    WHERE stored.document_id = document.id AND stored.seq = document.last_seq
        AND stored.xmin = pg_current_xact_id()::xid
) FROM document WHERE id = $1
"""


class LastWrite(NamedTuple):
    """The last number of a log, and whether the transaction at hand has stored it."""

    seq: int
    is_ours: bool


async def read_passages(session: AsyncSession, document_id: UUID) -> dict[str, str]:
    """Return the passages of a document by name. What was never written is missing."""
    rows = await session.execute(
        select(col(Passage.name), col(Passage.text)).where(col(Passage.document_id) == document_id)
    )
    return {row.name: row.text for row in rows}


async def read_passage_of_many(
    session: AsyncSession, document_ids: Collection[UUID], name: str
) -> dict[UUID, str]:
    """Return one passage of many documents. Those that do not have it are missing."""
    rows = await session.execute(
        select(col(Passage.document_id), col(Passage.text)).where(
            col(Passage.document_id).in_(document_ids), col(Passage.name) == name
        )
    )
    return {row.document_id: row.text for row in rows}


async def read_log(
    session: AsyncSession, document_id: UUID, until: int = _LAST_SEQ
) -> list[LoggedUpdate]:
    """Return the updates of a document in order, all or those up to a number."""
    return await fetch_log(await driver_of(session), document_id, until)


async def fetch_log(
    driver: Driver, document_id: UUID, until: int = _LAST_SEQ
) -> list[LoggedUpdate]:
    """Do what `read_log` does, on a connection.

    Rows that are merged meanwhile are not missed: what they hold moves to higher numbers only.
    """
    log: list[LoggedUpdate] = []
    after = 0
    while rows := await driver.fetch(_LOG, document_id, after, until, _ROWS_AT_ONCE):
        log += [LoggedUpdate(*row) for row in rows]
        after = log[-1].seq
    return log


async def read_last_write(session: AsyncSession, document_id: UUID) -> LastWrite:
    """Return how far the log has come."""
    driver = await driver_of(session)
    row = await driver.fetchrow(_LAST_WRITE, document_id)
    assert row is not None  # noqa: S101 - a document lives as long as its incident
    return LastWrite(*row)
