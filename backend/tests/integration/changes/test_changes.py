"""What happened to what, by whom."""

from tests.factories import Caller
from tests.factories.records import add_event, fetched, open_incident, patched


async def test_one_line_for_everything_newest_first(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member, "Checkout was down", severity="sev2")
    event = await add_event(admin, incident, "We looked.")
    await patched(admin, f"/incidents/{incident['id']}", severity="sev1", services=["checkout"])
    changed, added, opened = (await fetched(member, f"/incidents/{incident['id']}/changes"))[
        "items"
    ]
    assert opened["entity"] == "incident"
    assert opened["actor"] == {"kind": "user", "id": str(member.id), "name": "Grace"}
    assert opened["fields"]["title"] == {"before": None, "after": "Checkout was down"}
    assert (added["entity"], added["entity_id"]) == ("event", event["id"])
    assert changed["fields"] == {
        "severity": {"before": "sev2", "after": "sev1"},
        "services": {"before": [], "after": ["checkout"]},
    }
    assert {each["incident_id"] for each in (changed, added, opened)} == {incident["id"]}


async def test_the_feed_is_followed_from_where_one_was(member: Caller) -> None:
    start = await fetched(member, "/changes")
    assert start == {"items": [], "last_seq": 0}
    one = await open_incident(member, "One")
    first = await fetched(member, "/changes", after=0)
    assert [each["entity_id"] for each in first["items"]] == [one["id"]]
    assert first["last_seq"] == first["items"][-1]["seq"]
    nothing = await fetched(member, "/changes", after=first["last_seq"])
    assert nothing == {"items": [], "last_seq": first["last_seq"]}
    two = await open_incident(member, "Two")
    await add_event(member, two)
    after = await fetched(member, "/changes", after=first["last_seq"], limit=1)
    rest = await fetched(member, "/changes", after=after["last_seq"])
    assert [each["entity"] for each in after["items"] + rest["items"]] == ["incident", "event"]


async def test_positions_nobody_gave_out(member: Caller) -> None:
    incident = await open_incident(member)
    for after in (-1, 2**63, "x", "9" * 400):
        answer = await member.client.get("/changes", params={"after": after})
        assert answer.status_code == 422, after
    # After a restore from a backup for instance: rather twice than never.
    again = await fetched(member, "/changes", after=2**63 - 1)
    assert [each["entity_id"] for each in again["items"]] == [incident["id"]]
    for limit in (0, 101):
        assert (await member.client.get(f"/changes?limit={limit}")).status_code == 422


async def test_changes_of_people_are_for_administrators(admin: Caller, viewer: Caller) -> None:
    incident = await open_incident(admin, visibility="restricted")
    assert (await fetched(viewer, "/changes"))["items"] == []
    items = (await fetched(admin, "/changes"))["items"]
    assert [each["entity_id"] for each in items] == [incident["id"]]
