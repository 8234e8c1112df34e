"""Reading the whys."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from secondstory.changes.schemas import Actor
from secondstory.documents.models import Passage
from secondstory.platform.columns import Instant
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound
from secondstory.whys.models import PARTS, Why, WhyCause, WhyEvidence
from secondstory.whys.schemas import WhyFilter, WhyRead

_PASSAGES = {part: aliased(Passage, name=part) for part in PARTS}


async def list_whys(
    session: AsyncSession, incident_id: UUID, wanted: WhyFilter, page: PageRequest
) -> Page[WhyRead]:
    """Return whys in the order of their positions."""
    query = _representation().where(col(Why.incident_id) == incident_id)
    if wanted.updated_since is not None:
        query = query.where(_moved_at() >= wanted.updated_since)
    query = after_key(query, page, [col(Why.position), col(Why.id)], [int, UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_why_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].position, last[0].id) if last is not None else None,
    )


async def read_why(session: AsyncSession, incident_id: UUID, why_id: UUID) -> WhyRead:
    """Return one why of an incident. Raises `NotFound`."""
    query = _representation().where(col(Why.incident_id) == incident_id, col(Why.id) == why_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _why_read(row)


async def unknown_whys(session: AsyncSession, incident_id: UUID, ids: set[UUID]) -> set[UUID]:
    """Return those of `ids` that are no whys of this incident."""
    if not ids:
        return set()
    query = select(col(Why.id)).where(col(Why.incident_id) == incident_id, col(Why.id).in_(ids))
    return ids - set(await session.scalars(query))


async def next_position(session: AsyncSession, incident_id: UUID) -> int:
    """Return the position after all whys of an incident."""
    last = select(func.max(Why.position)).where(col(Why.incident_id) == incident_id)
    highest: int | None = await session.scalar(last)
    return 0 if highest is None else highest + 1


def _representation() -> Select[*tuple[Any, ...]]:
    """Select why, when it moved, its edges and evidence, and its texts in the order of `PARTS`."""
    query = select(
        Why,
        _moved_at(),
        _ids(WhyCause.cause_id, of=WhyCause.effect_id, order=WhyCause.position),
        _ids(WhyCause.effect_id, of=WhyCause.cause_id, order=WhyCause.effect_id),
        _ids(WhyEvidence.event_id, of=WhyEvidence.why_id, order=WhyEvidence.position),
        *(passage.text for passage in _PASSAGES.values()),
    )
    for part, passage in _PASSAGES.items():
        name = literal("whys/") + cast(Why.id, Text) + literal(f"/{part}")
        query = query.outerjoin(
            passage, and_(col(passage.document_id) == Why.incident_id, col(passage.name) == name)
        )
    return query


def _moved_at() -> ColumnElement[Any]:
    # greatest() leaves NULLs out: a part that is empty has no row.
    passages = (passage.updated_at for passage in _PASSAGES.values())
    return func.greatest(Why.updated_at, *passages, type_=Instant)


def _ids(wanted: Any, *, of: Any, order: Any) -> ColumnElement[Any]:
    """Select an array of ids beside each why."""
    found = select(wanted).where(of == Why.id).order_by(order).correlate(Why).scalar_subquery()
    return func.array(found, type_=ARRAY(Uuid))


def _why_read(row: Row[*tuple[Any, ...]]) -> WhyRead:
    why, moved_at, causes, effects, evidence, *texts = row
    return WhyRead(
        id=why.id,
        incident_id=why.incident_id,
        question=why.question,
        **{part: text or "" for part, text in zip(PARTS, texts, strict=True)},
        causes=causes,
        effects=effects,
        evidence=evidence,
        position=why.position,
        author=Actor(kind=why.author_kind, id=why.author_id, name=why.author_name),
        created_at=why.created_at,
        updated_at=moved_at,
    )
