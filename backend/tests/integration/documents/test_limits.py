"""The bounds of the live channel at a real server: the right code, and nobody else notices."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from fastapi import FastAPI
from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection

from secondstory.documents.limits import Limits
from secondstory.documents.protocol import missing_frame, update_frame
from tests.factories import Caller
from tests.integration.documents.conftest import Connect
from tests.integration.documents.test_sockets import close_code, joined, receives
from tests.unit.documents.doubles import writing

Incident = dict[str, Any]


@pytest.fixture
def bounded(app: FastAPI) -> Callable[[Limits], None]:
    """Set limits for the rooms that open from now on."""

    def bound(limits: Limits) -> None:
        app.state.hub._limits = limits

    return bound


async def is_undisturbed(socket: ClientConnection, client: int) -> None:
    await socket.send(update_frame(writing("!", client)))
    await receives(socket, b"saved")


async def test_a_frame_that_is_too_large(
    address: str, member: Caller, admin: Caller, incident: Incident
) -> None:
    limit = Limits().frame_bytes
    async with joined(address, admin, incident) as other:
        async with joined(address, member, incident) as fits:
            # A frame of just the limit: seven bytes of it say what it is.
            update = writing("x" * (limit - 40), 7)
            await fits.send(update_frame(update))
            await receives(fits, b"saved")
        for size in (limit, 2 * limit, 5 * limit):
            async with joined(address, member, incident) as socket:
                await socket.send(b"\x00" * (size + 1))
                # Beyond twice the limit it is not even read: the protocol's own "too big".
                assert await close_code(socket) in ({4409} if size < 2 * limit else {4409, 1009})
        await is_undisturbed(other, 8)


async def test_a_document_that_is_full(
    bounded: Callable[[Limits], None], connect: Connect, member: Caller, incident: Incident
) -> None:
    bounded(Limits(document_bytes=20_000))
    person, other = await connect(member, incident["id"]), await connect(member, incident["id"])
    for each in (person, other):
        await each.until(lambda state: state["synced"])
    await person.insert("summary", "x" * 15_000)
    await person.until(lambda state: state["saved"])
    await person.insert("summary", "y" * 10_000)
    state = await person.until(lambda state: state["stopped"] is not None)
    assert state["stopped"]["code"] == 4409
    # What went too far is kept by who wrote it, and nobody else has it.
    assert "y" in state["texts"]["summary"]
    await other.call("remove", name="summary", at=0, length=12_000)
    await other.until(lambda state: state["saved"] and "y" not in state["texts"]["summary"])
    # There is room again.
    await other.insert("summary", "z" * 5_000)
    await other.until(lambda state: state["saved"])
    assert (await other.state())["closes"] == []


async def test_a_full_document_still_lets_text_be_taken_out(
    bounded: Callable[[Limits], None], address: str, member: Caller, incident: Incident
) -> None:
    bounded(Limits(document_bytes=20_000))
    doc: Doc[Text] = Doc(client_id=7)
    doc["summary"] = text = Text("x" * 19_000)
    async with joined(address, member, incident) as socket:
        await socket.send(missing_frame(doc.get_update()))
        await receives(socket, b'"updates":1')
        before = doc.get_state()
        del text[0:10_000]
        await socket.send(update_frame(doc.get_update(before)))
        await receives(socket, b'"updates":2')


async def test_a_room_that_is_full(
    bounded: Callable[[Limits], None],
    address: str,
    member: Caller,
    admin: Caller,
    incident: Incident,
) -> None:
    bounded(Limits(peers_per_room=3))
    async with AsyncExitStack() as stack:
        inside = [
            await stack.enter_async_context(joined(address, member, incident)) for _ in range(3)
        ]
        with pytest.raises(Exception, match="too many people"):
            await stack.enter_async_context(joined(address, admin, incident))
        await is_undisturbed(inside[0], 8)
        await inside[1].close()
        await asyncio.sleep(0.1)
        late = await stack.enter_async_context(joined(address, admin, incident))
        await is_undisturbed(late, 9)
