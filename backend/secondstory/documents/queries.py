"""Reading passages as plain text."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.models import Passage


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
