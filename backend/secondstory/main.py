"""The app: all features put together. Imports everything, imported only by the command line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import text

import secondstory.actions.routes as actions
import secondstory.alerts.handshake_routes as handshake
import secondstory.alerts.ingest_routes as ingest
import secondstory.alerts.routes as alerts
import secondstory.alerts.sender_routes as senders
import secondstory.history.routes as history
import secondstory.identity.routes as identity
import secondstory.incidents.routes as incidents
import secondstory.reports.routes as reports
import secondstory.setup.routes as setup
import secondstory.takeaways.routes as takeaways
import secondstory.timeline.routes as timeline
import secondstory.whys.routes as whys
from secondstory.alerts.retention import removing_old
from secondstory.alerts.sns import SnsClient
from secondstory.changes.service import CHANNEL as CHANGES
from secondstory.documents.hub import Hub
from secondstory.documents.running import running_hub
from secondstory.identity.principal import SECURITY
from secondstory.identity.rights import CHANNEL as RIGHTS
from secondstory.incidents import live
from secondstory.incidents.admission import Door
from secondstory.incidents.watch import Watch
from secondstory.page import serve_page
from secondstory.platform import problems
from secondstory.platform.database import Database, SessionDep
from secondstory.platform.etags import NotModified
from secondstory.platform.idempotency import Replay
from secondstory.platform.middleware import BodyLimit, RequestContext
from secondstory.platform.problems import (
    BadRequest,
    BodyTooLarge,
    Invalid,
    NotFound,
    Unauthenticated,
    Unavailable,
    declared,
)
from secondstory.platform.rates import Buckets
from secondstory.settings import Settings, session_secret

MAX_BODY = 1024 * 1024
_API = "/api/v1"
_EVERYWHERE = declared(BadRequest, BodyTooLarge, Invalid, Unavailable)


def create_app(settings: Settings, database_url: str) -> FastAPI:
    """Build the app on a database that is migrated already."""
    app = FastAPI(
        title="Second Story",
        version="1",
        description="Blameless postmortems, from the pager alert to the published review.",
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.database = Database(database_url, pool_size=settings.pool_size)
    app.state.session_secret = session_secret(settings)
    app.state.session_hours = settings.session_hours
    app.state.base_url = settings.base_url
    app.state.merge_after = timedelta(days=settings.keystroke_days)
    app.state.deliveries_kept = timedelta(days=settings.delivery_days)
    app.state.sns = SnsClient()
    app.state.alert_buckets = Buckets("source", settings.deliveries_per_minute)
    problems.install(app)
    app.add_exception_handler(NotModified, _not_modified)
    app.add_exception_handler(Replay, _replay)
    app.add_middleware(BodyLimit, limit=MAX_BODY)
    app.add_middleware(RequestContext)
    _include_routes(app)
    serve_page(app, settings.web_dir)
    return app


def _include_routes(app: FastAPI) -> None:
    """Include every router directly: routers within routers are matched again at each level."""
    signed_in = _EVERYWHERE | declared(Unauthenticated)
    # Routes are tried one by one: those that storms of alerts come through stand first.
    app.include_router(ingest.router, prefix=_API, responses=_EVERYWHERE)
    app.include_router(ingest.pagerduty)
    app.include_router(handshake.router, prefix=_API, responses=_EVERYWHERE)
    for feature in (
        *(incidents, timeline, whys, takeaways, actions, history, reports),
        *(alerts, senders, identity),
    ):
        app.include_router(feature.router, prefix=_API, dependencies=SECURITY, responses=signed_in)
    for router in (identity.public, setup.router, live.router):
        app.include_router(router, prefix=_API, responses=_EVERYWHERE)
    app.include_router(health)
    app.add_api_route(
        f"{_API}/{{path:path}}", _no_such_address, methods=["GET", "POST"], include_in_schema=False
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    database: Database = app.state.database
    watch = Watch()
    handlers = {
        CHANGES: live.relay_change,
        RIGHTS: lambda _hub, about: watch.wake(UUID(about)),
    }

    def on_return(hub: Hub) -> None:
        live.tell_of_gap(hub)
        watch.wake_all()

    merge_after: timedelta = app.state.merge_after
    async with (
        running_hub(database.dsn, handlers, on_return=on_return, merge_after=merge_after) as hub,
        removing_old(database, app.state.deliveries_kept),
    ):
        app.state.hub, app.state.door, app.state.watch = hub, Door(), watch
        yield
    await database.close()


health = APIRouter(tags=["health"])


@health.get("/healthz")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@health.get("/readyz", responses=declared(Unavailable))
async def readyz(session: SessionDep) -> dict[str, str]:
    """Answer when requests can be served: the database is there."""
    await session.execute(text("SELECT 1"))
    return {"status": "ready"}


def _no_such_address() -> None:
    # Not named: a mistyped address of an alert source still holds its key.
    detail = "There is nothing at this address."
    raise NotFound(detail)


def _operation_id(route: APIRoute) -> str:
    return route.name


async def _not_modified(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)  # noqa: S101 - what it is registered for
    return Response(status_code=304, headers={"ETag": error.etag})


async def _replay(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Replay)  # noqa: S101 - what it is registered for
    headers = {"Idempotent-Replayed": "true"}
    if error.answer.location is not None:
        headers["Location"] = error.answer.location
    return Response(
        error.answer.body,
        status_code=error.answer.status,
        headers=headers,
        media_type="application/json",
    )
