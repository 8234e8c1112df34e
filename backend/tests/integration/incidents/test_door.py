"""Crowds at the door of the live channel: turned away cheaply, and nobody inside notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from secondstory.documents.protocol import update_frame
from secondstory.identity.principal import COOKIE
from secondstory.incidents import live
from secondstory.incidents.admission import Door, DoorLimits
from tests.factories import Caller
from tests.integration.documents.conftest import address, incident
from tests.unit.documents.doubles import writing

__all__ = ["address", "incident"]
Incident = dict[str, Any]


@asynccontextmanager
async def knocking(
    address: str, caller: Caller, incident: Incident
) -> AsyncIterator[ClientConnection]:
    headers = {"Cookie": f"{COOKIE}={caller.client.cookies[COOKIE]}"}
    path = f"{address}/api/v1/incidents/{incident['id']}/live"
    async with connect(path, additional_headers=headers) as socket:
        yield socket


async def is_in(socket: ClientConnection, client: int = 7) -> bool:
    """Tell whether what is written through a socket is stored."""
    await socket.send(update_frame(writing("x", client)))
    async with asyncio.timeout(5):
        while b"saved" not in await socket.recv(decode=False):
            pass
    return True


async def refusal(socket: ClientConnection) -> tuple[int | None, str | None]:
    await asyncio.wait_for(socket.wait_closed(), 5)
    return socket.close_code, socket.close_reason


async def test_too_many_sockets_of_one_person(
    app: FastAPI, address: str, member: Caller, admin: Caller, incident: Incident
) -> None:
    app.state.door = Door(DoorLimits(sockets_per_person=3))
    async with AsyncExitStack() as stack:
        inside = [
            await stack.enter_async_context(knocking(address, member, incident)) for _ in range(3)
        ]
        assert await is_in(inside[0])
        fourth = await stack.enter_async_context(knocking(address, member, incident))
        assert await refusal(fourth) == (1013, "you have too many connections open")
        other = await stack.enter_async_context(knocking(address, admin, incident))
        assert await is_in(other, 8)
        await inside[1].close()
        again = await stack.enter_async_context(knocking(address, member, incident))
        assert await is_in(again, 9)


async def test_coming_too_often(
    app: FastAPI, address: str, member: Caller, admin: Caller, incident: Incident
) -> None:
    app.state.door = Door(DoorLimits(joins_at_once=5, joins_per_minute=60))
    async with knocking(address, member, incident) as first:
        for _ in range(4):
            async with knocking(address, member, incident) as socket:
                assert await is_in(socket)
        async with knocking(address, member, incident) as socket:
            code, reason = await refusal(socket)
            assert (code, reason) == (1013, "you came back too often in too short a time")
        async with knocking(address, admin, incident) as socket:
            assert await is_in(socket, 8)
        assert await is_in(first, 9)


async def test_a_storm_of_reloads_is_fine(address: str, member: Caller, incident: Incident) -> None:
    for _ in range(60):
        async with knocking(address, member, incident) as socket:
            await socket.recv()


async def test_who_is_not_known_yet_does_not_fill_the_house(
    app: FastAPI,
    address: str,
    member: Caller,
    incident: Incident,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.state.door = Door(DoorLimits(unknown=5, unknown_seconds=0.5))
    async with knocking(address, member, incident) as inside:
        assert await is_in(inside)
        with monkeypatch.context() as slow:
            slow.setattr(live, "authenticate", _never_ending)
            waiting = [asyncio.create_task(_outcome(address, member, incident)) for _ in range(5)]
            await asyncio.sleep(0.1)
            with pytest.raises(InvalidStatus) as refused:
                async with knocking(address, member, incident):
                    pass
            assert refused.value.response.status_code == 503
            assert refused.value.response.headers["Retry-After"] == "2"
            assert await is_in(inside, 8)
            # Each has so much time, and not more.
            assert await asyncio.gather(*waiting) == [(1013, "the database is away")] * 5
        async with knocking(address, member, incident) as socket:
            assert await is_in(socket, 9)


async def _outcome(
    address: str, caller: Caller, incident: Incident
) -> tuple[int | None, str | None]:
    async with knocking(address, caller, incident) as socket:
        return await refusal(socket)


async def _never_ending(_connection: object) -> None:
    await asyncio.Event().wait()
