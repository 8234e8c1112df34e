"""Who took part in an incident, and as what."""

import asyncio

from tests.factories import Caller
from tests.factories.records import fetched, open_incident, patched, posted


async def test_people_and_their_roles(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['key']}/participants"
    roles = ["responder", "facilitator", "responder"]
    made = await posted(member, path, user_id=str(viewer.id), roles=roles)
    assert (made["user_id"], made["name"]) == (str(viewer.id), "Edsger")
    assert made["roles"] == ["facilitator", "responder"]
    assert (await fetched(member, f"/incidents/{incident['id']}"))["facilitator"][
        "name"
    ] == "Edsger"
    changed = await patched(member, f"{path}/{made['id']}", roles=["note_taker"])
    assert changed == made | {"roles": ["note_taker"]}
    assert (await fetched(member, f"/incidents/{incident['id']}"))["facilitator"] is None


async def test_nobody_takes_part_twice(member: Caller, admin: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}/participants"
    body = {"user_id": str(viewer.id), "roles": ["responder"]}
    answers = await asyncio.gather(
        *(caller.client.post(path, json=body) for caller in (member, admin, member))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    again = await member.client.post(path, json=body)
    assert (again.status_code, again.json()["code"]) == (409, "already_takes_part")


async def test_only_people_who_can_sign_in(member: Caller, admin: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    await patched(admin, f"/users/{viewer.id}", active=False)
    path = f"/incidents/{incident['id']}/participants"
    for user in (str(viewer.id), incident["id"]):
        answer = await member.client.post(path, json={"user_id": user, "roles": ["responder"]})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/user_id"
