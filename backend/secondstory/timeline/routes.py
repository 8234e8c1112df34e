"""HTTP: the timeline of an incident."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from secondstory.identity.principal import MissingScope, Writer
from secondstory.incidents.access import EditableIncident, VisibleIncident
from secondstory.platform.database import SessionDep
from secondstory.platform.etags import CONDITIONAL, IfMatch, tag
from secondstory.platform.idempotency import IdempotencyKey, StillRunning, begin
from secondstory.platform.pages import Page, PageDep, link_next
from secondstory.platform.problems import NotFound, PreconditionFailed, declared
from secondstory.timeline import queries, service
from secondstory.timeline.schemas import EventCreate, EventFilter, EventPatch, EventRead

router = APIRouter(prefix="/incidents/{incident}/events", tags=["timeline"])

_READING = declared(MissingScope, NotFound)
_WRITING = declared(MissingScope, NotFound, PreconditionFailed)


@router.get("", responses=_READING)
async def list_events(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    page: PageDep,
    wanted: Annotated[EventFilter, Query()],
) -> Page[EventRead]:
    """List events in the order in which they occurred."""
    events = await queries.list_events(session, found.id, wanted, page)
    link_next(request, response, events.next_cursor)
    return events


@router.post("", status_code=201, responses=declared(MissingScope, NotFound, StillRunning))
async def create_event(
    body: EventCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    key: IdempotencyKey = None,
) -> EventRead:
    """Add what we did, what we saw, or what we understood."""
    once = await begin(session, request, principal.caller, key)
    event = await service.add_event(session, principal, found, body)
    response.headers["Location"] = f"/api/v1/incidents/{found.id}/events/{event.id}"
    tag(request, response, event)
    return once.keep(event, response)


@router.get("/{event_id}", responses=_READING | CONDITIONAL)
async def get_event(
    event_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
) -> EventRead:
    """Show an event."""
    event = await queries.read_event(session, found.id, event_id)
    tag(request, response, event)
    return event


@router.patch("/{event_id}", responses=_WRITING)
async def update_event(
    event_id: UUID,
    body: EventPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> EventRead:
    """Change an event."""
    event = await service.change_event(session, principal, found, event_id, body, if_match)
    tag(request, response, event)
    return event


@router.delete("/{event_id}", status_code=204, responses=_WRITING)
async def delete_event(
    event_id: UUID,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> None:
    """Take an event off the timeline."""
    await service.remove_event(session, principal, found, event_id, if_match)
