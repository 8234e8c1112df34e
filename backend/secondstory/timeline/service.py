"""Writing the timeline."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.service import appeared, difference, record, vanished
from secondstory.documents.service import add_passages, remove_passages, write_passages
from secondstory.identity.principal import Principal
from secondstory.identity.queries import unknown_people
from secondstory.incidents.models import Incident
from secondstory.platform import clock
from secondstory.platform.etags import check_if_match
from secondstory.platform.problems import Invalid, NotFound
from secondstory.timeline.models import Event, EventSource, text_passage
from secondstory.timeline.queries import read_event
from secondstory.timeline.schemas import EventCreate, EventPatch, EventRead


async def add_event(
    session: AsyncSession, principal: Principal, incident: Incident, new: EventCreate
) -> EventRead:
    """Add an entry to the timeline. Raises `Invalid` for an account of nobody we know."""
    await _check_account(session, new.account_of)
    now = clock.now()
    occurred_at = new.occurred_at or now
    by_token = principal.kind == "token"
    event = Event(
        incident_id=incident.id,
        kind=new.kind,
        occurred_at=occurred_at,
        known_at=new.known_at or occurred_at,
        source=new.source or (EventSource.API if by_token else EventSource.PERSON),
        author_kind=principal.kind,
        author_id=principal.id,
        author_name=principal.name,
        account_of=new.account_of,
        evidence=new.evidence,
        pivot=new.pivot,
        created_at=now,
        updated_at=now,
    )
    session.add(event)
    await session.flush()  # read back by SQL below
    await add_passages(session, incident.id, {text_passage(event.id): new.text}, principal)
    await record(
        session,
        principal,
        "created",
        "event",
        event.id,
        incident_id=incident.id,
        fields=appeared(kind=event.kind, occurred_at=event.occurred_at, text=new.text),
    )
    return await read_event(session, incident.id, event.id)


async def change_event(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    event_id: UUID,
    patch: EventPatch,
    if_match: str | None,
) -> EventRead:
    """Change an entry. Raises `NotFound`, `PreconditionFailed`, `Invalid`."""
    event = await _lock(session, incident.id, event_id)
    before = await read_event(session, incident.id, event_id)
    check_if_match(if_match, before)
    await _check_account(session, patch.account_of)
    for name, value in patch.model_dump(exclude_unset=True, exclude={"text"}).items():
        setattr(event, name, value)
    if patch.text is not None:
        await write_passages(session, incident.id, {text_passage(event_id): patch.text}, principal)
    await session.flush()  # read back by SQL below
    fields = difference(before, await read_event(session, incident.id, event_id))
    if not fields:
        return before
    event.updated_at = clock.now()
    await session.flush()  # read back by SQL below
    await record(
        session,
        principal,
        "updated",
        "event",
        event_id,
        incident_id=incident.id,
        fields=fields,
    )
    return await read_event(session, incident.id, event_id)


async def remove_event(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    event_id: UUID,
    if_match: str | None,
) -> None:
    """Take an entry off the timeline. Raises `NotFound`, `PreconditionFailed`."""
    await _lock(session, incident.id, event_id)
    before = await read_event(session, incident.id, event_id)
    check_if_match(if_match, before)
    await session.execute(delete(Event).where(col(Event.id) == event_id))
    await remove_passages(session, incident.id, [text_passage(event_id)])
    await record(
        session,
        principal,
        "deleted",
        "event",
        event_id,
        incident_id=incident.id,
        fields=vanished(kind=before.kind, occurred_at=before.occurred_at, text=before.text),
    )


async def _lock(session: AsyncSession, incident_id: UUID, event_id: UUID) -> Event:
    event = await session.scalar(
        select(Event)
        .where(col(Event.id) == event_id, col(Event.incident_id) == incident_id)
        .with_for_update()
    )
    if event is None:
        raise NotFound
    return event


async def _check_account(session: AsyncSession, user_id: UUID | None) -> None:
    if user_id is not None and await unknown_people(session, {user_id}):
        raise Invalid.at("/account_of", "This names nobody who can sign in.")
