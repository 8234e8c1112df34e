"""The list over all incidents: order, filters, and who sees what."""

from tests.factories import Caller
from tests.factories.records import agree_on, fetched, open_incident, patched


async def titles(caller: Caller, **query: object) -> list[str]:
    return [each["title"] for each in (await fetched(caller, "/actions", **query))["items"]]


async def test_the_soonest_due_come_first_page_by_page(member: Caller) -> None:
    incident = await open_incident(member)
    await agree_on(member, incident, "Whenever")
    await agree_on(member, incident, "Later", due_on="2021-02-01")
    await agree_on(member, incident, "Soon", due_on="2021-01-01")
    await agree_on(member, incident, "As soon", due_on="2021-01-01")
    await agree_on(member, incident, "Some time")
    seen, cursor = [], None
    while True:
        query = {"cursor": cursor} if cursor else {}
        page = await fetched(member, "/actions", limit=2, **query)
        seen += [each["title"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["Soon", "As soon", "Later", "Whenever", "Some time"]


async def test_the_list_of_one_incident_keeps_the_order_of_agreement(member: Caller) -> None:
    incident = await open_incident(member)
    for title, due in (("One", "2021-03-01"), ("Two", "2021-01-01"), ("Three", None)):
        await agree_on(member, incident, title, due_on=due)
    path = f"/incidents/{incident['key']}/actions"
    page = await fetched(member, path, limit=2)
    rest = await fetched(member, path, limit=2, cursor=page["next_cursor"])
    assert [each["title"] for each in page["items"] + rest["items"]] == ["One", "Two", "Three"]


async def test_filters(member: Caller, viewer: Caller) -> None:
    checkout = await open_incident(member, "Checkout was down")
    search = await open_incident(member, "Search was slow")
    await agree_on(member, checkout, "Rename", due_on="2021-01-15", owner=str(member.id))
    await agree_on(member, checkout, "100% proof", intent="detect", status="done")
    found = await agree_on(member, search, "Restore", intent="mitigate", owner=str(viewer.id))
    await patched(member, f"/actions/{found['id']}", status="in_progress")
    assert await titles(member, status="open") == ["Rename"]
    assert await titles(member, status=["open", "in_progress"]) == ["Rename", "Restore"]
    assert await titles(member, intent=["detect", "mitigate"]) == ["100% proof", "Restore"]
    assert await titles(member, owner=str(viewer.id)) == ["Restore"]
    assert await titles(member, due_before="2021-01-16") == ["Rename"]
    assert await titles(member, due_before="2021-01-15") == []
    assert await titles(member, incident=search["key"]) == ["Restore"]
    assert await titles(member, incident=search["id"], status="open") == []
    assert await titles(member, q="search was") == ["Restore"]
    assert await titles(member, q="100%") == ["100% proof"]
    assert await titles(member, q=found["key"]) == ["Restore"]
    assert await titles(member, q="nothing of the kind") == []
    now = await fetched(member, f"/actions/{found['id']}")
    assert await titles(member, updated_since=now["updated_at"]) == ["Restore"]


async def test_wrong_filters_are_named(member: Caller) -> None:
    for query in ({"status": "closed"}, {"due_before": "soon"}, {"owner": "me"}, {"q": "\x00"}):
        answer = await member.client.get("/actions", params=query)
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["pointer"].startswith(f"query:{next(iter(query))}")
    assert (await member.client.get("/actions?incident=INC-0")).status_code == 404


async def test_restricted_incidents_keep_their_actions_to_themselves(
    admin: Caller, member: Caller
) -> None:
    incident = await open_incident(admin, visibility="restricted")
    action = await agree_on(admin, incident, "Rename")
    path = f"/actions/{action['id']}"
    assert await titles(member) == []
    assert (await member.client.get(f"/actions?incident={incident['key']}")).status_code == 404
    assert (await member.client.get(path)).status_code == 404
    assert (await member.client.get(f"/actions/{action['key']}")).status_code == 404
    assert (await member.client.patch(path, json={"title": "Mine"})).status_code == 404
    assert (await member.client.delete(path)).status_code == 404
    body = {"user_id": str(member.id), "roles": ["responder"]}
    await admin.client.post(f"/incidents/{incident['id']}/participants", json=body)
    assert await titles(member) == ["Rename"]
    assert (await patched(member, path, title="Rename all"))["title"] == "Rename all"
