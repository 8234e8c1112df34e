"""The same request with the same key happens once and gets the same answer."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update

from secondstory.platform import clock
from secondstory.platform.database import Database
from secondstory.platform.idempotency import KEPT_FOR, StoredAnswer
from tests.factories import Caller
from tests.factories.records import fetched, open_incident

BODY = {"title": "Checkout was down"}


async def post(caller: Caller, key: str, body: object = None) -> httpx.Response:
    headers = {"Idempotency-Key": key}
    return await caller.client.post("/incidents", json=body or BODY, headers=headers)


async def count(caller: Caller) -> int:
    return len((await fetched(caller, "/incidents"))["items"])


async def test_a_repeat_gets_the_first_answer(member: Caller) -> None:
    first = await post(member, "k")
    await member.client.patch(f"/incidents/{first.json()['id']}", json={"title": "Renamed"})
    again = await post(member, "k")
    assert again.status_code == 201
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    quoted = await post(member, '"k"')
    assert quoted.json() == first.json()
    assert await count(member) == 1


async def test_the_same_key_with_another_request_is_refused(member: Caller) -> None:
    first = await post(member, "k")
    other = await post(member, "k", {"title": "Search was slow"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    headers = {"Idempotency-Key": "k"}
    path = f"/incidents/{first.json()['id']}/events"
    elsewhere = await member.client.post(path, json=BODY | {"kind": "action"}, headers=headers)
    assert elsewhere.status_code == 422
    assert await count(member) == 1


async def test_keys_are_everyones_own(member: Caller, admin: Caller) -> None:
    assert (await post(member, "k")).json()["id"] != (await post(admin, "k")).json()["id"]
    assert await count(member) == 2


async def test_without_a_key_each_request_counts(member: Caller) -> None:
    await open_incident(member)
    await open_incident(member)
    assert await count(member) == 2


@pytest.mark.parametrize("bad", ["", "x" * 256])
async def test_keys_have_a_length(bad: str, member: Caller) -> None:
    assert (await post(member, bad)).status_code == 422
    assert await count(member) == 0


async def test_what_did_not_happen_can_be_tried_again(member: Caller) -> None:
    refused = await post(member, "k", {"title": ""})
    assert refused.status_code == 422
    assert (await post(member, "k")).status_code == 201
    contradiction = {**BODY, "started_at": "2020-12-23T14:02:00Z"}
    contradiction["resolved_at"] = "2020-12-23T14:00:00Z"
    assert (await post(member, "late", contradiction)).status_code == 422
    assert (await post(member, "late")).status_code == 201
    assert await count(member) == 2


async def test_many_at_once_make_one(member: Caller) -> None:
    answers = await asyncio.gather(*(post(member, "k") for _ in range(8)))
    by_status = sorted(answer.status_code for answer in answers)
    assert set(by_status) <= {201, 409}
    made = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.json()["id"] for answer in made}) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["code"] == "idempotency_still_running"
            assert answer.headers["retry-after"] == "1"
    assert await count(member) == 1


async def test_answers_are_forgotten_after_a_while(member: Caller, database: Database) -> None:
    await post(member, "k")
    async with database.transaction() as session:
        long_ago = clock.now() - KEPT_FOR - timedelta(minutes=1)
        await session.execute(update(StoredAnswer).values(created_at=long_ago))
    assert (await post(member, "k", {"title": "Search was slow"})).status_code == 201
    assert await count(member) == 2


async def test_a_replay_is_not_for_who_lost_sight(admin: Caller, member: Caller) -> None:
    incident = await open_incident(admin)
    path, headers = f"/incidents/{incident['id']}/events", {"Idempotency-Key": "k"}
    body = {"kind": "action", "text": "We looked."}
    assert (await member.client.post(path, json=body, headers=headers)).status_code == 201
    await admin.client.patch(f"/incidents/{incident['id']}", json={"visibility": "restricted"})
    assert (await member.client.post(path, json=body, headers=headers)).status_code == 404
