"""Asking, answering, connecting and removing whys."""

from uuid import uuid4

from tests.factories import Caller
from tests.factories.records import add_event, ask_why, fetched, open_incident, patched


async def test_a_why_has_its_four_texts_and_edges(member: Caller) -> None:
    incident = await open_incident(member)
    event = await add_event(member, incident)
    deeper = await ask_why(member, incident, "How were the names given?")
    why = await ask_why(
        member,
        incident,
        "How did it look like a development database?",
        answer="Its *name* said so.",
        expectation="Names tell.",
        assumption="`dd-` is development.",
        causes=[deeper["id"]],
        evidence=[event["id"]],
    )
    assert why["answer"] == "Its *name* said so."
    assert why["expectation"] == "Names tell."
    assert why["assumption"] == "`dd-` is development."
    assert why["causes"] == [deeper["id"]]
    assert why["effects"] == []
    assert why["evidence"] == [event["id"]]
    assert why["author"] == {"kind": "user", "id": str(member.id), "name": "Grace"}
    path = f"/incidents/{incident['key']}/whys"
    assert await fetched(member, f"{path}/{why['id']}") == why
    assert (await fetched(member, f"{path}/{deeper['id']}"))["effects"] == [why["id"]]


async def test_a_cause_is_put_below_several_effects_in_one_request(member: Caller) -> None:
    incident = await open_incident(member)
    one = await ask_why(member, incident, "One?")
    first = await ask_why(member, incident, "First below?", effects=[one["id"]])
    two = await ask_why(member, incident, "Two?")
    both = await ask_why(member, incident, "Below both?", effects=[two["id"], one["id"]])
    assert both["effects"] == sorted([one["id"], two["id"]])
    path = f"/incidents/{incident['id']}/whys"
    now = await fetched(member, f"{path}/{one['id']}")
    assert now["causes"] == [first["id"], both["id"]]
    assert now["updated_at"] > one["updated_at"]
    changes = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"]
    moved = {each["entity_id"]: each["fields"] for each in changes if each["action"] == "updated"}
    assert moved[two["id"]] == {"causes": {"before": [], "after": [both["id"]]}}


async def test_causes_are_replaced_in_order(member: Caller) -> None:
    incident = await open_incident(member)
    a, b, c = [(await ask_why(member, incident, each))["id"] for each in ("A?", "B?", "C?")]
    why = await ask_why(member, incident, "Why?", causes=[a, b])
    path = f"/incidents/{incident['id']}/whys/{why['id']}"
    assert (await patched(member, path, causes=[c, a, c]))["causes"] == [c, a]
    assert (await patched(member, path, causes=[]))["causes"] == []
    assert (await fetched(member, f"/incidents/{incident['id']}/whys/{b}"))["effects"] == []


async def test_the_causes_of_a_removed_why_stay_as_roots(member: Caller) -> None:
    incident = await open_incident(member)
    leaf = await ask_why(member, incident, "Leaf?")
    middle = await ask_why(member, incident, "Middle?", causes=[leaf["id"]], answer="Text.")
    top = await ask_why(member, incident, "Top?", causes=[middle["id"]])
    path = f"/incidents/{incident['id']}/whys"
    assert (await member.client.delete(f"{path}/{middle['id']}")).status_code == 204
    assert (await member.client.get(f"{path}/{middle['id']}")).status_code == 404
    left = {each["id"]: each for each in (await fetched(member, path))["items"]}
    assert set(left) == {leaf["id"], top["id"]}
    assert left[leaf["id"]]["effects"] == []
    assert left[top["id"]]["causes"] == []
    changes = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"]
    assert [(each["action"], each["entity_id"]) for each in changes[:2]] == [
        ("updated", top["id"]),
        ("deleted", middle["id"]),
    ]
    assert changes[1]["fields"]["answer"] == {"before": "Text.", "after": None}


async def test_an_event_taken_off_the_timeline_is_no_evidence_any_more(member: Caller) -> None:
    incident = await open_incident(member)
    seen, gone = [(await add_event(member, incident))["id"] for _ in range(2)]
    why = await ask_why(member, incident, "Why?", evidence=[gone, seen])
    assert why["evidence"] == [gone, seen]
    await member.client.delete(f"/incidents/{incident['id']}/events/{gone}")
    path = f"/incidents/{incident['id']}/whys/{why['id']}"
    assert (await fetched(member, path))["evidence"] == [seen]
    assert (await patched(member, path, evidence=[]))["evidence"] == []


async def test_what_is_of_another_incident_is_refused(member: Caller) -> None:
    incident, other = await open_incident(member), await open_incident(member)
    why = await ask_why(member, incident, "Why?")
    foreign_why = (await ask_why(member, other, "Elsewhere?"))["id"]
    foreign_event = (await add_event(member, other))["id"]
    path = f"/incidents/{incident['id']}/whys"
    for name, value in (
        ("causes", foreign_why),
        ("effects", foreign_why),
        ("evidence", foreign_event),
        ("causes", str(uuid4())),
    ):
        answer = await member.client.post(path, json={"question": "New?", name: [value]})
        assert answer.status_code == 422, name
        assert answer.json()["errors"][0]["pointer"] == f"/{name}"
    for name, value in (("causes", foreign_why), ("evidence", foreign_event)):
        answer = await member.client.patch(f"{path}/{why['id']}", json={name: [value]})
        assert answer.status_code == 422, name
    assert (await fetched(member, path))["items"] == [why]


async def test_whys_come_in_the_order_of_their_positions(member: Caller) -> None:
    incident = await open_incident(member)
    first = await ask_why(member, incident, "First?")
    second = await ask_why(member, incident, "Second?")
    third = await ask_why(member, incident, "Third?", position=0)
    path = f"/incidents/{incident['id']}/whys"
    assert [first["position"], second["position"], third["position"]] == [0, 1, 0]
    await patched(member, f"{path}/{first['id']}", position=7)
    page = await fetched(member, path, limit=2)
    rest = await fetched(member, path, limit=2, cursor=page["next_cursor"])
    ids = [each["id"] for each in page["items"] + rest["items"]]
    assert ids == [third["id"], second["id"], first["id"]]
    assert rest["next_cursor"] is None


async def test_only_whys_that_moved_since(member: Caller) -> None:
    incident = await open_incident(member)
    still = await ask_why(member, incident, "Still?")
    why = await ask_why(member, incident, "Why?")
    path = f"/incidents/{incident['id']}/whys"
    moved = await patched(member, f"{path}/{why['id']}", answer="Because of the names.")
    assert moved["updated_at"] > still["updated_at"]
    since = await fetched(member, path, updated_since=moved["updated_at"])
    assert [each["id"] for each in since["items"]] == [why["id"]]


async def test_a_change_that_changes_nothing_is_not_recorded(member: Caller) -> None:
    incident = await open_incident(member)
    why = await ask_why(member, incident, "Why?", answer="Text.")
    path = f"/incidents/{incident['id']}/whys/{why['id']}"
    before = await fetched(member, f"/incidents/{incident['id']}/changes")
    assert await patched(member, path, question="Why?", answer="Text.", causes=[]) == why
    assert await patched(member, path) == why
    assert await fetched(member, f"/incidents/{incident['id']}/changes") == before


async def test_a_change_says_what_was_and_what_is(member: Caller) -> None:
    incident = await open_incident(member)
    why = await ask_why(member, incident, "Why?")
    path = f"/incidents/{incident['id']}/whys/{why['id']}"
    await patched(member, path, question="How?", assumption="It was ours.")
    change = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"][0]
    assert change["entity"] == "why"
    assert change["fields"] == {
        "question": {"before": "Why?", "after": "How?"},
        "assumption": {"before": "", "after": "It was ours."},
    }
