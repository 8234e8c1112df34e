"""Reading passages as plain text, and the log that they come from."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.models import Passage
from secondstory.documents.replay import LoggedUpdate
from secondstory.platform.prepared import driver_of

# By the driver: a log may have a hundred thousand rows.
_LOG = """
SELECT seq, update, author_id, author_name, at_once,
    coalesce(began_at, created_at), created_at
FROM document_update WHERE document_id = $1 AND seq <= $2 ORDER BY seq
"""
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
    session: AsyncSession, document_id: UUID, until: int | None = None
) -> list[LoggedUpdate]:
    """Return the updates of a document in order, all or those up to a number."""
    driver = await driver_of(session)
    last = 2**63 - 1 if until is None else until
    return [LoggedUpdate(*row) for row in await driver.fetch(_LOG, document_id, last)]


async def read_last_write(session: AsyncSession, document_id: UUID) -> LastWrite:
    """Return how far the log has come."""
    driver = await driver_of(session)
    row = await driver.fetchrow(_LAST_WRITE, document_id)
    assert row is not None  # noqa: S101 - a document lives as long as its incident
    return LastWrite(*row)
