"""HTTP: where senders post to. The key in the address, or in the body, says who speaks."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from secondstory.alerts.answers import (
    Accepted,
    AlertRef,
    ChangeEnqueued,
    Enqueued,
    EnqueueRefused,
    IncidentRef,
)
from secondstory.alerts.formats import pagerduty_events_v2
from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.formats.values import parse_json
from secondstory.alerts.intake import Receipt, WrongSignature, receive
from secondstory.alerts.messages import MAX_BYTES, message_of
from secondstory.alerts.source_queries import find_source
from secondstory.platform import clock
from secondstory.platform.database import SessionDep
from secondstory.platform.problems import (
    BodyTooLarge,
    NotFound,
    Unavailable,
    UnsupportedMediaType,
    declared,
)

router = APIRouter(tags=["ingest"])
# At the root, where PagerDuty has it: senders know this path.
pagerduty = APIRouter(tags=["ingest"])

_REFUSALS = declared(NotFound, BodyTooLarge, UnsupportedMediaType, Unavailable)
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
    session: SessionDep,
) -> Accepted:
    """Take in what a sender posts. Content that is not understood is kept and accepted too."""
    message = message_of(request.headers.items(), await request.body(), MAX_BYTES)
    source = await find_source(session, kind, source_key)
    receipt = await receive(session, source, message, clock.now())
    return _accepted(receipt, request.app.state.base_url)


@pagerduty.post(
    "/v2/enqueue",
    status_code=202,
    response_model=Enqueued,
    responses=_REFUSALS | _REFUSED,
    openapi_extra=_RAW,
)
async def enqueue_event(request: Request, session: SessionDep) -> Enqueued | JSONResponse:
    """Take in an alert event as PagerDuty's Events API v2 does."""
    raw = await request.body()
    message = message_of(request.headers.items(), raw, pagerduty_events_v2.MAX_BYTES)
    body = parse_json(message.body)
    key, faults = pagerduty_events_v2.routing_key(body), pagerduty_events_v2.faults(body)
    if key is None or faults:
        return _refused(faults)
    source = await find_source(session, SourceKind.PAGERDUTY_EVENTS_V2, key)
    receipt = await receive(session, source, message, clock.now())
    return Enqueued(status="success", message="Event processed", dedup_key=receipt.dedup_keys[0])


@pagerduty.post(
    "/v2/change/enqueue",
    status_code=202,
    response_model=ChangeEnqueued,
    responses=_REFUSALS | _REFUSED,
    openapi_extra=_RAW,
)
async def enqueue_change(request: Request, session: SessionDep) -> ChangeEnqueued | JSONResponse:
    """Take in a change event as PagerDuty's Events API v2 does; it opens nothing."""
    raw = await request.body()
    message = message_of(request.headers.items(), raw, pagerduty_events_v2.MAX_BYTES)
    body = parse_json(message.body)
    key, faults = pagerduty_events_v2.routing_key(body), pagerduty_events_v2.change_faults(body)
    if key is None or faults:
        return _refused(faults)
    source = await find_source(session, SourceKind.PAGERDUTY_EVENTS_V2, key)
    await receive(session, source, message, clock.now())
    return ChangeEnqueued(status="success", message="Change event processed")


def _refused(faults: list[str]) -> JSONResponse:
    refusal = EnqueueRefused(
        status="invalid event", message="Event object is invalid", errors=faults
    )
    return JSONResponse(refusal.model_dump(), status_code=400)


def _accepted(receipt: Receipt, base_url: str) -> Accepted:
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
    )
