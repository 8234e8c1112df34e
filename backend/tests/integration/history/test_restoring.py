"""Bringing an older text back is an edit like any other."""

import pytest

from tests.factories import Caller
from tests.factories.records import (
    Body,
    add_event,
    add_takeaway,
    ask_why,
    fetched,
    open_incident,
    patched,
    posted,
)


def restorations(incident: Body) -> str:
    return f"/incidents/{incident['id']}/history/restorations"


async def test_restoring_and_taking_it_back(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member, summary="First.")
    path = f"/incidents/{incident['id']}"
    await patched(member, path, summary="Second.")

    restored = await posted(admin, restorations(incident), passage="summary", seq=1)

    assert restored == {
        "passage": "summary",
        "restored_seq": 1,
        "seq": 3,
        "before_seq": 2,
        "text": "First.",
    }
    assert (await fetched(member, path))["summary"] == "First."
    undone = await posted(admin, restorations(incident), passage="summary", seq=2)
    assert (undone["seq"], undone["text"]) == (4, "Second.")
    assert (await fetched(member, path))["summary"] == "Second."
    versions = (await fetched(member, f"{path}/history"))["items"]
    assert [version["writers"][0]["name"] for version in versions] == [
        *("Ada", "Ada"),
        *("Grace", "Grace"),
    ]
    changes = (await fetched(member, f"{path}/changes"))["items"]
    assert changes[0]["actor"]["name"] == "Ada"
    assert changes[0]["fields"]["summary"] == {"before": "First.", "after": "Second."}


async def test_what_reads_so_already_is_left_alone(member: Caller) -> None:
    incident = await open_incident(member, summary="First.")
    before = await fetched(member, f"/incidents/{incident['id']}")
    restored = await posted(member, restorations(incident), passage="summary", seq=1)
    assert (restored["seq"], restored["before_seq"]) == (1, 1)
    assert await fetched(member, f"/incidents/{incident['id']}") == before


async def test_every_kind_of_text(member: Caller) -> None:
    incident = await open_incident(member)
    within = f"/incidents/{incident['id']}"
    event = await add_event(member, incident, "Old.")
    why = await ask_why(member, incident, "How?", assumption="Old.")
    takeaway = await add_takeaway(member, incident, "Old.")
    for owner, part in (
        (f"events/{event['id']}", "text"),
        (f"whys/{why['id']}", "assumption"),
        (f"takeaways/{takeaway['id']}", "text"),
    ):
        passage = f"{owner}/{part}"
        versions = await fetched(member, f"{within}/history", passage=passage)
        await patched(member, f"{within}/{owner}", **{part: "New."})
        seq = versions["items"][0]["seq"]
        await posted(member, restorations(incident), passage=passage, seq=seq)
        assert (await fetched(member, f"{within}/{owner}"))[part] == "Old."
        changes = (await fetched(member, f"{within}/changes"))["items"]
        assert changes[0]["fields"][part] == {"before": "New.", "after": "Old."}


@pytest.mark.parametrize("kind", ["events", "whys", "takeaways"])
async def test_what_was_deleted_cannot_be_written_in(kind: str, member: Caller) -> None:
    incident = await open_incident(member)
    made = {
        "events": lambda: add_event(member, incident, "Old."),
        "whys": lambda: ask_why(member, incident, "How?", answer="Old."),
        "takeaways": lambda: add_takeaway(member, incident, "Old."),
    }
    owner = (await made[kind]())["id"]
    await member.client.delete(f"/incidents/{incident['id']}/{kind}/{owner}")

    part = "answer" if kind == "whys" else "text"
    wanted = {"passage": f"{kind}/{owner}/{part}", "seq": 1}
    answer = await member.client.post(restorations(incident), json=wanted)

    assert (answer.status_code, answer.json()["code"]) == (409, "passage_owner_gone")


async def test_one_key_restores_once(member: Caller) -> None:
    incident = await open_incident(member, summary="First.")
    await patched(member, f"/incidents/{incident['id']}", summary="Second.")
    wanted = {"passage": "summary", "seq": 1}
    headers = {"Idempotency-Key": "k"}
    first = await member.client.post(restorations(incident), json=wanted, headers=headers)
    await patched(member, f"/incidents/{incident['id']}", summary="Third.")
    again = await member.client.post(restorations(incident), json=wanted, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (await fetched(member, f"/incidents/{incident['id']}"))["summary"] == "Third."


async def test_readers_cannot_restore(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member, summary="First.")
    wanted = {"passage": "summary", "seq": 1}
    refused = await viewer.client.post(restorations(incident), json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (403, "missing_scope")
    await patched(member, f"/incidents/{incident['id']}", visibility="restricted")
    assert (await viewer.client.get(f"/incidents/{incident['id']}/history")).status_code == 404
    missing = await member.client.post(restorations(incident), json={**wanted, "seq": 99})
    assert missing.status_code == 404
