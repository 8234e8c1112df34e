"""The live channel: WebSocket `/incidents/{incident}/live`, decided here, served by documents."""

import json
from contextlib import suppress
from typing import Final
from uuid import UUID

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from sqlalchemy.exc import SQLAlchemyError
from starlette.websockets import WebSocketDisconnected
from typing_extensions import override

from secondstory.documents.hub import Hub
from secondstory.documents.peer import Socket
from secondstory.documents.protocol import CloseCode
from secondstory.identity.models import Scope
from secondstory.identity.principal import MissingScope, Principal, authenticate
from secondstory.incidents.policy import can_edit
from secondstory.incidents.queries import find_incident
from secondstory.platform.database import Database
from secondstory.platform.problems import Forbidden, NotFound, Problem, Unauthenticated

router = APIRouter()

# A close frame holds 123 bytes of reason.
_LONGEST_REASON: Final = 120
_GONE = (WebSocketDisconnect, WebSocketDisconnected)

_REFUSALS: Final[dict[type[Problem], CloseCode]] = {
    Unauthenticated: CloseCode.UNAUTHENTICATED,
    Forbidden: CloseCode.FORBIDDEN,
    NotFound: CloseCode.NOT_FOUND,
}


@router.websocket("/incidents/{incident}/live")
async def live(websocket: WebSocket, incident: str) -> None:
    """Speak y-websocket with one person about one incident's document.

    Accepted first and closed then, where that is due: y-websocket stops for 44xx codes, while a
    refused handshake makes it try for ever.
    """
    await websocket.accept()
    socket = _AcceptedSocket(websocket)
    try:
        principal, document_id = await _admit(websocket, incident)
    except (Unauthenticated, Forbidden, NotFound) as problem:
        code = next(code for kind, code in _REFUSALS.items() if isinstance(problem, kind))
        await socket.close(code, problem.detail)
        return
    except (SQLAlchemyError, OSError):
        await socket.close(CloseCode.TRY_AGAIN_LATER, "the database is away")
        return
    hub: Hub = websocket.app.state.hub
    await hub.serve(document_id, socket, principal, can_write=can_edit(principal))


def relay_change(hub: Hub, payload: str) -> None:
    """Show a committed change (a frame of `changes.service`) to everybody in its incident."""
    frame = json.loads(payload)
    if frame["incident_id"] is not None:
        hub.announce(UUID(frame["incident_id"]), frame)


async def _admit(websocket: WebSocket, incident: str) -> tuple[Principal, UUID]:
    """Find out who is there and what they may see; no session stays open for the socket."""
    principal = await authenticate(websocket)
    if not principal.may(Scope.INCIDENTS_READ):
        raise MissingScope
    database: Database = websocket.app.state.database
    async with database.reading() as session:
        return principal, (await find_incident(session, incident, principal)).id


class _AcceptedSocket(Socket):
    """Starlette's WebSocket as documents want it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    @override
    async def receive(self) -> bytes | None:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        # A text frame is no frame of this protocol: it reads as an empty, malformed one.
        frame: bytes = message.get("bytes") or b""
        return frame

    @override
    async def send(self, frame: bytes) -> None:
        try:
            await self._websocket.send_bytes(frame)
        except _GONE as error:
            raise ConnectionResetError from error

    @override
    async def close(self, code: int, reason: str) -> None:
        with suppress(*_GONE):
            await self._websocket.close(code, reason[:_LONGEST_REASON])
