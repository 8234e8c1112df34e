"""What we learned and what we recommend."""

from tests.factories import Caller
from tests.factories.records import add_takeaway, fetched, open_incident, patched


async def test_a_takeaway_is_written_down(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_takeaway(member, incident, "Names tell who made a thing.\n\nNot who uses it.")
    assert made["text"] == "Names tell who made a thing.\n\nNot who uses it."
    assert (made["kind"], made["parked"], made["position"]) == ("learning", False, 0)
    assert made["author"]["name"] == "Grace"
    path = f"/incidents/{incident['key']}/takeaways/{made['id']}"
    assert await fetched(member, path) == made


async def test_an_idea_is_parked_and_taken_up_again(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_takeaway(member, incident, "Rename all.", kind="recommendation", parked=True)
    path = f"/incidents/{incident['id']}/takeaways"
    await add_takeaway(member, incident, "Names mislead.")
    parked = await fetched(member, path, parked="true")
    assert [each["id"] for each in parked["items"]] == [made["id"]]
    assert not (await patched(member, f"{path}/{made['id']}", parked=False))["parked"]
    assert (await fetched(member, path, parked="true"))["items"] == []
    change = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"][0]
    assert change["fields"] == {"parked": {"before": True, "after": False}}


async def test_takeaways_by_kind_and_in_order(member: Caller) -> None:
    incident = await open_incident(member)
    last = await add_takeaway(member, incident, "Last.", position=9)
    first = await add_takeaway(member, incident, "First.", position=1)
    advice = await add_takeaway(member, incident, "Advice.", kind="recommendation")
    assert advice["position"] == 10
    path = f"/incidents/{incident['id']}/takeaways"
    everything = (await fetched(member, path))["items"]
    assert [each["id"] for each in everything] == [first["id"], last["id"], advice["id"]]
    learned = await fetched(member, path, kind="learning")
    assert [each["id"] for each in learned["items"]] == [first["id"], last["id"]]
    both = await fetched(member, path, kind=["learning", "recommendation"])
    assert both["items"] == everything


async def test_text_is_changed_and_emptied(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_takeaway(member, incident, "Names mislead.")
    path = f"/incidents/{incident['id']}/takeaways/{made['id']}"
    changed = await patched(member, path, text="Names can mislead.")
    assert changed["text"] == "Names can mislead."
    assert changed["updated_at"] > made["updated_at"]
    assert (await patched(member, path, text=""))["text"] == ""
    page = await fetched(
        member, f"/incidents/{incident['id']}/takeaways", updated_since=changed["updated_at"]
    )
    assert [each["id"] for each in page["items"]] == [made["id"]]


async def test_nothing_becomes_null(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_takeaway(member, incident, "Names mislead.")
    path = f"/incidents/{incident['id']}/takeaways/{made['id']}"
    for name in ("kind", "text", "parked", "position"):
        answer = await member.client.patch(path, json={name: None})
        assert answer.status_code == 422, name
    assert await fetched(member, path) == made


async def test_actions_outlive_the_takeaway_they_came_from(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_takeaway(member, incident, "Names mislead.")
    path = f"/incidents/{incident['id']}"
    answer = await member.client.post(
        f"{path}/actions",
        json={"title": "Rename", "origin": {"kind": "takeaway", "id": made["id"]}},
    )
    action = answer.json()
    assert (await member.client.delete(f"{path}/takeaways/{made['id']}")).status_code == 204
    assert (await fetched(member, f"/actions/{action['id']}"))["origin"] is None
    assert (await fetched(member, f"{path}/takeaways"))["items"] == []
