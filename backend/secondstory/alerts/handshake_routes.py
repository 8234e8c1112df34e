"""HTTP: the handshake by which senders of CloudEvents ask whether they may post to an address."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.source_queries import find_source
from secondstory.platform.database import SessionDep
from secondstory.platform.problems import NotFound, Unavailable, declared

router = APIRouter(tags=["ingest"])

_DNS_EXPRESSION = re.compile(r"[a-z0-9*][a-z0-9.*:_-]{0,254}", re.IGNORECASE | re.ASCII)
_CONSENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Post here; without the two headers nobody has asked.",
        "headers": {
            "Allow": {"schema": {"type": "string"}},
            "WebHook-Allowed-Origin": {"schema": {"type": "string"}},
            "WebHook-Allowed-Rate": {"schema": {"type": "string"}},
        },
    }
}


@router.options(
    "/ingest/cloudevents/{source_key}",
    response_class=Response,
    responses=_CONSENT | declared(NotFound, Unavailable),
)
async def allow_sender(
    source_key: Annotated[str, Path(max_length=100, description="The key of the source")],
    request: Request,
    session: SessionDep,
    webhook_request_origin: Annotated[
        str | None, Header(max_length=255, description="Who asks, as a DNS name")
    ] = None,
) -> Response:
    """Give the permission that senders of CloudEvents ask for before they post.

    It is given in the answer. `WebHook-Request-Callback` is never called: it may name any address.
    """
    await find_source(session, SourceKind.CLOUDEVENTS, source_key)
    headers = {"Allow": "POST, OPTIONS"}
    if webhook_request_origin and _DNS_EXPRESSION.fullmatch(webhook_request_origin):
        headers["WebHook-Allowed-Origin"] = webhook_request_origin
        headers["WebHook-Allowed-Rate"] = str(request.app.state.alert_buckets.per_minute)
    return Response(headers=headers)
