"""Going through lists page by page."""

from itertools import pairwise
from uuid import UUID

import pytest

from secondstory.platform.pages import encode_cursor
from tests.factories import Caller
from tests.factories.records import add_event, agree_on, ask_why, fetched, open_incident

# The same in every process: parameters are part of a test's name.
SOME_ID = UUID("0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e")

LISTS = ["/incidents", "/actions", "/users", "/tokens"]
WITHIN = ["events", "whys", "takeaways", "actions", "participants", "changes"]


async def walk(caller: Caller, path: str, limit: int) -> list[str]:
    seen, query = [], {"limit": limit}
    while True:
        page = await fetched(caller, path, **query)
        assert len(page["items"]) <= limit
        seen += [each["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            return seen
        assert len(page["items"]) == limit
        query["cursor"] = page["next_cursor"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 100])
async def test_pages_put_together_are_the_list(limit: int, member: Caller) -> None:
    incidents = [(await open_incident(member, f"Number {n}"))["id"] for n in range(7)]
    assert await walk(member, "/incidents", limit) == incidents[::-1]


async def test_events_of_one_moment_are_told_apart(member: Caller) -> None:
    incident = await open_incident(member)
    at = "2020-12-23T14:02:00.000001Z"
    events = [(await add_event(member, incident, occurred_at=at))["id"] for _ in range(5)]
    assert await walk(member, f"/incidents/{incident['id']}/events", 2) == events


async def test_what_comes_in_meanwhile_moves_nothing(member: Caller) -> None:
    older = [(await open_incident(member, f"Number {n}"))["id"] for n in range(4)]
    first = await fetched(member, "/incidents", limit=2)
    await open_incident(member, "Newer")
    second = await fetched(member, "/incidents", limit=2, cursor=first["next_cursor"])
    seen = [each["id"] for each in first["items"] + second["items"]]
    assert seen == older[::-1]


async def test_the_next_link_keeps_the_filters(member: Caller) -> None:
    for n in range(3):
        await open_incident(member, f"Number {n}", severity="sev2", services=["a b"])
    await open_incident(member)
    answer = await member.client.get("/incidents?severity=sev2&service=a+b&limit=2")
    link = answer.headers["link"].removeprefix("<").split(">")[0]
    rest = await member.client.get(link.removeprefix("/api/v1"))
    assert [each["title"] for each in rest.json()["items"]] == ["Number 0"]


@pytest.mark.parametrize(
    "cursor",
    [
        encode_cursor(),
        encode_cursor("x"),
        encode_cursor("x", "y"),
        encode_cursor("", ""),
        encode_cursor(SOME_ID, SOME_ID, SOME_ID),
        encode_cursor("0001-01-01T00:00:00+23:59", SOME_ID),
        encode_cursor("9999-12-31T23:59:59-23:59", SOME_ID),
        encode_cursor("0001-01-01T00:00:00", SOME_ID),
        encode_cursor("2020-12-23T14:02:00+00:00", "x"),
        encode_cursor("10000-01-01", SOME_ID),
        encode_cursor(2**63, SOME_ID),
        encode_cursor(2**31, SOME_ID),
        encode_cursor(2**62),
        encode_cursor(-1),
        encode_cursor("٤", SOME_ID),
        encode_cursor("\ud800", SOME_ID),
        encode_cursor("a\x00b", "c"),
    ],
)
async def test_cursors_made_up_are_refused_or_match_nothing(cursor: str, admin: Caller) -> None:
    incident = await open_incident(admin)
    for path in [*LISTS, *(f"/incidents/{incident['id']}/{name}" for name in WITHIN)]:
        answer = await admin.client.get(path, params={"cursor": cursor})
        assert answer.status_code in {200, 422}, (path, answer.text)


async def test_a_cursor_belongs_to_its_list(member: Caller) -> None:
    incident = await open_incident(member)
    within = f"/incidents/{incident['id']}"
    for n in range(2):
        await open_incident(member)
        await add_event(member, incident)
        await ask_why(member, incident, "Why?")
        await agree_on(member, incident, "Rename", due_on="2021-01-15" if n else None)
    lists = ["/incidents", f"{within}/events", f"{within}/whys", "/actions", f"{within}/changes"]
    cursors = [(await fetched(member, path, limit=1))["next_cursor"] for path in lists]
    assert None not in cursors
    for (own, path), (_, other) in pairwise(zip(cursors, [*lists, lists[0]], strict=False)):
        assert (await member.client.get(path, params={"cursor": own})).status_code == 200
        answer = await member.client.get(other, params={"cursor": own})
        assert answer.status_code == 422, (path, other)
        assert answer.json()["errors"][0]["pointer"] == "query:cursor"
