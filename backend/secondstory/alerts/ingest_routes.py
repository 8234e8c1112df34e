"""HTTP: where senders post to. The key in the address, or in the body, says who speaks."""

import asyncio
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from secondstory.alerts.answers import (
    Accepted,
    AlertRef,
    ChangeEnqueued,
    Enqueued,
    EnqueueRefused,
    IncidentRef,
)
from secondstory.alerts.formats import pagerduty_events_v2
from secondstory.alerts.formats.contract import Message, SourceKind
from secondstory.alerts.formats.values import parse_json
from secondstory.alerts.intake import WrongSignature
from secondstory.alerts.messages import MAX_BYTES, SlowBody, message_of
from secondstory.alerts.pointers import confirm, fetch_certificate
from secondstory.alerts.taking import Taken, take_in
from secondstory.platform.database import Database, DatabaseDep
from secondstory.platform.problems import (
    BadRequest,
    BodyTooLarge,
    NotFound,
    TooManyRequests,
    Unavailable,
    UnsupportedMediaType,
    declared,
)

router = APIRouter(tags=["ingest"])
# At the root, where PagerDuty has it: senders know this path.
pagerduty = APIRouter(tags=["ingest"])

# Long enough for a megabyte over a bad line; nobody holds a connection for longer.
_BODY_SECONDS: Final = 20.0
_REFUSALS = declared(
    *(NotFound, SlowBody, BodyTooLarge, UnsupportedMediaType, TooManyRequests, Unavailable)
)
_RAW: dict[str, Any] = {
    "requestBody": {
        "description": "Whatever the sender sends; it is kept as it comes.",
        "required": True,
        "content": {"application/json": {"schema": {}}},
    }
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": EnqueueRefused, "description": "Not an event, in PagerDuty's words"}
}


@router.post(
    "/ingest/{kind}/{source_key}",
    status_code=202,
    responses=_REFUSALS | declared(WrongSignature),
    openapi_extra=_RAW,
)
async def ingest(
    kind: Annotated[str, Path(max_length=40, examples=["alertmanager"])],
    source_key: Annotated[str, Path(max_length=100, description="The key of the source")],
    request: Request,
    response: Response,
    database: DatabaseDep,
) -> Accepted:
    """Take in what a sender posts. Content that is not understood is kept and accepted too."""
    # As the sender was told it: behind a proxy the address in the request may be another.
    url = f"{request.app.state.base_url}{request.url.path}?{request.url.query}".removesuffix("?")
    message = message_of(request.headers.items(), await _body(request), MAX_BYTES, url)
    return await _take(request, response, database, kind, source_key, message)


# Grafana lets people choose between the two.
router.add_api_route(
    "/ingest/{kind}/{source_key}",
    ingest,
    methods=["PUT"],
    name="ingest_by_put",
    status_code=202,
    include_in_schema=False,
)


@router.get("/ingest/uptime_kuma/{source_key}", status_code=202, include_in_schema=False)
async def ingest_from_query(
    source_key: Annotated[str, Path(max_length=100)],
    request: Request,
    response: Response,
    database: DatabaseDep,
) -> Accepted:
    """Take in what Uptime Kuma says in a query, where people chose GET there.

    It is kept as the form that it is, so that it can be read again.
    """
    if not request.url.query:
        raise NotFound  # somebody who looks what is here
    headers = {**request.headers, "content-type": "application/x-www-form-urlencoded"}
    message = message_of(headers.items(), request.url.query.encode())
    return await _take(request, response, database, SourceKind.UPTIME_KUMA, source_key, message)


@pagerduty.post(
    "/v2/enqueue",
    status_code=202,
    response_model=Enqueued,
    responses=_REFUSALS | _REFUSED,
    openapi_extra=_RAW,
)
async def enqueue_event(
    request: Request, response: Response, database: DatabaseDep
) -> Enqueued | JSONResponse:
    """Take in an alert event as PagerDuty's Events API v2 does."""
    raw = await _body(request)
    message = message_of(request.headers.items(), raw, pagerduty_events_v2.MAX_BYTES)
    body = parse_json(message.body)
    key, faults = pagerduty_events_v2.routing_key(body), pagerduty_events_v2.faults(body)
    if key is None or faults:
        return _refused(faults)
    taken = await take_in(
        database, request.app.state.alert_buckets, SourceKind.PAGERDUTY_EVENTS_V2, key, message
    )
    response.headers.update(taken.allowance.headers)
    dedup_key = taken.receipt.dedup_keys[0]
    return Enqueued(status="success", message="Event processed", dedup_key=dedup_key)


@pagerduty.post(
    "/v2/change/enqueue",
    status_code=202,
    response_model=ChangeEnqueued,
    responses=_REFUSALS | _REFUSED,
    openapi_extra=_RAW,
)
async def enqueue_change(
    request: Request, response: Response, database: DatabaseDep
) -> ChangeEnqueued | JSONResponse:
    """Take in a change event as PagerDuty's Events API v2 does; it opens nothing."""
    raw = await _body(request)
    message = message_of(request.headers.items(), raw, pagerduty_events_v2.MAX_BYTES)
    body = parse_json(message.body)
    key, faults = pagerduty_events_v2.routing_key(body), pagerduty_events_v2.change_faults(body)
    if key is None or faults:
        return _refused(faults)
    change = pagerduty_events_v2.as_change(message)
    taken = await take_in(
        database, request.app.state.alert_buckets, SourceKind.PAGERDUTY_EVENTS_V2, key, change
    )
    response.headers.update(taken.allowance.headers)
    return ChangeEnqueued(status="success", message="Change event processed")


async def _take(
    request: Request,
    response: Response,
    database: Database,
    kind: str,
    source_key: str,
    message: Message,
) -> Accepted:
    state = request.app.state
    certificate = await fetch_certificate(database, state.sns, kind, source_key, message)
    taken = await take_in(
        *(database, state.alert_buckets, kind, source_key, message),
        base_url=state.base_url,
        certificate=certificate,
    )
    await confirm(state.sns, kind, message)
    response.headers.update(taken.allowance.headers)
    return _accepted(taken, state.base_url)


async def _body(request: Request) -> bytes:
    """Return the body. Raises `SlowBody` (408) when it does not come, and ends the connection."""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await request.body()
    except TimeoutError:
        raise SlowBody(headers={"Connection": "close"}) from None
    except ClientDisconnect:
        detail = "The connection ended before the body did."
        raise BadRequest(detail) from None


def _refused(faults: list[str]) -> JSONResponse:
    refusal = EnqueueRefused(
        status="invalid event", message="Event object is invalid", errors=faults
    )
    return JSONResponse(refusal.model_dump(), status_code=400)


def _accepted(taken: Taken, base_url: str) -> Accepted:
    receipt = taken.receipt
    alerts = {found.alert_id: found for found in receipt.touched}
    incidents = {
        found.incident_id: f"INC-{found.incident_number}"
        for found in receipt.touched
        if found.incident_id is not None
    }
    return Accepted(
        status="accepted",
        alerts=[
            AlertRef(id=alert_id, dedup_key=found.dedup_key, state=found.state)
            for alert_id, found in alerts.items()
        ],
        incidents=[
            IncidentRef(id=incident_id, key=key, url=f"{base_url}/i/{key}")
            for incident_id, key in incidents.items()
        ],
        known=taken.known,
    )
