"""Who loses a right is out of the live channel at once, on every process."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import asyncpg
import pytest
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect

from secondstory.documents.protocol import update_frame
from secondstory.identity.principal import COOKIE
from secondstory.platform.database import Database
from secondstory.settings import Settings
from tests.factories import Caller
from tests.factories.records import Body, fetched, open_incident, patched, posted
from tests.integration.documents.conftest import new_app, serving
from tests.unit.documents.doubles import writing

PASSWORD = "correct horse battery"
SUMMARY = "The ded went down."


class Scene(NamedTuple):
    """What an end to somebody's right may need."""

    admin: Caller
    person: Caller
    incident: Body
    token: Body

    @property
    def path(self) -> str:
        return f"/incidents/{self.incident['id']}"


@pytest.fixture
async def addresses(
    app: FastAPI, settings: Settings, database: Database
) -> AsyncIterator[tuple[str, str]]:
    """Two processes on one database."""
    other = new_app(settings, database)
    async with (
        other.router.lifespan_context(other),
        serving(app) as address,
        serving(other) as other_address,
    ):
        yield address, other_address


@pytest.fixture
async def scene(admin: Caller, member: Caller) -> Scene:
    incident = await open_incident(admin, summary=SUMMARY)
    scopes = ["incidents:read", "incidents:write"]
    token = await posted(member, "/tokens", name="script", scopes=scopes)
    await posted(
        admin,
        f"/incidents/{incident['id']}/participants",
        user_id=str(member.id),
        roles=["responder"],
    )
    return Scene(admin, member, incident, token)


@asynccontextmanager
async def inside(address: str, scene: Scene, **headers: str) -> AsyncIterator[ClientConnection]:
    """A socket that has the text."""
    path = f"{address}/api/v1/incidents/{scene.incident['key']}/live"
    async with connect(path, additional_headers=headers) as socket:
        await socket.send(bytes([0, 0, 1, 0]))
        await heard(socket, SUMMARY.encode())
        yield socket


async def heard(socket: ClientConnection, content: bytes) -> None:
    async with asyncio.timeout(5):
        while content not in await socket.recv(decode=False):
            pass


def cookie(caller: Caller) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={caller.client.cookies[COOKIE]}"}


async def restrict(scene: Scene) -> None:
    await patched(scene.admin, scene.path, visibility="restricted")


async def remove_from(scene: Scene) -> None:
    (participant,) = (await fetched(scene.admin, f"{scene.path}/participants"))["items"]
    await scene.admin.client.delete(f"{scene.path}/participants/{participant['id']}")


async def sign_out(scene: Scene) -> None:
    await scene.person.client.delete("/session")


async def deactivate(scene: Scene) -> None:
    await patched(scene.admin, f"/users/{scene.person.id}", active=False)


async def new_password(scene: Scene) -> None:
    await patched(scene.admin, f"/users/{scene.person.id}", password=PASSWORD)


async def demote(scene: Scene) -> None:
    await patched(scene.admin, f"/users/{scene.person.id}", role="viewer")


async def revoke(scene: Scene) -> None:
    await scene.person.client.delete(f"/tokens/{scene.token['id']}")


End = Callable[[Scene], Awaitable[None]]
ENDS: list[tuple[End, bool, int]] = [
    (sign_out, False, 4401),
    (new_password, False, 4401),
    (deactivate, False, 4401),
    (deactivate, True, 4401),
    (revoke, True, 4401),
    (demote, False, 1013),
    (demote, True, 1013),
]


@pytest.mark.parametrize(("end", "by_token", "code"), ENDS)
async def test_who_may_no_more_is_out_within_a_second(
    end: End, *, by_token: bool, code: int, addresses: tuple[str, str], scene: Scene
) -> None:
    bearer = {"Authorization": f"Bearer {scene.token['token']}"}
    headers = bearer if by_token else cookie(scene.person)
    async with (
        inside(addresses[1], scene, **cookie(scene.admin)) as other,
        inside(addresses[0], scene, **headers) as here,
        inside(addresses[1], scene, **headers) as there,
    ):
        ended_at = time.monotonic()
        await end(scene)
        for socket in (here, there):
            await asyncio.wait_for(socket.wait_closed(), 5)
            assert socket.close_code == code
            assert socket.close_reason
        assert time.monotonic() - ended_at < 1
        await other.send(update_frame(writing("still here", 7)))
        await heard(other, b"saved")


async def test_a_private_incident_is_left_by_who_has_no_part_in_it(
    addresses: tuple[str, str], scene: Scene, viewer: Caller
) -> None:
    async with (
        inside(addresses[1], scene, **cookie(scene.person)) as participant,
        inside(addresses[1], scene, **cookie(viewer)) as stranger,
    ):
        await restrict(scene)
        await asyncio.wait_for(stranger.wait_closed(), 1)
        assert stranger.close_code == 4404
        await participant.send(update_frame(writing("still here", 7)))
        await heard(participant, b"saved")
        await remove_from(scene)
        await asyncio.wait_for(participant.wait_closed(), 1)
        assert participant.close_code == 4404


async def test_changing_ones_own_password_ends_the_other_browsers_only(
    addresses: tuple[str, str], scene: Scene
) -> None:
    await patched(scene.admin, f"/users/{scene.person.id}", password=PASSWORD)
    email = (await fetched(scene.admin, f"/users/{scene.person.id}"))["email"]
    browsers = []
    for _ in range(2):
        scene.person.client.cookies.clear()
        await posted(scene.person, "/session", email=email, password=PASSWORD)
        browsers.append(cookie(scene.person))
    async with (
        inside(addresses[1], scene, **browsers[0]) as elsewhere,
        inside(addresses[1], scene, **browsers[1]) as here,
    ):
        change = {"current": PASSWORD, "new": PASSWORD[::-1]}
        await patched(scene.person, "/me", password=change)
        await asyncio.wait_for(elsewhere.wait_closed(), 1)
        assert elsewhere.close_code == 4401
        await here.send(update_frame(writing("still here", 7)))
        await heard(here, b"saved")


async def test_what_comes_after_the_end_is_not_stored(
    addresses: tuple[str, str], scene: Scene
) -> None:
    """Somebody who types on and on, and listens to no close."""
    async with inside(addresses[1], scene, **cookie(scene.person)) as socket:
        typing = asyncio.create_task(_type_on(socket))
        await heard(socket, b"saved")
        await deactivate(scene)
        await asyncio.wait_for(socket.wait_closed(), 5)
        await typing
        assert socket.close_code == 4401
    await asyncio.sleep(0.6)
    first = (await fetched(scene.admin, scene.path))["summary"]
    await asyncio.sleep(0.6)
    assert (await fetched(scene.admin, scene.path))["summary"] == first


async def _type_on(socket: ClientConnection) -> None:
    for client in range(1, 10_000):
        try:
            await socket.send(update_frame(writing("x", client)))
        except Exception:  # noqa: BLE001 - closed, in whichever way
            return
        await asyncio.sleep(0.001)


async def test_an_incident_that_is_gone_is_left(
    addresses: tuple[str, str], scene: Scene, app: FastAPI, database: Database
) -> None:
    async with inside(addresses[0], scene, **cookie(scene.person)) as socket:
        connection = await asyncpg.connect(database.dsn)
        await connection.execute("DELETE FROM change")
        await connection.execute("DELETE FROM incident WHERE id = $1", scene.incident["id"])
        await connection.close()
        # Nobody can do this over the API: only the safety net finds it.
        app.state.watch.wake_all()
        await asyncio.wait_for(socket.wait_closed(), 1)
        assert socket.close_code == 4404


async def test_notifications_name_nothing_but_an_id(
    database: Database, scene: Scene, member: Caller
) -> None:
    heard_payloads: list[Any] = []
    connection = await asyncpg.connect(database.dsn)
    await connection.add_listener("rights", lambda *heard: heard_payloads.append(heard[-1]))
    await revoke(scene)
    await deactivate(scene)
    await connection.execute("SELECT 1")
    await connection.close()
    assert heard_payloads == [scene.token["id"], str(member.id)]
