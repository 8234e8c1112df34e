"""HTTP: the cause graph of an incident."""

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
from secondstory.whys import queries, service
from secondstory.whys.edges import WhyCycle
from secondstory.whys.schemas import WhyCreate, WhyFilter, WhyPatch, WhyRead

router = APIRouter(prefix="/incidents/{incident}/whys", tags=["whys"])

_READING = declared(MissingScope, NotFound)
_WRITING = declared(MissingScope, NotFound, PreconditionFailed)


@router.get("", responses=_READING)
async def list_whys(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    page: PageDep,
    wanted: Annotated[WhyFilter, Query()],
) -> Page[WhyRead]:
    """List whys in the order of their positions."""
    whys = await queries.list_whys(session, found.id, wanted, page)
    link_next(request, response, whys.next_cursor)
    return whys


@router.post(
    "", status_code=201, responses=declared(MissingScope, NotFound, WhyCycle, StillRunning)
)
async def create_why(
    body: WhyCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    key: IdempotencyKey = None,
) -> WhyRead:
    """Ask a why, above and below others."""
    once = await begin(session, request, principal.caller, key)
    why = await service.add_why(session, principal, found, body)
    response.headers["Location"] = f"/api/v1/incidents/{found.id}/whys/{why.id}"
    tag(request, response, why)
    return once.keep(why, response)


@router.get("/{why_id}", responses=_READING | CONDITIONAL)
async def get_why(
    why_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
) -> WhyRead:
    """Show a why."""
    why = await queries.read_why(session, found.id, why_id)
    tag(request, response, why)
    return why


@router.patch("/{why_id}", responses=declared(MissingScope, NotFound, PreconditionFailed, WhyCycle))
async def update_why(
    why_id: UUID,
    body: WhyPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> WhyRead:
    """Change a why, or what stands below it."""
    why = await service.change_why(session, principal, found, why_id, body, if_match)
    tag(request, response, why)
    return why


@router.delete("/{why_id}", status_code=204, responses=_WRITING)
async def delete_why(
    why_id: UUID,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    if_match: IfMatch = None,
) -> None:
    """Take a why out of the graph; its causes stay, as roots when nothing else is above them."""
    await service.remove_why(session, principal, found, why_id, if_match)
