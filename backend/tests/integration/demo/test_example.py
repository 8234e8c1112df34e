"""The example incident: everything filled in the way a good team would."""

import asyncio
from collections import Counter

import httpx

from secondstory.demo.service import load_example
from secondstory.identity.principal import SYSTEM
from secondstory.incidents.models import Incident
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.factories.records import Body, fetched


async def load(database: Database, caller: Caller | None = None) -> Incident:
    async with database.transaction() as session:
        return await load_example(session, caller.principal if caller else SYSTEM)


async def test_every_part_of_the_product_is_filled(database: Database, viewer: Caller) -> None:
    incident = await load(database)
    path = f"/incidents/{incident.id}"
    read = await fetched(viewer, path)
    assert read["channel_name"] == "12-23-2020-rca-ddedown"
    assert (read["stage"], read["status"], read["severity"]) == ("published", "resolved", "sev1")
    assert read["facilitator"]["name"] == "Yuki"
    assert read["open_actions"] == 2
    assert read["created_by"]["kind"] == "system"
    people = (await fetched(viewer, f"{path}/participants"))["items"]
    roles = {role for person in people for role in person["roles"]}
    assert roles == {"commander", "responder", "facilitator", "co_facilitator", "note_taker"}
    events = (await fetched(viewer, f"{path}/events"))["items"]
    kinds = Counter(event["kind"] for event in events)
    assert len(events) >= 12
    assert min(kinds[kind] for kind in ("action", "effect", "understanding")) >= 3
    assert sum(event["known_at"] > event["occurred_at"] for event in events) >= 4
    assert {event["source"] for event in events} == {"person", "chat", "alert"}
    assert any(event["pivot"] for event in events)
    assert all(event["occurred_at"].startswith("2020-12-23") for event in events)


async def test_the_whys_go_deep_and_branch_and_meet(database: Database, viewer: Caller) -> None:
    incident = await load(database)
    whys = (await fetched(viewer, f"/incidents/{incident.id}/whys", limit=100))["items"]
    by_id = {why["id"]: why for why in whys}

    def depth(why: Body) -> int:
        return 1 + max((depth(by_id[cause]) for cause in why["causes"]), default=0)

    assert max(depth(why) for why in whys) >= 5
    assert sum(len(why["causes"]) > 1 for why in whys) >= 2
    assert sum(len(why["effects"]) > 1 for why in whys) >= 2
    assert len([why for why in whys if not why["effects"]]) == 2
    assert all(why["answer"] for why in whys)
    for part in ("expectation", "assumption", "evidence"):
        assert sum(bool(why[part]) for why in whys) >= 5, part


async def test_takeaways_and_actions(database: Database, viewer: Caller) -> None:
    incident = await load(database)
    path = f"/incidents/{incident.id}"
    takeaways = (await fetched(viewer, f"{path}/takeaways"))["items"]
    assert Counter(each["kind"] for each in takeaways) == {"learning": 4, "recommendation": 3}
    assert [each["parked"] for each in takeaways].count(True) == 1
    actions = (await fetched(viewer, f"{path}/actions"))["items"]
    assert [each["status"] for each in actions] == ["done", "in_progress", "open"]
    assert len({each["intent"] for each in actions}) == 3
    assert all(each["owner_name"] and each["due_on"] and each["origin"] for each in actions)
    assert (actions[0]["held"], actions[0]["done_at"]) == (True, "2021-01-06T15:20:00Z")


async def test_loading_again_changes_nothing(database: Database, admin: Caller) -> None:
    first = await load(database, admin)
    before = await fetched(admin, "/changes")
    again = await asyncio.gather(*(load(database) for _ in range(3)))
    assert {incident.id for incident in again} == {first.id}
    assert await fetched(admin, "/changes") == before
    assert len((await fetched(admin, "/incidents"))["items"]) == 1
    assert len((await fetched(admin, "/users"))["items"]) == 8


async def test_an_incident_that_took_the_channel_is_left_alone(
    database: Database, member: Caller
) -> None:
    body = {"title": "Ours", "slug": "ddedown", "started_at": "2020-12-23T09:00:00Z"}
    ours = (await member.client.post("/incidents", json=body)).json()
    incident = await load(database)
    assert str(incident.id) != ours["id"]
    assert (await load(database)).id == incident.id


async def test_nobody_signs_in_as_somebody_of_the_example(
    database: Database, anonymous: httpx.AsyncClient
) -> None:
    await load(database)
    for password in ("", "x", "None"):
        body = {"email": "marek@second-story.example", "password": password}
        answer = await anonymous.post("/api/v1/session", json=body)
        assert answer.status_code in {401, 422}


async def test_the_example_does_not_end_the_set_up(
    database: Database, anonymous: httpx.AsyncClient
) -> None:
    await load(database)
    assert (await anonymous.get("/api/v1/setup")).json() == {"needed": True}


async def test_the_review_went_through_its_stages(database: Database, viewer: Caller) -> None:
    incident = await load(database)
    path = f"/incidents/{incident.id}/changes"
    changes, query = [], {"limit": 100}
    while True:
        page = await fetched(viewer, path, **query)
        changes += page["items"]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    moves = [each for each in changes if each["action"] == "stage_moved"]
    assert [move["fields"]["stage"]["after"] for move in reversed(moves)] == [
        *("discussion", "takeaways", "published")
    ]
    assert {move["actor"]["name"] for move in moves} == {"Yuki"}
