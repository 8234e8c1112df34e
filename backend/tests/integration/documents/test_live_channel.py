"""People in one incident: real Yjs clients, a real server, a real database."""

import asyncio
from typing import Any

from fastapi import FastAPI

from secondstory.identity.principal import COOKIE
from secondstory.platform.database import Database
from secondstory.settings import Settings
from tests.factories import Caller
from tests.integration.documents.conftest import Connect, new_app, serving
from tests.live_client import Clients

START = "The ded went down."


async def test_two_people_write_together(
    connect: Connect, member: Caller, admin: Caller, incident: dict[str, Any]
) -> None:
    ada = await connect(admin, incident["key"])
    grace = await connect(member, incident["id"])
    await ada.reads("summary", START)
    await grace.reads("summary", START)
    await asyncio.gather(ada.insert("summary", "A: ", at=0), grace.insert("summary", " At noon."))
    for person in (ada, grace):
        await person.reads("summary", f"A: {START} At noon.")


async def test_typing_shows_in_the_next_read(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    grace = await connect(member, incident["id"])
    await grace.reads("summary", START)
    await grace.insert("summary", " Then it came back 🎉.")
    await until_read(member, incident, f"{START} Then it came back 🎉.", seconds=1)


async def test_the_etag_moves_when_prose_moves(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    path = f"/incidents/{incident['id']}"
    before = (await member.client.get(path)).headers["ETag"]
    grace = await connect(member, incident["id"])
    await grace.reads("summary", START)
    await grace.insert("summary", " More.")
    await until_read(member, incident, f"{START} More.", seconds=1)
    answer = await member.client.get(path, headers={"If-None-Match": before})
    assert (answer.status_code, answer.headers["ETag"] != before) == (200, True)
    # What was read before must not be written over unseen.
    stale = await member.client.patch(path, json={"title": "x"}, headers={"If-Match": before})
    assert stale.status_code == 412


async def test_authors_hear_when_they_are_saved(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    grace = await connect(member, incident["id"])
    # Nothing to save is said, too: a page that was offline wants to know.
    assert (await grace.until(lambda state: state["updates"] == 1))["saved"]
    await grace.insert("summary", "!")
    await grace.until(lambda state: state["updates"] == 2 and state["saved"])
    # A deletion moves no state vector; the count tells.
    await grace.call("remove", name="summary", at=0, length=4)
    await grace.until(lambda state: state["updates"] == 3)


async def test_a_cut_connection_loses_nothing_on_either_side(
    connect: Connect, member: Caller, admin: Caller, incident: dict[str, Any]
) -> None:
    ada, grace = await connect(admin, incident["id"]), await connect(member, incident["id"])
    for person in (ada, grace):
        await person.reads("summary", START)
    await grace.call("cut")
    await grace.insert("summary", "Offline: ", at=0)
    await grace.call("remove", name="summary", at=9, length=4)
    await ada.insert("summary", " Online.")
    await ada.until(lambda state: state["saved"])
    await grace.call("join")
    for person in (ada, grace):
        await person.reads("summary", "Offline: ded went down. Online.")
    await grace.until(lambda state: state["saved"])


async def test_presence_is_there_at_once_and_gone_at_once(
    connect: Connect, member: Caller, admin: Caller, incident: dict[str, Any]
) -> None:
    ada = await connect(admin, incident["id"])
    await ada.until(lambda state: state["synced"])
    await ada.call("present", state={"name": "Ada"})
    late = await connect(member, incident["id"])
    await late.until(lambda state: state["present"].get(str(ada.number)) == {"name": "Ada"}, 1)
    # The late one has said nothing but that it is there: clock 0.
    await ada.until(lambda state: state["present"].get(str(late.number)) == {}, 1)
    await late.call("cut")
    await ada.until(lambda state: str(late.number) not in state["present"], 1)
    await late.call("join")
    await ada.until(lambda state: str(late.number) in state["present"], 1)
    await late.until(lambda state: str(ada.number) in state["present"], 1)


async def test_viewers_see_all_and_change_nothing(
    connect: Connect, member: Caller, viewer: Caller, incident: dict[str, Any]
) -> None:
    grace, edsger = await connect(member, incident["id"]), await connect(viewer, incident["id"])
    await edsger.reads("summary", START)
    await edsger.insert("summary", "Never. ", at=0)
    await edsger.call("present", state={"name": "Edsger"})
    await grace.until(lambda state: str(edsger.number) in state["present"])
    await grace.insert("summary", " Yes.")
    await edsger.reads("summary", f"Never. {START} Yes.")
    await until_read(member, incident, f"{START} Yes.")
    state = await grace.state()
    assert state["texts"]["summary"] == f"{START} Yes."
    assert (await edsger.state())["closes"] == []


async def test_a_request_shows_in_open_editors_and_moves_no_caret(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    grace = await connect(member, incident["id"])
    await grace.reads("summary", START)
    await grace.call("putCaret", name="summary", at=START.index("down"))
    new = "Yesterday the ded went down, twice."
    answer = await member.client.patch(f"/incidents/{incident['id']}", json={"summary": new})
    assert answer.status_code == 200, answer.text
    state = await grace.reads("summary", new)
    assert state["carets"]["summary"] == new.index("down")


async def test_changes_of_fields_reach_everybody_in_the_incident(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    grace = await connect(member, incident["id"])
    await grace.until(lambda state: state["synced"])
    other = await member.client.post("/incidents", json={"title": "Another"})
    assert other.status_code == 201
    answer = await member.client.patch(f"/incidents/{incident['id']}", json={"title": "Ded again"})
    assert answer.status_code == 200, answer.text
    state = await grace.until(lambda state: len(state["changes"]) > 0)
    (change,) = state["changes"]
    assert change["entity_id"] == change["incident_id"] == incident["id"]
    assert (change["entity"], change["action"]) == ("incident", "updated")
    assert change["actor"]["name"] == "Grace"
    assert change["seq"] > 0


NO_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"


async def test_who_may_not_is_told_so_once(
    node: Clients, address: str, member: Caller, incident: dict[str, Any]
) -> None:
    key = incident["key"]
    signed_in = {"Cookie": f"{COOKIE}={member.client.cookies[COOKIE]}"}
    cases: list[tuple[dict[str, str], str, int]] = [
        ({}, key, 4401),
        ({"Authorization": "Bearer sst_nonsense"}, key, 4401),
        ({"Cookie": f"{COOKIE}=nonsense"}, key, 4401),
        (signed_in | {"Origin": "https://elsewhere.example"}, key, 4403),
        (signed_in, "INC-999999", 4404),
        (signed_in, NO_ID, 4404),
        (signed_in, "nonsense", 4404),
    ]
    for headers, room, code in cases:
        client = await node.open(f"{address}/api/v1/incidents", f"{room}/live", headers=headers)
        state = await client.until(lambda state: state["stopped"] is not None)
        assert (state["stopped"]["code"], state["closes"]) == (code, [code]), (headers, room)
        assert state["stopped"]["reason"] != ""
        await client.call("close")


async def test_a_token_needs_the_scope(
    node: Clients, address: str, admin: Caller, incident: dict[str, Any]
) -> None:
    async def open_with(*scopes: str) -> Any:
        token = await admin.client.post("/tokens", json={"name": "script", "scopes": list(scopes)})
        assert token.status_code == 201, token.text
        return await node.open(
            f"{address}/api/v1/incidents",
            f"{incident['id']}/live",
            headers={"Authorization": f"Bearer {token.json()['token']}"},
        )

    refused = await open_with("actions:read")
    state = await refused.until(lambda state: state["stopped"] is not None)
    assert state["stopped"]["code"] == 4403
    reader, writer = (
        await open_with("incidents:read"),
        await open_with("incidents:read", "incidents:write"),
    )
    await reader.reads("summary", START)
    await writer.reads("summary", START)
    await writer.insert("summary", " W")
    await reader.reads("summary", f"{START} W")
    for client in (refused, reader, writer):
        await client.call("close")


async def test_a_restart_keeps_what_was_typed_on_both_sides(
    node: Clients,
    app: FastAPI,
    database: Database,
    settings: Settings,
    member: Caller,
    incident: dict[str, Any],
) -> None:
    headers = {"Cookie": f"{COOKIE}={member.client.cookies[COOKIE]}"}
    async with serving(app) as address:
        people = [
            await node.open(
                f"{address}/api/v1/incidents", f"{incident['id']}/live", headers=headers
            )
            for _ in range(2)
        ]
        for person in people:
            await person.reads("summary", START)
        port = int(address.rpartition(":")[2])
    for person in people:
        await person.until(lambda state: not state["connected"])
        await person.insert("summary", " Away.")
    again = new_app(settings, database)
    async with again.router.lifespan_context(again), serving(again, port):
        for person in people:
            await person.reads("summary", f"{START} Away. Away.")
        await until_read(member, incident, f"{START} Away. Away.")
        for person in people:
            await person.call("close")


async def until_read(
    caller: Caller, incident: dict[str, Any], text: str, *, seconds: float = 5
) -> None:
    """Wait until the incident's summary reads like this over REST."""
    summary = None
    try:
        async with asyncio.timeout(seconds):
            while summary != text:
                await asyncio.sleep(0.02)
                answer = await caller.client.get(f"/incidents/{incident['id']}")
                summary = answer.json()["summary"]
    except TimeoutError:
        raise AssertionError(summary) from None
