"""The timeline: what we did, saw and understood, as it was known."""

import asyncio
from uuid import uuid4

from fastapi import FastAPI

from tests.factories import Caller
from tests.factories.records import add_event, fetched, open_incident, patched
from tests.factories.tokens import program_of


async def test_an_event_says_when_it_occurred_and_was_known(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    made = await add_event(
        member,
        incident,
        "Checkout answered every request with an **error page**.",
        kind="effect",
        occurred_at="2020-12-23T14:02:00Z",
        known_at="2020-12-23T15:04:00+01:00",
        account_of=str(viewer.id),
        evidence=["https://graphs.example.org/d/checkout?from=1&to=2#x", "http://[::1]/log"],
        pivot=True,
    )
    assert made["text"] == "Checkout answered every request with an **error page**."
    assert (made["kind"], made["source"], made["pivot"]) == ("effect", "person", True)
    assert made["occurred_at"] == "2020-12-23T14:02:00Z"
    assert made["known_at"] == "2020-12-23T14:04:00Z"
    assert (made["account_of"], made["account_of_name"]) == (str(viewer.id), "Edsger")
    assert made["evidence"][0] == "https://graphs.example.org/d/checkout?from=1&to=2#x"
    assert made["alert_id"] is None
    path = f"/incidents/{incident['key']}/events/{made['id']}"
    assert await fetched(viewer, path) == made


async def test_known_when_it_occurred_unless_said_otherwise(member: Caller) -> None:
    incident = await open_incident(member)
    now = await add_event(member, incident)
    assert now["known_at"] == now["occurred_at"]
    path = f"/incidents/{incident['id']}/events/{now['id']}"
    assert now["occurred_at"] <= (await fetched(member, path))["created_at"]
    then = await add_event(member, incident, occurred_at="2020-12-23T14:02:00Z")
    assert then["known_at"] == "2020-12-23T14:02:00Z"


async def test_a_program_is_named_as_the_source(app: FastAPI, member: Caller) -> None:
    incident = await open_incident(member)
    async with program_of(app, member, "incidents:read", "incidents:write") as program:
        made = await add_event(program, incident)
        assert (made["source"], made["author"]["kind"]) == ("api", "token")
        assert (await add_event(program, incident, source="chat"))["source"] == "chat"


async def test_in_the_order_in_which_it_occurred(member: Caller) -> None:
    incident = await open_incident(member)
    for hour in (15, 13, 14):
        await add_event(member, incident, f"{hour}", occurred_at=f"2020-12-23T{hour}:00:00Z")
    path = f"/incidents/{incident['id']}/events"
    events = (await fetched(member, path))["items"]
    assert [each["text"] for each in events] == ["13", "14", "15"]
    await patched(member, f"{path}/{events[0]['id']}", occurred_at="2020-12-23T16:00:00Z")
    first = await fetched(member, path, limit=1)
    rest = await fetched(member, path, cursor=first["next_cursor"])
    assert [each["text"] for each in first["items"] + rest["items"]] == ["14", "15", "13"]


async def test_what_was_known_at_a_moment(member: Caller) -> None:
    incident = await open_incident(member)
    for text, occurred, known in (
        ("deleted", "14:02", "14:31"),
        ("alert", "14:03", "14:05"),
        ("call", "14:06", "14:06"),
    ):
        await add_event(
            member,
            incident,
            text,
            occurred_at=f"2020-12-23T{occurred}:00Z",
            known_at=f"2020-12-23T{known}:00Z",
        )
    path = f"/incidents/{incident['id']}/events"

    async def known(until: str) -> list[str]:
        page = await fetched(member, path, known_until=f"2020-12-23T{until}:00Z")
        return [each["text"] for each in page["items"]]

    assert await known("14:04") == []
    assert await known("14:05") == ["alert"]
    assert await known("14:30") == ["alert", "call"]
    assert await known("14:31") == ["deleted", "alert", "call"]


async def test_filters(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    did = await add_event(member, incident, "did", pivot=True)
    saw = await add_event(member, incident, "saw", kind="effect", account_of=str(viewer.id))
    await add_event(member, incident, "thought", kind="understanding")
    path = f"/incidents/{incident['id']}/events"

    async def texts(**query: object) -> list[str]:
        return [each["text"] for each in (await fetched(member, path, **query))["items"]]

    assert await texts(kind="action") == ["did"]
    assert await texts(kind=["effect", "understanding"]) == ["saw", "thought"]
    assert await texts(pivot="true") == ["did"]
    assert await texts(pivot="false") == ["saw", "thought"]
    assert await texts(account_of=str(viewer.id)) == ["saw"]
    moved = await patched(member, f"{path}/{did['id']}", text="did it")
    assert moved["updated_at"] > saw["updated_at"]
    assert await texts(updated_since=moved["updated_at"]) == ["did it"]
    for query in ({"kind": "blame"}, {"pivot": "maybe"}, {"known_until": "2020-12-23T14:02"}):
        assert (await member.client.get(path, params=query)).status_code == 422


async def test_an_account_is_of_somebody(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}/events"
    body = {"kind": "action", "account_of": str(uuid4())}
    answer = await member.client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/account_of"
    made = await add_event(member, incident, account_of=str(viewer.id))
    own = f"{path}/{made['id']}"
    body = {"account_of": str(uuid4())}
    assert (await member.client.patch(own, json=body)).status_code == 422
    assert (await patched(member, own, account_of=None))["account_of_name"] is None


async def test_only_the_account_can_be_emptied(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_event(member, incident)
    path = f"/incidents/{incident['id']}/events/{made['id']}"
    for name in ("kind", "occurred_at", "known_at", "text", "evidence", "pivot"):
        assert (await member.client.patch(path, json={name: None})).status_code == 422, name
    assert (await patched(member, path, text="", evidence=[]))["text"] == ""


async def test_text_is_changed_where_it_differs(member: Caller) -> None:
    incident = await open_incident(member)
    made = await add_event(member, incident, "We looked at the 🦄 graph and saw nothing.")
    path = f"/incidents/{incident['id']}/events/{made['id']}"
    for text in ("We looked at the 🦄 graph.", "", "Again: 🦄🦄", "We saw nothing.\n\n- a\n- b"):
        assert (await patched(member, path, text=text))["text"] == text
        assert (await fetched(member, path))["text"] == text


async def test_many_write_to_one_timeline_at_once(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member)
    made = await asyncio.gather(
        *(add_event(caller, incident, f"{n}") for n in range(10) for caller in (member, admin))
    )
    path = f"/incidents/{incident['id']}/events"
    events = (await fetched(member, path))["items"]
    assert {each["id"]: each["text"] for each in events} == {
        each["id"]: each["text"] for each in made
    }
    writes = [
        *(member.client.patch(f"{path}/{each['id']}", json={"text": "new"}) for each in made[:8]),
        *(admin.client.delete(f"{path}/{each['id']}") for each in made[8:16]),
    ]
    assert {answer.status_code for answer in await asyncio.gather(*writes)} == {200, 204}
    left = (await fetched(member, path))["items"]
    assert sorted(each["text"] for each in left) == ["8", "8", "9", "9"] + ["new"] * 8
