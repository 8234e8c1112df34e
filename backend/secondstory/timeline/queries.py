"""Reading the timeline."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.models import Passage
from secondstory.identity.models import User
from secondstory.platform.database import fetch
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.prepared import PreparedSelect, driver_of
from secondstory.platform.problems import NotFound
from secondstory.timeline.models import Event
from secondstory.timeline.schemas import EventFilter, EventRead

_PASSAGE_NAME = literal("events/") + cast(Event.id, Text) + literal("/text")
# Event, text, and whose account it is; built once, as every list and detail begins with it.
_REPRESENTATION: Select[*tuple[Any, ...]] = (
    select(
        *(col(getattr(Event, name)) for name in Event.model_fields if name != "updated_at"),
        func.coalesce(Passage.text, "").label("text"),
        func.greatest(Event.updated_at, Passage.updated_at).label("updated_at"),
        col(User.name).label("account_of_name"),
    )
    .outerjoin(
        Passage,
        and_(col(Passage.document_id) == Event.incident_id, col(Passage.name) == _PASSAGE_NAME),
    )
    .outerjoin(User, col(User.id) == Event.account_of)
)
_EVENTS = TypeAdapter(list[EventRead])
# What every page and dashboard begins with.
_FIRST = PreparedSelect(
    _REPRESENTATION.where(col(Event.incident_id) == bindparam("incident_id", type_=Uuid))
    .order_by(col(Event.occurred_at), col(Event.id))
    .limit(bindparam("rows", type_=Integer))
)


async def list_events(
    session: AsyncSession, incident_id: UUID, wanted: EventFilter, page: PageRequest
) -> Page[EventRead]:
    """Return events in the order in which they occurred."""
    conditions = _conditions(wanted)
    if conditions or page.after is not None:
        query = _REPRESENTATION.where(col(Event.incident_id) == incident_id, *conditions)
        query = after_key(query, page, [col(Event.occurred_at), col(Event.id)], [datetime, UUID])
        found = await fetch(session, query)
    else:
        found = await _FIRST.all(
            await driver_of(session), {"incident_id": incident_id, "rows": page.limit + 1}
        )
    rows, last = cut(found, page)
    return Page(
        items=_EVENTS.validate_python([_event(row) for row in rows]),
        next_cursor=encode_cursor(last["occurred_at"], last["id"]) if last is not None else None,
    )


async def read_event(session: AsyncSession, incident_id: UUID, event_id: UUID) -> EventRead:
    """Return one event of an incident. Raises `NotFound`."""
    query = _REPRESENTATION.where(col(Event.incident_id) == incident_id, col(Event.id) == event_id)
    rows = await fetch(session, query)
    if not rows:
        raise NotFound
    return EventRead.model_validate(_event(rows[0]))


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


def _event(row: dict[str, Any]) -> dict[str, Any]:
    author = {"kind": row["author_kind"], "id": row["author_id"], "name": row["author_name"]}
    return row | {"author": author}
