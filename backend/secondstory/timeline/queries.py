"""Reading the timeline."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.schemas import Actor
from secondstory.documents.models import Passage
from secondstory.identity.models import User
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound
from secondstory.timeline.models import Event
from secondstory.timeline.schemas import EventFilter, EventRead


async def list_events(
    session: AsyncSession, incident_id: UUID, wanted: EventFilter, page: PageRequest
) -> Page[EventRead]:
    """Return events in the order in which they occurred."""
    query = _representation().where(col(Event.incident_id) == incident_id, *_conditions(wanted))
    query = after_key(query, page, [col(Event.occurred_at), col(Event.id)], [datetime, UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_event_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].occurred_at, last[0].id) if last is not None else None,
    )


async def read_event(session: AsyncSession, incident_id: UUID, event_id: UUID) -> EventRead:
    """Return one event of an incident. Raises `NotFound`."""
    query = _representation().where(
        col(Event.incident_id) == incident_id, col(Event.id) == event_id
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _event_read(row)


async def unknown_events(session: AsyncSession, incident_id: UUID, ids: set[UUID]) -> set[UUID]:
    """Return those of `ids` that are no events of this incident.

    The others are held until the transaction ends, so that they are still there when referred to.
    """
    if not ids:
        return set()
    query = (
        select(col(Event.id))
        .where(col(Event.incident_id) == incident_id, col(Event.id).in_(ids))
        .with_for_update(read=True, key_share=True)
    )
    return ids - set(await session.scalars(query))


def _representation() -> Select[*tuple[Any, ...]]:
    """Select event, text, when the text moved, and whose account it is."""
    passage_name = literal("events/") + cast(Event.id, Text) + literal("/text")
    return (
        select(Event, col(Passage.text), col(Passage.updated_at), col(User.name))
        .outerjoin(
            Passage,
            and_(col(Passage.document_id) == Event.incident_id, col(Passage.name) == passage_name),
        )
        .outerjoin(User, col(User.id) == Event.account_of)
    )


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    since = wanted.updated_since
    conditions: list[ColumnElement[bool] | None] = [
        col(Event.kind).in_(wanted.kind) if wanted.kind else None,
        col(Event.pivot) == wanted.pivot if wanted.pivot is not None else None,
        col(Event.account_of) == wanted.account_of if wanted.account_of else None,
        col(Event.known_at) <= wanted.known_until if wanted.known_until else None,
        or_(col(Event.updated_at) >= since, col(Passage.updated_at) >= since) if since else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _event_read(row: Row[*tuple[Any, ...]]) -> EventRead:
    event, text, text_moved_at, account_of_name = row
    return EventRead(
        id=event.id,
        incident_id=event.incident_id,
        kind=event.kind,
        occurred_at=event.occurred_at,
        known_at=event.known_at,
        text=text or "",
        source=event.source,
        author=Actor(kind=event.author_kind, id=event.author_id, name=event.author_name),
        account_of=event.account_of,
        account_of_name=account_of_name,
        evidence=event.evidence,
        pivot=event.pivot,
        alert_id=event.alert_id,
        created_at=event.created_at,
        updated_at=max(event.updated_at, text_moved_at or event.updated_at),
    )
