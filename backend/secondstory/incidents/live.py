"""The live channel: WebSocket `/incidents/{incident}/live`, decided here, served by documents."""

import asyncio
import json
from typing import Final, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Response, WebSocket
from sqlalchemy.exc import SQLAlchemyError

from secondstory.documents.hub import Hub
from secondstory.documents.log import DATABASE_AWAY
from secondstory.documents.protocol import CloseCode
from secondstory.identity.models import Scope
from secondstory.identity.principal import MissingScope, Principal, authenticate
from secondstory.incidents.admission import Crowded, Door, TooMany
from secondstory.incidents.policy import can_edit
from secondstory.incidents.queries import see_incident
from secondstory.incidents.watch import Watch
from secondstory.platform.database import Database
from secondstory.platform.problems import Forbidden, NotFound, Problem, Unauthenticated
from secondstory.platform.sockets import DirectSocket

router = APIRouter()

_REFUSALS: Final[dict[type[Problem], CloseCode]] = {
    Unauthenticated: CloseCode.UNAUTHENTICATED,
    Forbidden: CloseCode.FORBIDDEN,
    NotFound: CloseCode.NOT_FOUND,
}
_REFUSING = tuple(_REFUSALS)
# Who is calling is asked by the driver, the incident by SQLAlchemy.
_DATABASE_AWAY = (SQLAlchemyError, *DATABASE_AWAY)


class _Admitted(NamedTuple):
    """Who may be in the channel, of what, and whether they may write."""

    principal: Principal
    document_id: UUID
    can_write: bool

    @property
    def depends_on(self) -> set[UUID]:
        ids = (self.document_id, self.principal.id, self.principal.user_id)
        return {each for each in ids if each is not None}


class _Refused(NamedTuple):
    """Why somebody may not be in the channel, or not as they are."""

    code: CloseCode
    reason: str


_AWAY = _Refused(CloseCode.TRY_AGAIN_LATER, "the database is away")
_MOVED = _Refused(CloseCode.TRY_AGAIN_LATER, "what you may do has changed")


@router.websocket("/incidents/{incident}/live")
async def live(websocket: WebSocket, incident: str) -> None:
    """Speak y-websocket with one person about one incident's document.

    Who is refused is accepted first and closed then: y-websocket stops for 44xx codes, while a
    refused handshake makes it try for ever. That is what it should do when too many wait.
    """
    door: Door = websocket.app.state.door
    watch: Watch = websocket.app.state.watch
    heard = watch.heard
    try:
        with door.unknown():
            answer = await _answer(websocket, incident)
        # Until here nothing that comes is read, whatever somebody unknown may send.
        await websocket.accept()
    except Crowded:
        busy = Response(status_code=503, headers={"Retry-After": "2"})
        await websocket.send_denial_response(busy)
        return
    except OSError:  # left again
        return
    socket = DirectSocket(websocket)
    if isinstance(answer, _Refused):
        await socket.close(*answer)
        return
    try:
        with door.inside(answer.principal.caller):
            await _serve_while_allowed(socket, incident, answer, heard)
    except TooMany as crowd:
        await socket.close(CloseCode.TRY_AGAIN_LATER, str(crowd))


async def _serve_while_allowed(
    socket: DirectSocket, incident: str, admitted: _Admitted, heard: int
) -> None:
    """Serve until the other side leaves, or what let them in holds no more."""
    hub: Hub = socket.websocket.app.state.hub
    principal, document_id, can_write = admitted
    serving = asyncio.create_task(hub.serve(document_id, socket, principal, can_write=can_write))
    watching = asyncio.create_task(_refused_later(socket, incident, admitted, heard))
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
    socket: DirectSocket, incident: str, admitted: _Admitted, heard: int
) -> _Refused:
    """Return why the channel is to be closed once it is; from then on nothing is heard of it."""
    watch: Watch = socket.websocket.app.state.watch
    with watch.over(admitted.depends_on, heard) as visit:
        while True:
            await visit.due()
            async with watch.slots:
                answer = await _answer(socket.websocket, incident)
            refused = answer if isinstance(answer, _Refused) else _difference(admitted, answer)
            if refused is not None and refused is not _AWAY:
                socket.ignore()
                return refused


def _difference(before: _Admitted, now: _Admitted) -> _Refused | None:
    return None if before.can_write == now.can_write else _MOVED


def relay_change(hub: Hub, payload: str) -> None:
    """Show a committed change (a frame of `changes.service`) to everybody in its incident."""
    frame = json.loads(payload)
    if frame["incident_id"] is not None:
        hub.announce(UUID(frame["incident_id"]), frame)


def tell_of_gap(hub: Hub) -> None:
    """Have everybody read again what they show: changes may have gone by unheard."""
    hub.announce_everywhere({"type": "missed"})


async def _answer(websocket: WebSocket, incident: str) -> _Admitted | _Refused:
    """Find out who is there and what they may do; no session stays open for the socket."""
    door: Door = websocket.app.state.door
    try:
        async with asyncio.timeout(door.limits.unknown_seconds):
            return await _admit(websocket, incident)
    except _REFUSING as problem:
        code = next(code for kind, code in _REFUSALS.items() if isinstance(problem, kind))
        return _Refused(code, problem.detail)
    except _DATABASE_AWAY:
        return _AWAY


async def _admit(websocket: WebSocket, incident: str) -> _Admitted:
    principal = await authenticate(websocket)
    if not principal.may(Scope.INCIDENTS_READ):
        raise MissingScope
    database: Database = websocket.app.state.database
    async with database.reading() as session:
        found = await see_incident(session, incident, principal)
    return _Admitted(principal, found.id, can_edit(principal))
