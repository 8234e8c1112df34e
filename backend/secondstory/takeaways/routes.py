"""HTTP: the takeaways of an incident."""

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
from secondstory.takeaways import queries, service
from secondstory.takeaways.schemas import (
    TakeawayCreate,
    TakeawayFilter,
    TakeawayPatch,
    TakeawayRead,
)

router = APIRouter(prefix="/incidents/{incident}/takeaways", tags=["takeaways"])

_READING = declared(MissingScope, NotFound)
_WRITING = declared(MissingScope, NotFound, PreconditionFailed)


@router.get("", responses=_READING)
async def list_takeaways(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    page: PageDep,
    wanted: Annotated[TakeawayFilter, Query()],
) -> Page[TakeawayRead]:
    """List takeaways in the order of their positions."""
    takeaways = await queries.list_takeaways(session, found.id, wanted, page)
    link_next(request, response, takeaways.next_cursor)
    return takeaways


@router.post("", status_code=201, responses=declared(MissingScope, NotFound, StillRunning))
async def create_takeaway(
    body: TakeawayCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    key: IdempotencyKey = None,
) -> TakeawayRead:
    """Write down what we learned, or what we recommend."""
    once = await begin(session, request, principal.caller, key)
    takeaway = await service.add_takeaway(session, principal, found, body)
    response.headers["Location"] = f"/api/v1/incidents/{found.id}/takeaways/{takeaway.id}"
    tag(request, response, takeaway)
    return once.keep(takeaway, response)


@router.get("/{takeaway_id}", responses=_READING | CONDITIONAL)
async def get_takeaway(
    takeaway_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
) -> TakeawayRead:
    """Show a takeaway."""
    takeaway = await queries.read_takeaway(session, found.id, takeaway_id)
    tag(request, response, takeaway)
    return takeaway


@router.patch("/{takeaway_id}", responses=_WRITING)
async def update_takeaway(
    takeaway_id: UUID,
    body: TakeawayPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> TakeawayRead:
    """Change a takeaway."""
    takeaway = await service.change_takeaway(session, principal, found, takeaway_id, body, if_match)
    tag(request, response, takeaway)
    return takeaway


@router.delete("/{takeaway_id}", status_code=204, responses=_WRITING)
async def delete_takeaway(
    takeaway_id: UUID,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> None:
    """Drop a takeaway; actions that came from it stay."""
    await service.remove_takeaway(session, principal, found, takeaway_id, if_match)
