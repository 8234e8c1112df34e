"""What happens around every request: id, security headers, one log line, a limit on the body."""

import logging
import re
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondstory.platform.columns import new_id

_logger = logging.getLogger("secondstory.requests")
_LENGTH = re.compile(r"[0-9]{1,18}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_SECURITY_HEADERS: Final = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
)
# The page sets its own policy with a nonce; an API answer never needs to load anything.
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"


class RequestContext:
    """Give each request an id, add the security headers, and log it when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        offered = Headers(scope=scope).get("x-request-id", "")
        request_id = offered if _REQUEST_ID.fullmatch(offered) else new_id().hex
        scope.setdefault("state", {})["request_id"] = request_id
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in _SECURITY_HEADERS:
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", _API_POLICY)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            _logger.info(
                "%s %s %d",
                scope["method"],
                _loggable_path(scope),
                status,
                extra={
                    "request_id": request_id,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                },
            )


class BodyLimit:
    """Refuse bodies over a limit as a problem (413), as soon as they are read.

    Starlette has a limit of its own, but answers it in plain text.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        announced = int(declared) if _LENGTH.fullmatch(declared) else 0
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            if announced > self.limit:
                raise HTTPException(413)
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_within_limit, send)


def _loggable_path(scope: Scope) -> str:
    """Return the route's template where one matched: real paths may hold a source's secret key."""
    route = scope.get("route")
    template: str = getattr(route, "path", "(unmatched)")
    return template
