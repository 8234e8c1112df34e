"""HTTP: incidents, participants, and what happened."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from secondstory.changes.queries import list_changes_after, list_incident_changes
from secondstory.changes.schemas import ChangeFeed, ChangeRead
from secondstory.identity.principal import MissingScope, Reader, Writer
from secondstory.incidents import queries, service
from secondstory.incidents.access import EditableIncident, VisibleIncident
from secondstory.incidents.policy import change_visible_to
from secondstory.incidents.schemas import (
    IncidentCreate,
    IncidentFilter,
    IncidentPatch,
    IncidentRead,
    ParticipantCreate,
    ParticipantPatch,
    ParticipantRead,
)
from secondstory.incidents.service import AlreadyTakesPart
from secondstory.platform.database import SessionDep
from secondstory.platform.etags import CONDITIONAL, IfMatch, tag
from secondstory.platform.idempotency import IdempotencyKey, StillRunning, begin
from secondstory.platform.pages import MAX_LIMIT, Page, PageDep, link_next
from secondstory.platform.problems import NotFound, PreconditionFailed, declared

router = APIRouter(tags=["incidents"])

_READING = declared(MissingScope, NotFound)
_WRITING = declared(MissingScope, NotFound, PreconditionFailed)


@router.get("/incidents", responses=declared(MissingScope))
async def list_incidents(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Reader,
    page: PageDep,
    wanted: Annotated[IncidentFilter, Query()],
) -> Page[IncidentRead]:
    """List incidents, newest first."""
    incidents = await queries.list_incidents(session, principal, wanted, page)
    link_next(request, response, incidents.next_cursor)
    return incidents


@router.post("/incidents", status_code=201, responses=declared(MissingScope, StillRunning))
async def create_incident(
    body: IncidentCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    key: IdempotencyKey = None,
) -> IncidentRead:
    """Open an incident."""
    once = await begin(session, request, principal.caller, key)
    opened = await service.open_incident(session, principal, body)
    incident = await queries.read_incident(session, opened.id, principal)
    response.headers["Location"] = f"/api/v1/incidents/{incident.id}"
    tag(request, response, incident)
    return once.keep(incident, response)


@router.get("/incidents/{incident}", responses=_READING | CONDITIONAL)
async def get_incident(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Reader,
    found: VisibleIncident,
) -> IncidentRead:
    """Show an incident."""
    incident = await queries.read_incident(session, found.id, principal)
    tag(request, response, incident)
    return incident


@router.patch("/incidents/{incident}", responses=_WRITING)
async def update_incident(
    body: IncidentPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> IncidentRead:
    """Change an incident, or move its review to another stage."""
    incident = await service.change_incident(session, principal, found, body, if_match)
    tag(request, response, incident)
    return incident


@router.get("/incidents/{incident}/participants", responses=_READING)
async def list_participants(
    request: Request, response: Response, session: SessionDep, found: VisibleIncident, page: PageDep
) -> Page[ParticipantRead]:
    """List the people of an incident."""
    people = await queries.list_participants(session, found.id, page)
    link_next(request, response, people.next_cursor)
    return people


@router.post(
    "/incidents/{incident}/participants",
    status_code=201,
    responses=declared(MissingScope, NotFound, AlreadyTakesPart, StillRunning),
)
async def create_participant(
    body: ParticipantCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    key: IdempotencyKey = None,
) -> ParticipantRead:
    """Name a person's part in an incident."""
    once = await begin(session, request, principal.caller, key)
    person = await service.add_participant(session, principal, found, body)
    response.headers["Location"] = f"/api/v1/incidents/{found.id}/participants/{person.id}"
    tag(request, response, person)
    return once.keep(person, response)


@router.patch("/incidents/{incident}/participants/{participant_id}", responses=_WRITING)
async def update_participant(
    participant_id: UUID,
    body: ParticipantPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> ParticipantRead:
    """Change a person's roles in an incident."""
    person = await service.change_participant(
        session, principal, found, participant_id, body, if_match
    )
    tag(request, response, person)
    return person


@router.delete(
    "/incidents/{incident}/participants/{participant_id}", status_code=204, responses=_WRITING
)
async def delete_participant(
    participant_id: UUID,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> None:
    """Take a person out of an incident."""
    await service.remove_participant(session, principal, found, participant_id, if_match)


@router.get("/incidents/{incident}/changes", tags=["changes"], responses=_READING)
async def list_changes_of_incident(
    request: Request, response: Response, session: SessionDep, found: VisibleIncident, page: PageDep
) -> Page[ChangeRead]:
    """List what happened to an incident, newest first."""
    changes = await list_incident_changes(session, found.id, page)
    link_next(request, response, changes.next_cursor)
    return changes


@router.get("/changes", tags=["changes"], responses=declared(MissingScope))
async def list_changes(
    session: SessionDep,
    principal: Reader,
    after: Annotated[int, Query(ge=0, lt=2**63, description="`last_seq` you got before")] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = MAX_LIMIT,
) -> ChangeFeed:
    """Follow all changes, oldest first; nothing is missed between two calls."""
    return await list_changes_after(session, after, limit, change_visible_to(principal))
