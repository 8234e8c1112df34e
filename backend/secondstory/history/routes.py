"""HTTP: the history of an incident's texts."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from secondstory.documents.queries import read_last_write
from secondstory.history import queries, service
from secondstory.history.schemas import (
    Difference,
    Number,
    PassageName,
    RestorationCreate,
    RestorationRead,
    VersionRead,
    VersionText,
)
from secondstory.history.service import OwnerGone
from secondstory.identity.principal import MissingScope, Writer
from secondstory.incidents.access import EditableIncident, VisibleIncident
from secondstory.platform.database import SessionDep
from secondstory.platform.etags import CONDITIONAL, tag
from secondstory.platform.idempotency import IdempotencyKey, StillRunning, begin
from secondstory.platform.pages import Page, PageDep, link_next
from secondstory.platform.problems import NotFound, declared

router = APIRouter(prefix="/incidents/{incident}/history", tags=["history"])

_READING = declared(MissingScope, NotFound)


@router.get("", responses=_READING | CONDITIONAL)
async def list_versions(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    page: PageDep,
    passage: Annotated[PassageName | None, Query()] = None,
) -> Page[VersionRead]:
    """List versions of one text, or of all of them, newest first. Deleted texts have theirs too."""
    # Of the log, not of the answer: who asks again while nobody writes costs next to nothing.
    reached = (await read_last_write(session, found.id)).seq
    tag(request, response, f"{found.id} {reached} {request.url.query}")
    versions = await queries.list_versions(session, found.id, passage, page)
    link_next(request, response, versions.next_cursor)
    return versions


@router.get("/text", responses=_READING | CONDITIONAL)
async def get_version_text(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    passage: Annotated[PassageName, Query()],
    seq: Annotated[Number, Query()],
) -> VersionText:
    """Show how a text read."""
    text = await queries.read_text(session, found.id, passage, seq)
    tag(request, response, text)
    return text


@router.get("/difference", responses=_READING | CONDITIONAL)
async def compare_versions(
    request: Request,
    response: Response,
    session: SessionDep,
    found: VisibleIncident,
    passage: Annotated[PassageName, Query()],
    from_seq: Annotated[Number, Query(alias="from")],
    to_seq: Annotated[Number, Query(alias="to")],
) -> Difference:
    """Show what differs between two versions of a text."""
    difference = await queries.compare(session, found.id, passage, from_seq, to_seq)
    tag(request, response, difference)
    return difference


@router.post(
    "/restorations",
    status_code=201,
    responses=declared(MissingScope, NotFound, OwnerGone, StillRunning),
)
async def restore_version(
    body: RestorationCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Writer,
    found: EditableIncident,
    key: IdempotencyKey = None,
) -> RestorationRead:
    """Bring an older text back, as a new edit: nothing of the history is lost."""
    once = await begin(session, request, principal.caller, key)
    return once.keep(await service.restore(session, principal, found, body), response)
