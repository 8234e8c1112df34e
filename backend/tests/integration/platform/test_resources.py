"""What holds for everything that lives under an incident."""

import asyncio
from uuid import uuid4

import pytest

from tests.factories import Caller
from tests.factories.records import Body, fetched, open_incident
from tests.integration.platform.resources import RESOURCES, Resource

each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)


async def listed(caller: Caller, resource: Resource, incident: Body) -> list[Body]:
    items: list[Body] = (await fetched(caller, resource.collection(incident)))["items"]
    return items


@each
async def test_making_says_where_it_is(resource: Resource, member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    body = resource.body(viewer)
    answer = await member.client.post(resource.collection(incident), json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["location"] == "/api/v1" + resource.item(incident, made)
    assert answer.headers["etag"].startswith('"')
    assert await listed(member, resource, incident) == [made]


@each
async def test_a_stale_write_is_refused(resource: Resource, member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    made = await resource.make(member, incident, viewer)
    path = resource.item(incident, made)
    for stale in ('"never"', "", "garbage", 'W/"x"'):
        headers = {"If-Match": stale}
        answer = await member.client.patch(path, json=resource.patch, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")
        assert (await member.client.delete(path, headers=headers)).status_code == 412
    assert await listed(member, resource, incident) == [made]


@each
async def test_a_write_on_what_it_says_now_is_taken(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    answer = await member.client.post(resource.collection(incident), json=resource.body(viewer))
    path, first = resource.item(incident, answer.json()), answer.headers["etag"]
    changed = await member.client.patch(path, json=resource.patch, headers={"If-Match": first})
    assert changed.status_code == 200
    second = changed.headers["etag"]
    assert second != first
    assert (await member.client.delete(path, headers={"If-Match": first})).status_code == 412
    headers = {"If-Match": f'"other", {second}'}
    assert (await member.client.delete(path, headers=headers)).status_code == 204
    assert await listed(member, resource, incident) == []
    assert (await member.client.patch(path, json=resource.patch)).status_code == 404
    assert (await member.client.delete(path)).status_code == 404


@each
async def test_of_two_writes_on_the_same_reading_one_is_taken(
    resource: Resource, member: Caller, admin: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    answer = await member.client.post(resource.collection(incident), json=resource.body(viewer))
    path, headers = resource.item(incident, answer.json()), {"If-Match": answer.headers["etag"]}
    answers = await asyncio.gather(
        *(
            caller.client.patch(path, json=resource.patch, headers=headers)
            for caller in (member, admin)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


@pytest.mark.parametrize("resource", RESOURCES[:-1], ids=lambda resource: resource.name)
async def test_what_is_known_is_not_sent_again(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    path = resource.item(incident, await resource.make(member, incident, viewer))
    etag = (await member.client.get(path)).headers["etag"]
    for known in (etag, f"W/{etag}", f'"a", {etag}', "*"):
        answer = await member.client.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    answer = await member.client.get(path, headers={"If-None-Match": '"other"'})
    assert answer.status_code == 200


@each
async def test_sent_twice_with_a_key_it_is_made_once(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    path, body = resource.collection(incident), resource.body(viewer)
    headers = {"Idempotency-Key": "same"}
    first = await member.client.post(path, json=body, headers=headers)
    again = await member.client.post(path, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert len(await listed(member, resource, incident)) == 1


@each
async def test_readers_do_not_write(resource: Resource, member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    made = await resource.make(member, incident, viewer)
    path = resource.item(incident, made)
    for answer in (
        await viewer.client.post(resource.collection(incident), json=resource.body(viewer)),
        await viewer.client.patch(path, json=resource.patch),
        await viewer.client.delete(path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
    assert await listed(viewer, resource, incident) == [made]


@each
async def test_a_restricted_incident_is_not_there_for_others(
    resource: Resource, admin: Caller, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(admin, visibility="restricted")
    made = await resource.make(admin, incident, viewer)
    collection, path = resource.collection(incident), resource.item(incident, made)
    for answer in (
        await member.client.get(collection),
        await member.client.post(collection, json=resource.body(member)),
        await member.client.patch(path, json=resource.patch),
        await member.client.delete(path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert await listed(admin, resource, incident) == [made]


@pytest.mark.parametrize(
    "resource",
    [resource for resource in RESOURCES if resource.name != "action"],
    ids=lambda resource: resource.name,
)
async def test_it_is_found_only_where_it_is(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident, other = await open_incident(member), await open_incident(member)
    made = await resource.make(member, incident, viewer)
    for path in (resource.item(other, made), resource.item(incident, {"id": uuid4()})):
        assert (await member.client.patch(path, json=resource.patch)).status_code == 404
        assert (await member.client.delete(path)).status_code == 404
    assert (await member.client.delete(resource.item(incident, {"id": "x"}))).status_code == 422
    assert await listed(member, resource, incident) == [made]


@each
async def test_unknown_members_and_nulls_are_refused(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    made = await resource.make(member, incident, viewer)
    collection, path = resource.collection(incident), resource.item(incident, made)
    more = {"root_cause": "somebody"}
    for answer in (
        await member.client.post(collection, json=resource.body(viewer) | more),
        await member.client.patch(path, json=resource.patch | more),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/root_cause"
    answer = await member.client.patch(path, json={resource.null: None})
    assert answer.status_code == 422
    assert await listed(member, resource, incident) == [made]


@each
async def test_every_write_is_recorded(resource: Resource, member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    made = await resource.make(member, incident, viewer)
    path = resource.item(incident, made)
    await member.client.patch(path, json=resource.patch)
    await member.client.delete(path)
    changes = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"]
    mine = [change for change in changes if change["entity"] == resource.name]
    assert [change["action"] for change in mine] == ["deleted", "updated", "created"]
    assert {change["entity_id"] for change in mine} == {made["id"]}
    assert {change["actor"]["name"] for change in mine} == {"Grace"}
    assert set(mine[1]["fields"]) >= set(resource.patch)


@each
async def test_a_list_goes_on_from_page_to_page(
    resource: Resource, member: Caller, admin: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    made = [await resource.make(member, incident, each) for each in (member, admin, viewer)]
    collection = resource.collection(incident)
    first = await member.client.get(collection, params={"limit": 2})
    cursor = first.json()["next_cursor"]
    assert first.headers["link"].endswith('; rel="next"')
    assert f"cursor={cursor}" in first.headers["link"]
    rest = await member.client.get(collection, params={"limit": 2, "cursor": cursor})
    assert rest.json()["next_cursor"] is None
    assert "link" not in rest.headers
    seen = [each["id"] for each in first.json()["items"] + rest.json()["items"]]
    assert sorted(seen) == sorted(each["id"] for each in made)
    exact = await fetched(member, collection, limit=3)
    assert exact["next_cursor"] is None


@each
async def test_what_says_the_same_already_changes_nothing(
    resource: Resource, member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member)
    path = resource.item(incident, await resource.make(member, incident, viewer))
    first = await member.client.patch(path, json=resource.patch)
    changes = await fetched(member, f"/incidents/{incident['id']}/changes")
    again = await member.client.patch(path, json=resource.patch)
    assert again.json() == first.json()
    assert again.headers["etag"] == first.headers["etag"]
    assert await fetched(member, f"/incidents/{incident['id']}/changes") == changes
