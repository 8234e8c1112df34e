"""The live channel: WebSocket `/incidents/{incident}/live`, decided here, served by documents."""

import asyncio
import json
from contextlib import suppress
from typing import Final, NamedTuple
from uuid import UUID

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from sqlalchemy.exc import SQLAlchemyError
from starlette.websockets import WebSocketDisconnected
from typing_extensions import override

from secondstory.documents.hub import Hub
from secondstory.documents.log import DATABASE_AWAY
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

# A channel outlives the request that opened it: who lost sight of the incident, or the right to
# write in it, is noticed within this time.
ASK_AGAIN_SECONDS: Final = 15.0

_REFUSALS: Final[dict[type[Problem], CloseCode]] = {
    Unauthenticated: CloseCode.UNAUTHENTICATED,
    Forbidden: CloseCode.FORBIDDEN,
    NotFound: CloseCode.NOT_FOUND,
}
_REFUSING = tuple(_REFUSALS)
# Who is calling is asked by the driver, the incident by SQLAlchemy.
_DATABASE_AWAY = (SQLAlchemyError, *DATABASE_AWAY)


class _Admitted(NamedTuple):
    """Who is in the channel, of what, and whether they may write."""

    principal: Principal
    document_id: UUID
    can_write: bool


@router.websocket("/incidents/{incident}/live")
async def live(websocket: WebSocket, incident: str) -> None:
    """Speak y-websocket with one person about one incident's document.

    Accepted first and closed then, where that is due: y-websocket stops for 44xx codes, while a
    refused handshake makes it try for ever.
    """
    await websocket.accept()
    socket = _AcceptedSocket(websocket)
    try:
        admitted = await _admit(websocket, incident)
    except _REFUSING as problem:
        await socket.close(*_refusal(problem))
    except _DATABASE_AWAY:
        await socket.close(CloseCode.TRY_AGAIN_LATER, "the database is away")
    else:
        await _serve_while_allowed(websocket, socket, incident, admitted)


async def _serve_while_allowed(
    websocket: WebSocket, socket: Socket, incident: str, admitted: _Admitted
) -> None:
    """Serve until the other side leaves, or what let them in holds no more."""
    hub: Hub = websocket.app.state.hub
    principal, document_id, can_write = admitted
    serving = asyncio.create_task(hub.serve(document_id, socket, principal, can_write=can_write))
    watching = asyncio.create_task(_refused_later(websocket, incident, admitted))
    both = {serving, watching}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in both:
            task.cancel()
        await asyncio.wait(both)
    if not serving.cancelled():
        serving.result()
    elif not watching.cancelled():
        await socket.close(*watching.result())


async def _refused_later(
    websocket: WebSocket, incident: str, admitted: _Admitted
) -> tuple[CloseCode, str]:
    """Ask anew now and then; return why the channel is to be closed once it is."""
    while True:
        await asyncio.sleep(ASK_AGAIN_SECONDS)
        try:
            now = await _admit(websocket, incident)
        except _REFUSING as problem:
            return _refusal(problem)
        except _DATABASE_AWAY:
            continue
        if now.can_write != admitted.can_write:
            return CloseCode.TRY_AGAIN_LATER, "what you may do has changed"


def relay_change(hub: Hub, payload: str) -> None:
    """Show a committed change (a frame of `changes.service`) to everybody in its incident."""
    frame = json.loads(payload)
    if frame["incident_id"] is not None:
        hub.announce(UUID(frame["incident_id"]), frame)


async def _admit(websocket: WebSocket, incident: str) -> _Admitted:
    """Find out who is there and what they may do; no session stays open for the socket."""
    principal = await authenticate(websocket)
    if not principal.may(Scope.INCIDENTS_READ):
        raise MissingScope
    database: Database = websocket.app.state.database
    async with database.reading() as session:
        found = await find_incident(session, incident, principal)
    return _Admitted(principal, found.id, can_edit(principal))


def _refusal(problem: Problem) -> tuple[CloseCode, str]:
    code = next(code for kind, code in _REFUSALS.items() if isinstance(problem, kind))
    return code, problem.detail


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
