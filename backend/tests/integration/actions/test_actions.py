"""Agreeing on actions and seeing them through."""

from datetime import datetime
from uuid import uuid4

import pytest

from secondstory.identity.models import Role, User
from secondstory.platform.database import Database
from tests.factories import Caller, add_user
from tests.factories.records import (
    add_takeaway,
    agree_on,
    ask_why,
    fetched,
    open_incident,
    patched,
)

# The same in every process: parameters are part of a test's name.
SOME_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"


async def test_an_action_is_agreed_on(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member, "Checkout was down")
    why = await ask_why(member, incident, "Why?")
    made = await agree_on(
        member,
        incident,
        "Ask for the full name",
        owner=str(viewer.id),
        due_on="2021-01-15",
        intent="detect",
        origin={"kind": "why", "id": why["id"]},
        tracker_url="https://tracker.example.org/OPS-1",
        check_on="2021-03-15",
    )
    assert made["key"].startswith("ACT-")
    assert made["incident_key"] == incident["key"]
    assert made["incident_title"] == "Checkout was down"
    assert (made["owner"], made["owner_name"]) == (str(viewer.id), "Edsger")
    assert (made["due_on"], made["check_on"]) == ("2021-01-15", "2021-03-15")
    assert (made["status"], made["intent"]) == ("open", "detect")
    assert made["origin"] == {"kind": "why", "id": why["id"]}
    assert made["created_by"]["name"] == "Grace"
    assert made["done_at"] is made["held"] is made["evidence"] is None
    assert await fetched(member, f"/actions/{made['id']}") == made
    assert await fetched(member, f"/actions/{made['key'].lower()}") == made


async def test_only_the_title_is_needed(member: Caller) -> None:
    made = await agree_on(member, await open_incident(member), "  Rename  ")
    assert made["title"] == "Rename"
    assert (made["owner"], made["due_on"], made["origin"]) == (None, None, None)
    assert made["intent"] == "prevent"


async def test_an_action_moves_on_and_comes_back(member: Caller) -> None:
    made = await agree_on(member, await open_incident(member), "Rename")
    path = f"/actions/{made['key']}"
    assert (await patched(member, path, status="in_progress"))["done_at"] is None
    done = await patched(member, path, status="done", evidence="https://git.example.org/42")
    assert datetime.fromisoformat(done["done_at"]) >= datetime.fromisoformat(made["created_at"])
    held = await patched(member, path, held=True, check_on="2021-03-15")
    assert (held["held"], held["done_at"]) == (True, done["done_at"])
    reopened = await patched(member, path, status="open")
    assert (reopened["held"], reopened["done_at"]) == (None, None)
    assert reopened["evidence"] == "https://git.example.org/42"
    assert (await patched(member, path, status="dropped"))["done_at"] is None


async def test_done_from_the_start(member: Caller) -> None:
    made = await agree_on(member, await open_incident(member), "Rename", status="done")
    assert made["done_at"] is not None


@pytest.mark.parametrize("status", ["open", "in_progress", "dropped"])
async def test_held_is_said_of_what_is_done(member: Caller, status: str) -> None:
    made = await agree_on(member, await open_incident(member), "Rename", status="done")
    path = f"/actions/{made['id']}"
    answer = await member.client.patch(path, json={"status": status, "held": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_done")
    assert await fetched(member, path) == made
    await patched(member, path, status=status)
    assert (await member.client.patch(path, json={"held": False})).status_code == 409
    assert (await patched(member, path, held=None))["status"] == status


async def test_what_may_be_emptied_and_what_not(member: Caller) -> None:
    incident = await open_incident(member)
    made = await agree_on(
        member,
        incident,
        "Rename",
        owner=str(member.id),
        due_on="2021-01-15",
        check_on="2021-03-15",
        evidence="Done by hand.",
        tracker_url="https://tracker.example.org/OPS-1",
        origin={"kind": "takeaway", "id": (await add_takeaway(member, incident, "A"))["id"]},
    )
    path = f"/actions/{made['id']}"
    for name in ("title", "status", "intent"):
        assert (await member.client.patch(path, json={name: None})).status_code == 422, name
    empty = ("owner", "due_on", "check_on", "evidence", "tracker_url", "origin")
    emptied = await patched(member, path, **dict.fromkeys(empty))
    assert [emptied[name] for name in empty] == [None] * len(empty)
    why = await ask_why(member, incident, "Why?")
    moved = await patched(member, path, origin={"kind": "why", "id": why["id"]})
    assert moved["origin"] == {"kind": "why", "id": why["id"]}
    change = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"][0]
    assert change["fields"] == {"origin": {"before": None, "after": moved["origin"]}}


async def test_an_owner_can_sign_in(member: Caller, admin: Caller, database: Database) -> None:
    gone: User = await add_user(database, Role.MEMBER, "Gone")
    await patched(admin, f"/users/{gone.id}", active=False)
    incident = await open_incident(member)
    made = await agree_on(member, incident, "Rename")
    for owner in (str(gone.id), str(uuid4())):
        for answer in (
            await member.client.post(
                f"/incidents/{incident['id']}/actions", json={"title": "New", "owner": owner}
            ),
            await member.client.patch(f"/actions/{made['id']}", json={"owner": owner}),
        ):
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["pointer"] == "/owner"


async def test_an_origin_is_of_the_same_incident(member: Caller) -> None:
    incident, other = await open_incident(member), await open_incident(member)
    made = await agree_on(member, incident, "Rename")
    takeaway = await add_takeaway(member, other, "Elsewhere.")
    why = await ask_why(member, other, "Elsewhere?")
    own = await ask_why(member, incident, "Here?")
    for kind, ref in (
        ("takeaway", takeaway["id"]),
        ("why", why["id"]),
        ("takeaway", own["id"]),
        ("why", str(uuid4())),
    ):
        origin = {"kind": kind, "id": ref}
        path = f"/incidents/{incident['id']}/actions"
        answer = await member.client.post(path, json={"title": "New", "origin": origin})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/origin"
        answer = await member.client.patch(f"/actions/{made['id']}", json={"origin": origin})
        assert answer.status_code == 422
    assert [each["id"] for each in (await fetched(member, path))["items"]] == [made["id"]]


@pytest.mark.parametrize(
    "bad",
    [
        {"due_on": "2021-02-30"},
        {"due_on": "2021-01-15T00:00:00Z"},
        {"due_on": 1610668800},
        {"due_on": "0001-01-01"},
        {"due_on": "9999-12-31"},
        {"due_on": "\u0662\u0660\u0662\u0661-01-15"},
        {"check_on": "tomorrow"},
        {"status": "closed"},
        {"intent": "blame"},
        {"tracker_url": "javascript:alert(1)"},
        {"tracker_url": "not a link"},
        {"evidence": "two\nlines"},
        {"evidence": ""},
        {"title": ""},
        {"title": "x" * 301},
        {"title": "a\x00b"},
        {"origin": {"kind": "event", "id": SOME_ID}},
        {"origin": {"kind": "why"}},
        {"origin": {"kind": "why", "id": SOME_ID, "more": 1}},
        {"owner": "Grace"},
        {"number": 7},
        {"done_at": "2021-01-15T00:00:00Z"},
    ],
    ids=str,
)
async def test_bad_actions_are_refused(member: Caller, bad: dict[str, object]) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}/actions"
    answer = await member.client.post(path, json={"title": "Rename"} | bad)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(bad))}")
    assert (await fetched(member, path))["items"] == []


async def test_no_action_behind_a_wrong_name(member: Caller) -> None:
    for ref in ("ACT-0", "ACT-999999999999999999", "ACT-x", "INC-1", str(uuid4()), "%00", "\u0664"):
        assert (await member.client.get(f"/actions/{ref}")).status_code == 404, ref
    assert (await member.client.get(f"/actions/{'A' * 41}")).status_code == 422
