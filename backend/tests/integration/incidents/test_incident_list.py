"""Finding incidents."""

import pytest

from tests.factories import Caller
from tests.factories.records import fetched, open_incident, patched, posted


async def titles(caller: Caller, **query: object) -> list[str]:
    return [each["title"] for each in (await fetched(caller, "/incidents", **query))["items"]]


@pytest.fixture
async def three(member: Caller, viewer: Caller) -> dict[str, str]:
    """Three incidents that differ in everything; their ids by title."""
    one = await open_incident(
        member,
        "One: checkout",
        severity="sev1",
        services=["checkout"],
        tags=["datastore"],
        started_at="2020-12-01T00:00:00Z",
    )
    two = await open_incident(
        member, "Two: 100% of search", kind="drill", started_at="2020-12-02T00:00:00Z"
    )
    three = await open_incident(
        member, "Three", status="resolved", started_at="2020-12-03T00:00:00Z"
    )
    await patched(member, f"/incidents/{two['id']}", stage="published")
    roles = {"user_id": str(viewer.id), "roles": ["facilitator"]}
    await posted(member, f"/incidents/{three['id']}/participants", **roles)
    return {each["title"]: each["id"] for each in (one, two, three)}


async def test_newest_first(member: Caller, three: dict[str, str]) -> None:
    assert await titles(member) == list(three)[::-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"severity": "sev1"}, ["One"]),
        ({"severity": ["sev1", "sev3"]}, ["Three", "Two", "One"]),
        ({"status": "resolved"}, ["Three"]),
        ({"stage": "published"}, ["Two"]),
        ({"kind": ["drill", "near_miss"]}, ["Two"]),
        ({"service": "checkout"}, ["One"]),
        ({"service": "check"}, []),
        ({"tag": "datastore"}, ["One"]),
        ({"q": "CHECKOUT"}, ["One"]),
        ({"q": "100% of"}, ["Two"]),
        ({"q": "_"}, []),
        ({"q": "12-03-2020-rca"}, ["Three"]),
        ({"started_after": "2020-12-02T00:00:00Z"}, ["Three", "Two"]),
        ({"started_before": "2020-12-02T00:00:00Z"}, ["One"]),
        ({"severity": "sev1", "status": "resolved"}, []),
    ],
    ids=str,
)
async def test_filters(
    query: dict[str, object], expected: list[str], member: Caller, three: dict[str, str]
) -> None:
    assert [title.split(":")[0] for title in await titles(member, **query)] == expected
    assert len(three) == 3


async def test_by_facilitator_and_key(
    member: Caller, viewer: Caller, three: dict[str, str]
) -> None:
    assert await titles(member, facilitator=str(viewer.id)) == ["Three"]
    assert await titles(member, facilitator=str(member.id)) == []
    incident = await fetched(member, f"/incidents/{three['Three']}")
    assert incident["facilitator"] == {"id": str(viewer.id), "name": "Edsger"}
    assert await titles(member, q=incident["key"]) == ["Three"]


async def test_what_moved_since(member: Caller, three: dict[str, str]) -> None:
    path = f"/incidents/{three['One: checkout']}"
    moved = await patched(member, path, summary="Down.")
    assert await titles(member, updated_since=moved["updated_at"]) == ["One: checkout"]


@pytest.mark.parametrize(
    "query",
    [
        {"severity": "1"},
        {"status": "closed"},
        {"facilitator": "Grace"},
        {"q": ""},
        {"q": "x" * 201},
        {"service": "a\nb"},
        {"started_after": "2020-12-01T00:00:00"},
    ],
    ids=str,
)
async def test_wrong_filters_are_named(query: dict[str, str], member: Caller) -> None:
    answer = await member.client.get("/incidents", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"query:{next(iter(query))}")


async def test_what_others_add_to_the_address_passes(member: Caller) -> None:
    assert await titles(member, utm_source="mail", limit=1) == []
