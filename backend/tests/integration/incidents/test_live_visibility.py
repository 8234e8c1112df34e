"""The live channel lets in exactly those who see the incident, for as long as they do."""

import asyncio

import pytest
import websockets
from fastapi import FastAPI

from secondstory.identity.principal import COOKIE
from secondstory.incidents import live, watch
from tests.factories import Caller
from tests.factories.records import Body, open_incident, patched, posted
from tests.integration.documents.conftest import serving

# Sync, step 1, for somebody who has nothing yet.
ASK = bytes([0, 0, 1, 0])


async def close_code(address: str, caller: Caller, incident: Body) -> int | None:
    """Return how the channel refuses a caller, None when it lets them in."""
    headers = {"Cookie": f"{COOKIE}={caller.client.cookies[COOKIE]}"}
    path = f"{address}/api/v1/incidents/{incident['key']}/live"
    async with websockets.connect(path, additional_headers=headers) as channel:
        try:
            await channel.send(ASK)
            await asyncio.wait_for(channel.recv(), 5)
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None
        return None


async def test_as_the_list_and_the_detail(
    app: FastAPI, admin: Caller, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}"
    async with serving(app) as address:
        assert await close_code(address, viewer, incident) is None
        await patched(member, path, visibility="restricted")
        assert await close_code(address, viewer, incident) == 4404
        assert await close_code(address, member, incident) is None
        assert await close_code(address, admin, incident) is None
        roles = {"user_id": str(viewer.id), "roles": ["responder"]}
        await posted(member, f"{path}/participants", **roles)
        assert await close_code(address, viewer, incident) is None


@pytest.mark.parametrize("end", ["restricted", "inactive", "signed out", "promoted"])
async def test_what_let_somebody_in_is_asked_again(
    end: str, app: FastAPI, admin: Caller, viewer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "ASK_AGAIN_SECONDS", 0.1)
    # Every notification is missed.
    monkeypatch.setattr(watch.Watch, "wake", lambda *_: None)
    incident = await open_incident(admin)
    headers = {"Cookie": f"{COOKIE}={viewer.client.cookies[COOKIE]}"}
    async with (
        serving(app) as address,
        websockets.connect(
            f"{address}/api/v1/incidents/{incident['id']}/live", additional_headers=headers
        ) as channel,
    ):
        await channel.send(ASK)
        await asyncio.wait_for(channel.recv(), 5)
        await asyncio.sleep(0.3)
        assert channel.close_code is None
        if end == "restricted":
            await patched(admin, f"/incidents/{incident['id']}", visibility="restricted")
        elif end == "inactive":
            await patched(admin, f"/users/{viewer.id}", active=False)
        elif end == "promoted":
            await patched(admin, f"/users/{viewer.id}", role="member")
        else:
            await viewer.client.delete("/session")
        await asyncio.wait_for(channel.wait_closed(), 5)
        codes = {"restricted": 4404, "promoted": 1013}
        assert channel.close_code == codes.get(end, 4401)


async def test_while_nobody_can_be_asked_who_is_in_stays_in(
    app: FastAPI, admin: Caller, viewer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "ASK_AGAIN_SECONDS", 0.05)
    incident = await open_incident(admin)
    headers = {"Cookie": f"{COOKIE}={viewer.client.cookies[COOKIE]}"}
    path = f"/api/v1/incidents/{incident['id']}/live"
    async with (
        serving(app) as address,
        websockets.connect(f"{address}{path}", additional_headers=headers) as channel,
    ):
        await channel.send(ASK)
        await asyncio.wait_for(channel.recv(), 5)
        with monkeypatch.context() as away:
            away.setattr(live, "authenticate", _away)
            await viewer.client.delete("/session")
            await asyncio.sleep(0.3)
            assert channel.close_code is None
            assert await close_code(address, admin, incident) == 1013
        await asyncio.wait_for(channel.wait_closed(), 5)
        assert channel.close_code == 4401


async def _away(_connection: object) -> None:
    raise ConnectionRefusedError
