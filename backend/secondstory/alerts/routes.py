"""HTTP: alert sources for those who set them up, alerts for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from secondstory.alerts import queries, source_queries, sources
from secondstory.alerts.answers import Related
from secondstory.alerts.known import known_to
from secondstory.alerts.preview import preview
from secondstory.alerts.replay import replay, replay_undecided
from secondstory.alerts.schemas import (
    AlertFilter,
    AlertRead,
    DeliveryRead,
    PreviewRead,
    PreviewRequest,
    ReplayRead,
    ReplayRequest,
)
from secondstory.alerts.source_schemas import (
    SourceCreate,
    SourcePatch,
    SourceRead,
    SourceWithSecret,
)
from secondstory.identity.models import Scope
from secondstory.identity.principal import Admin, MissingScope, Principal, Reader, Requires
from secondstory.incidents.access import VisibleIncident
from secondstory.platform.database import DatabaseDep, SessionDep
from secondstory.platform.etags import CONDITIONAL, IfMatch, tag
from secondstory.platform.idempotency import IdempotencyKey, StillRunning, begin
from secondstory.platform.pages import Page, PageDep, link_next
from secondstory.platform.problems import NotFound, PreconditionFailed, declared

router = APIRouter(tags=["alerts"])

# Sources and raw messages show the inside of a team's systems: not for viewers. Whoever may set
# sources up sees them anyway.
SourceReader = Annotated[Principal, Depends(Requires(Scope.INGEST, Scope.ADMIN))]

_READING = declared(MissingScope, NotFound)
_WRITING = declared(MissingScope, NotFound, PreconditionFailed)


@router.get("/alert-sources", responses=declared(MissingScope))
async def list_alert_sources(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: SourceReader,
    page: PageDep,
) -> Page[SourceRead]:
    """List the senders that may post alerts."""
    found = await source_queries.list_sources(session, principal, page)
    link_next(request, response, found.next_cursor)
    return found


@router.post("/alert-sources", status_code=201, responses=declared(MissingScope, StillRunning))
async def create_alert_source(
    body: SourceCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Admin,
    key: IdempotencyKey = None,
) -> SourceWithSecret:
    """Add a sender. The answer has its address, and its secret where there is one."""
    once = await begin(session, request, principal.caller, key)
    source = await sources.add_source(session, principal, body)
    response.headers["Location"] = f"/api/v1/alert-sources/{source.id}"
    return once.keep(source, response)


@router.get("/alert-sources/{source_id}", responses=_READING | CONDITIONAL)
async def get_alert_source(
    source_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: SourceReader,
) -> SourceRead:
    """Show a sender."""
    source = await source_queries.read_source(session, principal, source_id)
    tag(request, response, source)
    return source


@router.patch("/alert-sources/{source_id}", responses=_WRITING)
async def update_alert_source(
    source_id: UUID,
    body: SourcePatch,
    session: SessionDep,
    principal: Admin,
    if_match: IfMatch = None,
) -> SourceWithSecret:
    """Change, pause or resume a sender, or exchange its secret."""
    return await sources.change_source(session, principal, source_id, body, if_match)


@router.delete("/alert-sources/{source_id}", status_code=204, responses=_WRITING)
async def delete_alert_source(
    source_id: UUID, session: SessionDep, principal: Admin, if_match: IfMatch = None
) -> None:
    """Take a sender away. Its alerts stay; its address answers 404."""
    await sources.remove_source(session, principal, source_id, if_match)


@router.post("/alert-sources/{source_id}/preview", responses=_READING)
async def preview_message(
    source_id: UUID, body: PreviewRequest, session: SessionDep, _principal: SourceReader
) -> PreviewRead:
    """Show what would become of a message now; nothing is stored."""
    source = await source_queries.get_source(session, source_id)
    return await preview(session, source, body)


@router.get("/alert-sources/{source_id}/deliveries", responses=_READING)
async def list_source_deliveries(
    source_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: SourceReader,
    page: PageDep,
) -> Page[DeliveryRead]:
    """List what a sender posted, newest first, also what was not understood."""
    source = await source_queries.get_source(session, source_id)
    found = await queries.list_source_deliveries(session, principal, source.id, page)
    link_next(request, response, found.next_cursor)
    return found


@router.get("/alert-sources/{source_id}/deliveries/{delivery_id}", responses=_READING)
async def get_delivery(
    source_id: UUID, delivery_id: UUID, session: SessionDep, principal: SourceReader
) -> DeliveryRead:
    """Show one message as it came in."""
    await source_queries.get_source(session, source_id)
    return await queries.read_delivery(session, principal, source_id, delivery_id)


@router.post("/alert-sources/{source_id}/deliveries/{delivery_id}/replay", responses=_READING)
async def replay_delivery(
    source_id: UUID, delivery_id: UUID, database: DatabaseDep, principal: SourceReader
) -> DeliveryRead:
    """Read a kept message again, with the mapping and the rules of now. It opens at most once."""
    return await replay(database, principal, source_id, delivery_id)


@router.post("/alert-sources/{source_id}/replay", responses=_READING)
async def replay_deliveries(
    source_id: UUID,
    body: ReplayRequest,
    request: Request,
    response: Response,
    database: DatabaseDep,
    principal: SourceReader,
    page: PageDep,
) -> Page[ReplayRead]:
    """Read messages again that belong to no alert, oldest first, as many as one page holds."""
    found = await replay_undecided(database, principal, source_id, body.since, page)
    link_next(request, response, found.next_cursor)
    return found


@router.get("/incidents/{incident}/related", responses=_READING)
async def list_related_incidents(
    request: Request, session: SessionDep, principal: Reader, found: VisibleIncident
) -> Related:
    """List earlier incidents of the same alerts or services, and what is still to be done there."""
    known = await known_to(session, principal, found.id, request.app.state.base_url)
    return Related(items=known)


@router.get("/alerts", responses=_READING)
async def list_alerts(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Reader,
    page: PageDep,
    wanted: Annotated[AlertFilter, Query()],
) -> Page[AlertRead]:
    """List alerts, newest first."""
    found = await queries.list_alerts(session, principal, wanted, page)
    link_next(request, response, found.next_cursor)
    return found


@router.get("/alerts/{alert_id}", responses=_READING | CONDITIONAL)
async def get_alert(
    alert_id: UUID, request: Request, response: Response, session: SessionDep, principal: Reader
) -> AlertRead:
    """Show an alert."""
    alert = await queries.read_alert(session, principal, alert_id)
    tag(request, response, alert)
    return alert


@router.get("/alerts/{alert_id}/deliveries", responses=_READING)
async def list_alert_deliveries(
    alert_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: SourceReader,
    page: PageDep,
) -> Page[DeliveryRead]:
    """List the messages of an alert as they came in, newest first."""
    alert = await queries.read_alert(session, principal, alert_id)
    found = await queries.list_alert_deliveries(session, principal, alert.id, page)
    link_next(request, response, found.next_cursor)
    return found
