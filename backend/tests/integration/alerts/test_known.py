"""What is already known arrives with the alert: earlier incidents, and what was promised there."""

from typing import Any

import httpx

from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items

MAPPING = {"title": "t", "dedup_key": "k", "state": "s", "service": "svc"}
DOWN = {"t": "Checkout is down", "k": "1", "svc": "checkout"}


async def sender_of(admin: Caller, http: httpx.AsyncClient, **settings: Any) -> Sender:
    return await add_sender(admin, http, "generic", mapping=MAPPING, **settings)


async def promise(caller: Caller, incident: str, title: str, **more: Any) -> str:
    made = await caller.client.post(f"/incidents/{incident}/actions", json={"title": title, **more})
    assert made.status_code == 201, made.text
    key: str = made.json()["key"]
    return key


async def related(caller: Caller, incident: str) -> list[dict[str, Any]]:
    answer = await caller.client.get(f"/incidents/{incident}/related")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_earlier_incidents_and_open_promises_come_with_the_answer(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_of(admin, anonymous)
    by_hand = {"title": "Checkout was slow", "services": ["checkout"]}
    slow = (await admin.client.post("/incidents", json=by_hand)).json()
    await promise(admin, slow["key"], "Measure it")
    first = await sender.post(DOWN)
    (known,) = first.json()["known"]
    assert (known["key"], known["because"]) == (slow["key"], "same_service")
    key = first.json()["incidents"][0]["key"]
    later = await promise(admin, key, "Two disks", due_on="2027-01-01")
    sooner = await promise(admin, key, "Ask before deleting", due_on="2026-12-24")
    await promise(admin, key, "Was done", status="done")
    await sender.post({**DOWN, "s": "ok"})
    again = await sender.post(DOWN)
    same, service = again.json()["known"]
    assert (same["key"], same["because"]) == (key, "same_alert")
    assert [action["key"] for action in same["open_actions"]] == [sooner, later]
    assert same["open_actions"][0] == {
        "id": same["open_actions"][0]["id"], "key": sooner, "title": "Ask before deleting",
        "owner_name": None, "due_on": "2026-12-24", "status": "open",
    }  # fmt: skip
    assert same["url"] == f"http://testserver:80/i/{key}"
    assert service["key"] == slow["key"]
    assert (await sender.post(DOWN)).json()["known"] == []  # it was told once
    shown = await related(admin, again.json()["incidents"][0]["key"])
    assert shown == again.json()["known"]
    assert [found["key"] for found in await related(admin, key)] == [slow["key"]]
    assert await related(admin, slow["key"]) == []


async def test_what_is_private_is_told_to_nobody_who_may_not_see_it(
    admin: Caller, member: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_of(admin, anonymous)
    first = (await sender.post(DOWN)).json()["incidents"][0]["key"]
    await promise(admin, first, "A secret plan")
    await admin.client.patch(f"/incidents/{first}", json={"visibility": "restricted"})
    await sender.post({**DOWN, "s": "ok"})
    again = (await sender.post(DOWN)).json()
    assert again["known"] == []
    key = again["incidents"][0]["key"]
    assert await related(member, key) == []
    assert [found["key"] for found in await related(admin, key)] == [first]
    assert (await member.client.get(f"/incidents/{first}/related")).status_code == 404


async def test_an_alert_that_joins_brings_what_is_known_too(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_of(admin, anonymous, rules={"attach_within_minutes": 5})
    old = (await sender.post(DOWN)).json()["incidents"][0]["key"]
    await admin.client.patch(f"/incidents/{old}", json={"status": "resolved"})
    await sender.post({**DOWN, "k": "2"})
    joined = await sender.post({**DOWN, "k": "3"})
    assert [found["key"] for found in joined.json()["known"]] == [old]
    assert len(await items(admin, "/incidents")) == 2


async def test_a_message_sent_again_brings_what_it_brought_at_first(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_of(admin, anonymous)
    await sender.post(DOWN)
    await sender.post({**DOWN, "s": "ok"})
    first, again = [await sender.post(DOWN, **{"Idempotency-Key": "x"}) for _ in range(2)]
    assert len(first.json()["known"]) == 1
    assert again.json() == first.json()
