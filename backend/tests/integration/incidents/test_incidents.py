"""Opening incidents, changing them, moving their review on."""

import asyncio

import pytest

from tests.factories import Caller
from tests.factories.records import Body, fetched, open_incident, patched

START = "2020-12-23T14:02:00Z"


async def test_only_a_title_is_needed(member: Caller) -> None:
    made = await open_incident(member, "Checkout was down")
    assert made["key"].startswith("INC-")
    assert (made["kind"], made["severity"], made["status"]) == ("incident", "sev3", "open")
    assert (made["stage"], made["visibility"]) == ("recap", "everyone")
    assert made["summary"] == ""
    assert made["created_by"] == {"kind": "user", "id": str(member.id), "name": "Grace"}
    assert made["facilitator"] is None
    assert made["can_edit"]
    for ref in (made["id"], made["key"], made["key"].lower(), made["id"].upper()):
        assert await fetched(member, f"/incidents/{ref}") == made


async def test_all_that_can_be_said_at_once(member: Caller) -> None:
    said = {
        "kind": "near_miss",
        "severity": "sev1",
        "status": "resolved",
        "started_at": START,
        "detected_at": "2020-12-23T14:04:00Z",
        "mitigated_at": "2020-12-23T17:36:00Z",
        "resolved_at": "2020-12-23T18:00:00Z",
        "services": ["checkout", "orders"],
        "tags": ["datastore"],
        "summary": "Two applications were down.",
    }
    made = await open_incident(member, **said, slug="ddedown")
    assert {name: made[name] for name in said} == said
    assert made["channel_name"] == "12-23-2020-rca-ddedown"


@pytest.mark.parametrize(
    ("title", "channel"),
    [
        ("Checkout was down", "12-23-2020-rca-checkout-was-down"),
        ("Zażółć gęślą jaźń", "12-23-2020-rca-zazoc-gesla-jazn"),
        ("データベース", "12-23-2020-rca-incident"),
        ("--- !!", "12-23-2020-rca-incident"),
        ("word " * 50, "12-23-2020-rca-" + "word-" * 10 + "wor"),
    ],
)
async def test_channels_are_named_by_date_and_title(
    title: str, channel: str, member: Caller
) -> None:
    made = await open_incident(member, title, started_at="2020-12-23T23:30:00-00:00")
    assert made["channel_name"] == channel
    again = await open_incident(member, title, started_at=START)
    assert again["channel_name"].startswith(f"{channel}-")
    assert len(again["channel_name"]) <= 80


async def test_the_same_title_at_once_makes_two_channels(member: Caller) -> None:
    made = await asyncio.gather(*(open_incident(member, slug="same") for _ in range(6)))
    assert len({each["channel_name"] for each in made}) == 6
    assert len({each["key"] for each in made}) == 6


async def test_labels_are_kept_once_in_order(member: Caller) -> None:
    made = await open_incident(member, services=["b", " a ", "b"], tags=["x", "X"])
    assert (made["services"], made["tags"]) == (["b", "a"], ["x", "X"])


@pytest.mark.parametrize("late", ["detected_at", "mitigated_at", "resolved_at"])
async def test_nothing_happens_before_the_start(late: str, member: Caller) -> None:
    body = {"title": "x", "started_at": START, late: "2020-12-23T14:01:59Z"}
    answer = await member.client.post("/incidents", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{late}"
    made = await open_incident(member, started_at=START)
    path = f"/incidents/{made['id']}"
    assert (await member.client.patch(path, json={late: body[late]})).status_code == 422
    assert await fetched(member, path) == made


async def test_the_status_brings_its_times(member: Caller) -> None:
    made = await open_incident(member)
    path = f"/incidents/{made['id']}"
    mitigated = await patched(member, path, status="mitigated")
    assert mitigated["mitigated_at"] is not None
    assert mitigated["resolved_at"] is None
    resolved = await patched(member, path, status="resolved")
    assert resolved["mitigated_at"] == mitigated["mitigated_at"]
    assert resolved["resolved_at"] is not None
    reopened = await patched(member, path, status="open")
    assert reopened["mitigated_at"] is reopened["resolved_at"] is None
    later = "2100-01-01T00:00:00Z"
    given = await patched(member, path, status="resolved", resolved_at=later)
    assert given["resolved_at"] == later


async def test_the_review_moves_on_and_back_and_is_recorded(member: Caller) -> None:
    made = await open_incident(member)
    path = f"/incidents/{made['id']}"
    stages = ["discussion", "takeaways", "published", "recap"]
    for stage in stages:
        assert (await patched(member, path, stage=stage))["stage"] == stage
    changes = (await fetched(member, f"{path}/changes"))["items"]
    assert [each["action"] for each in changes] == ["stage_moved"] * 4 + ["created"]
    after = [each["fields"]["stage"]["after"] for each in changes[:4]]
    assert after == stages[::-1]


async def test_the_summary_is_written_and_emptied(member: Caller) -> None:
    made = await open_incident(member, summary="Two applications were *down*.")
    assert made["summary"] == "Two applications were *down*."
    path = f"/incidents/{made['id']}"
    changed = await patched(member, path, summary="Two applications were down for hours.")
    assert changed["summary"] == "Two applications were down for hours."
    assert changed["updated_at"] > made["updated_at"]
    assert (await patched(member, path, summary=""))["summary"] == ""


async def test_what_does_not_change_is_not_recorded(member: Caller) -> None:
    made = await open_incident(member, summary="Down.")
    path = f"/incidents/{made['id']}"
    same = {name: made[name] for name in ("title", "severity", "summary", "services", "stage")}
    assert await patched(member, path, **same) == made
    assert len((await fetched(member, f"{path}/changes"))["items"]) == 1


async def test_a_stale_change_is_refused(member: Caller, admin: Caller) -> None:
    made = await open_incident(member)
    path = f"/incidents/{made['id']}"
    etag = (await member.client.get(path)).headers["etag"]
    answers = await asyncio.gather(
        *(
            caller.client.patch(path, json={"severity": severity}, headers={"If-Match": etag})
            for caller, severity in ((member, "sev1"), (admin, "sev2"))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    answer = await member.client.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["title", "kind", "severity", "status", "stage", "summary"])
async def test_only_times_can_be_emptied(name: str, member: Caller) -> None:
    made = await open_incident(member, detected_at="2100-01-01T00:00:00Z")
    path = f"/incidents/{made['id']}"
    assert (await member.client.patch(path, json={name: None})).status_code == 422
    assert (await patched(member, path, detected_at=None))["detected_at"] is None


async def test_viewers_look_and_do_not_touch(member: Caller, viewer: Caller) -> None:
    made = await open_incident(member)
    path = f"/incidents/{made['id']}"
    seen: Body = await fetched(viewer, path)
    assert seen == made | {"can_edit": False}
    assert (await viewer.client.patch(path, json={"title": "x"})).status_code == 403
    assert (await viewer.client.post("/incidents", json={"title": "x"})).status_code == 403


async def test_a_long_summary_is_not_copied_into_the_record(member: Caller) -> None:
    made = await open_incident(member)
    path = f"/incidents/{made['id']}"
    await patched(member, path, summary="word " * 2000)
    change = (await fetched(member, f"{path}/changes"))["items"][0]
    assert len(change["fields"]["summary"]["after"]) < 600
