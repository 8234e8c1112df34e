"""A restricted incident shows itself to its people alone: in lists, details, changes."""

from fastapi import FastAPI

from tests.factories import Caller
from tests.factories.records import Body, fetched, open_incident, patched, posted
from tests.factories.tokens import program_of


async def sees(caller: Caller, incident: Body) -> set[str]:
    """Return by which ways a caller learns of an incident."""
    ways = {
        "list": any(
            each["id"] == incident["id"] for each in (await fetched(caller, "/incidents"))["items"]
        ),
        "detail": (await caller.client.get(f"/incidents/{incident['id']}")).status_code == 200,
        "key": (await caller.client.get(f"/incidents/{incident['key']}")).status_code == 200,
        "search": bool((await fetched(caller, "/incidents", q=incident["key"]))["items"]),
        "changes": any(
            each["incident_id"] == incident["id"]
            for each in (await fetched(caller, "/changes"))["items"]
        ),
        "report": (await caller.client.get(f"/incidents/{incident['id']}/report")).status_code
        == 200,
        "own changes": (await caller.client.get(f"/incidents/{incident['id']}/changes")).status_code
        == 200,
    }
    return {way for way, seen in ways.items() if seen}


EVERYTHING = {"list", "detail", "key", "search", "changes", "report", "own changes"}


async def test_restricting_and_inviting(admin: Caller, member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    assert await sees(viewer, incident) == EVERYTHING
    path = f"/incidents/{incident['id']}"
    await patched(member, path, visibility="restricted")
    assert await sees(viewer, incident) == set()
    assert await sees(admin, incident) == EVERYTHING
    assert await sees(member, incident) == EVERYTHING, "who opened it"
    roles = {"user_id": str(viewer.id), "roles": ["responder"]}
    joined = await posted(member, f"{path}/participants", **roles)
    assert await sees(viewer, incident) == EVERYTHING
    await member.client.delete(f"{path}/participants/{joined['id']}")
    assert await sees(viewer, incident) == set()
    await patched(admin, path, visibility="everyone")
    assert await sees(viewer, incident) == EVERYTHING


async def test_who_does_not_see_it_does_not_write(admin: Caller, member: Caller) -> None:
    incident = await open_incident(admin, visibility="restricted")
    path = f"/incidents/{incident['id']}"
    assert (await member.client.patch(path, json={"title": "Mine"})).status_code == 404
    body = {"user_id": str(member.id), "roles": ["responder"]}
    assert (await member.client.post(f"{path}/participants", json=body)).status_code == 404
    assert await fetched(admin, path) == incident


async def test_a_token_sees_what_it_opened(app: FastAPI, member: Caller) -> None:
    async with program_of(app, member, "incidents:read", "incidents:write") as program:
        incident = await open_incident(program, visibility="restricted")
        assert await sees(program, incident) == EVERYTHING
    assert await sees(member, incident) == EVERYTHING, "whose token it is"


async def test_a_token_of_an_administrator_sees_no_more_than_it_needs(
    app: FastAPI, admin: Caller
) -> None:
    incident = await open_incident(admin, visibility="restricted")
    async with program_of(app, admin, "incidents:read") as program:
        # Their own incident, but not those of others: the token has no `admin` scope.
        assert await sees(program, incident) == EVERYTHING
