"""Who wrote what, when; how it read then; what differs."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from fastapi import FastAPI
from sqlalchemy import QueuePool

from secondstory.documents import history as documents_history
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.factories.records import (
    Body,
    add_event,
    add_takeaway,
    ask_why,
    fetched,
    open_incident,
    patched,
)
from tests.factories.tokens import program_of


def history(incident: Body) -> str:
    return f"/incidents/{incident['key']}/history"


def names(versions: Body) -> list[list[str]]:
    return [[writer["name"] for writer in version["writers"]] for version in versions["items"]]


async def test_a_text_has_a_version_for_each_who_wrote(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member, summary="The disk was full.")
    path = f"/incidents/{incident['id']}"
    await patched(admin, path, summary="The queue was full.")

    versions = await fetched(admin, history(incident), passage="summary")

    newest, first = versions["items"]
    assert names(versions) == [["Ada"], ["Grace"]]
    assert (newest["added"], newest["removed"]) == (5, 4)
    assert (first["added"], first["removed"]) == (18, 0)
    assert (first["previous_seq"], newest["previous_seq"]) == (0, first["seq"])
    assert newest["writers"][0]["id"] == str(admin.id)
    assert first["began_at"] == first["ended_at"] <= newest["began_at"]
    old = await fetched(member, f"{history(incident)}/text", passage="summary", seq=first["seq"])
    assert old == {"passage": "summary", "seq": first["seq"], "text": "The disk was full."}


async def test_all_texts_in_pages_newest_first(app: FastAPI, member: Caller) -> None:
    incident = await open_incident(member, summary="One.")
    event = await add_event(member, incident, "Two.")
    why = await ask_why(member, incident, "How?", answer="Three.", expectation="Four.")
    async with program_of(app, member, "incidents:read", "incidents:write") as program:
        takeaway = await add_takeaway(program, incident, "Five.")

    items = []
    query = {"limit": 2}
    while True:
        answer = await member.client.get(history(incident), params=query)
        page = answer.json()
        items += page["items"]
        if page["next_cursor"] is None:
            break
        assert 'rel="next"' in answer.headers["Link"]
        query["cursor"] = page["next_cursor"]

    assert [item["passage"] for item in items] == [
        f"takeaways/{takeaway['id']}/text",
        f"whys/{why['id']}/expectation",
        f"whys/{why['id']}/answer",
        f"events/{event['id']}/text",
        "summary",
    ]
    assert items[0]["writers"][0]["name"] == "script"


async def test_the_text_of_what_was_deleted_can_be_read(member: Caller) -> None:
    incident = await open_incident(member)
    event = await add_event(member, incident, "We looked.")
    passage = f"events/{event['id']}/text"
    await member.client.delete(f"/incidents/{incident['id']}/events/{event['id']}")

    versions = await fetched(member, history(incident), passage=passage)

    assert names(versions) == [[], ["Grace"]]
    seq = versions["items"][1]["seq"]
    old = await fetched(member, f"{history(incident)}/text", passage=passage, seq=seq)
    assert old["text"] == "We looked."


async def test_any_two_versions_are_compared_either_way(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member, summary="The disk was full.")
    path = f"/incidents/{incident['id']}"
    await patched(admin, path, summary="The queue was full.")

    there = await fetched(
        member, f"{history(incident)}/difference", **{"passage": "summary", "from": 1, "to": 2}
    )
    back = await fetched(
        member, f"{history(incident)}/difference", **{"passage": "summary", "from": 2, "to": 1}
    )

    assert [(piece["op"], piece["text"]) for piece in there["pieces"]] == [
        ("keep", "The "),
        ("remove", "disk"),
        ("add", "queue"),
        ("keep", " was full."),
    ]
    assert [piece["text"] for piece in back["pieces"]] == ["The ", "queue", "disk", " was full."]


async def test_what_does_not_change_is_not_sent_twice(member: Caller) -> None:
    incident = await open_incident(member, summary="Text.")
    query = {"passage": "summary", "seq": 1}
    answer = await member.client.get(f"{history(incident)}/text", params=query)
    headers = {"If-None-Match": answer.headers["ETag"]}
    again = await member.client.get(f"{history(incident)}/text", params=query, headers=headers)
    assert again.status_code == 304


async def test_nothing_written_is_an_empty_history(member: Caller) -> None:
    incident = await open_incident(member)
    assert (await fetched(member, history(incident)))["items"] == []
    text = await fetched(member, f"{history(incident)}/text", passage="summary", seq=0)
    assert text["text"] == ""


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("", {"passage": "summary\n"}, 422),
        ("", {"passage": "nothing/like/this"}, 422),
        ("", {"cursor": "WyJ4Il0"}, 422),
        ("/text", {"passage": "summary", "seq": 99}, 404),
        ("/text", {"passage": "summary", "seq": -1}, 422),
        ("/difference", {"passage": "summary", "from": 0, "to": 99}, 404),
    ],
)
async def test_what_is_not_there_is_a_problem(
    path: str, query: Body, status: int, member: Caller
) -> None:
    incident = await open_incident(member, summary="Text.")
    answer = await member.client.get(history(incident) + path, params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_restricted_incident_has_no_history_for_others(
    member: Caller, viewer: Caller
) -> None:
    incident = await open_incident(member, summary="Text.", visibility="restricted")
    for path in ("", "/text?passage=summary&seq=1", "/difference?passage=summary&from=0&to=1"):
        answer = await viewer.client.get(history(incident) + path)
        assert answer.status_code == 404, path


async def test_asking_again_while_nobody_writes_costs_nothing(member: Caller) -> None:
    incident = await open_incident(member, summary="Text.")
    first = await member.client.get(history(incident))
    headers = {"If-None-Match": first.headers["ETag"]}
    assert (await member.client.get(history(incident), headers=headers)).status_code == 304
    one = await member.client.get(f"{history(incident)}?passage=summary", headers=headers)
    assert one.status_code == 200
    await patched(member, f"/incidents/{incident['id']}", summary="Other text.")
    assert (await member.client.get(history(incident), headers=headers)).status_code == 200


async def test_nobody_waits_for_a_connection_while_the_log_is_replayed(
    app: FastAPI, member: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = await open_incident(member, summary="Text.")
    database: Database = app.state.database
    held: list[int] = []

    def noting(replay: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            held.append(cast("QueuePool", database.engine.pool).checkedout())
            return replay(*arguments)

        return noted

    for name in ("list_versions", "read_text", "compare_versions"):
        monkeypatch.setattr(documents_history, name, noting(getattr(documents_history, name)))
    for path in ("", "/text?passage=summary&seq=1", "/difference?passage=summary&from=0&to=1"):
        assert (await member.client.get(history(incident) + path)).status_code == 200
    assert held == [0, 0, 0]
