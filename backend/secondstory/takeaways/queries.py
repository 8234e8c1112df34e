"""Reading the takeaways."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.schemas import Actor
from secondstory.documents.models import Passage
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound
from secondstory.takeaways.models import Takeaway
from secondstory.takeaways.schemas import TakeawayFilter, TakeawayRead


async def list_takeaways(
    session: AsyncSession, incident_id: UUID, wanted: TakeawayFilter, page: PageRequest
) -> Page[TakeawayRead]:
    """Return takeaways in the order of their positions."""
    query = _representation().where(col(Takeaway.incident_id) == incident_id, *_conditions(wanted))
    query = after_key(query, page, [col(Takeaway.position), col(Takeaway.id)], [int, UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_takeaway_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].position, last[0].id) if last is not None else None,
    )


async def read_takeaway(
    session: AsyncSession, incident_id: UUID, takeaway_id: UUID
) -> TakeawayRead:
    """Return one takeaway of an incident. Raises `NotFound`."""
    query = _representation().where(
        col(Takeaway.incident_id) == incident_id, col(Takeaway.id) == takeaway_id
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _takeaway_read(row)


async def unknown_takeaways(session: AsyncSession, incident_id: UUID, ids: set[UUID]) -> set[UUID]:
    """Return those of `ids` that are no takeaways of this incident."""
    query = select(col(Takeaway.id)).where(
        col(Takeaway.incident_id) == incident_id, col(Takeaway.id).in_(ids)
    )
    return ids - set(await session.scalars(query))


async def next_position(session: AsyncSession, incident_id: UUID) -> int:
    """Return the position after all takeaways of an incident."""
    last = select(func.max(Takeaway.position)).where(col(Takeaway.incident_id) == incident_id)
    highest: int | None = await session.scalar(last)
    return 0 if highest is None else highest + 1


def _representation() -> Select[*tuple[Any, ...]]:
    """Select takeaway, text, and when the text moved."""
    passage_name = literal("takeaways/") + cast(Takeaway.id, Text) + literal("/text")
    return select(Takeaway, col(Passage.text), col(Passage.updated_at)).outerjoin(
        Passage,
        and_(col(Passage.document_id) == Takeaway.incident_id, col(Passage.name) == passage_name),
    )


def _conditions(wanted: TakeawayFilter) -> list[ColumnElement[bool]]:
    since = wanted.updated_since
    conditions: list[ColumnElement[bool] | None] = [
        col(Takeaway.kind).in_(wanted.kind) if wanted.kind else None,
        col(Takeaway.parked) == wanted.parked if wanted.parked is not None else None,
        or_(col(Takeaway.updated_at) >= since, col(Passage.updated_at) >= since) if since else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _takeaway_read(row: Row[*tuple[Any, ...]]) -> TakeawayRead:
    takeaway, text, text_moved_at = row
    return TakeawayRead(
        id=takeaway.id,
        incident_id=takeaway.incident_id,
        kind=takeaway.kind,
        text=text or "",
        parked=takeaway.parked,
        position=takeaway.position,
        author=Actor(kind=takeaway.author_kind, id=takeaway.author_id, name=takeaway.author_name),
        created_at=takeaway.created_at,
        updated_at=max(takeaway.updated_at, text_moved_at or takeaway.updated_at),
    )
