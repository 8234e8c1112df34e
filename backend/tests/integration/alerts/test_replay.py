"""Kept messages are read again after a mapping or a rule was corrected, and open at most once."""

import asyncio
from typing import Any

import asyncpg
import httpx

from secondstory.platform.database import Database
from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items
from tests.waiting import until

MAPPING = {"title": "t", "dedup_key": "k", "state": "s", "severity": "p", "service": "svc"}
DOWN = {"t": "Checkout is down", "k": "1", "p": "P3"}
WAITING = """
SELECT pid FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""
LONG_AGO = {"since": "2020-01-01T00:00:00Z"}


async def replay(caller: Caller, sender: Sender, delivery: str) -> dict[str, Any]:
    path = f"/alert-sources/{sender.id}/deliveries/{delivery}/replay"
    answer = await caller.client.post(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def deliveries(caller: Caller, sender: Sender) -> list[dict[str, Any]]:
    return (await items(caller, f"/alert-sources/{sender.id}/deliveries", limit="100"))[::-1]


async def change(admin: Caller, sender: Sender, **settings: Any) -> None:
    answer = await admin.client.patch(f"/alert-sources/{sender.id}", json=settings)
    assert answer.status_code == 200, answer.text


async def test_a_message_that_was_not_understood_opens_once_it_is(
    admin: Caller, member: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic")
    await sender.post(DOWN)
    (kept,) = await deliveries(admin, sender)
    assert (kept["outcome"][0]["decision"], kept["replayed_at"]) == ("keep", None)
    await change(admin, sender, mapping=MAPPING)
    again = await replay(member, sender, kept["id"])
    (outcome,) = again["outcome"]
    assert (outcome["decision"], outcome["reason"]) == (
        "open_incident",
        "The first trigger of this alert.",
    )
    assert again["signals"][0]["title"] == "Checkout is down"
    assert again["replayed_at"] is not None
    once_more = await replay(member, sender, kept["id"])
    assert once_more["outcome"][0]["decision"] == "repeat"
    (alert,) = await items(admin, "/alerts")
    assert (alert["deliveries"], alert["created_at"]) == (1, kept["received_at"])
    (incident,) = await items(admin, "/incidents")
    assert incident["detected_at"] == kept["received_at"]
    assert len(await items(admin, f"/incidents/{incident['key']}/events")) == 1
    changes = (await admin.client.get("/changes?after=0")).json()["items"]
    replays = [change for change in changes if change["action"] == "replayed"]
    assert [change["actor"]["name"] for change in replays] == ["Grace", "Grace"]
    assert replays[0]["fields"]["outcome"]["before"][0]["decision"] == "keep"


async def test_another_key_keeps_the_incident_that_was_opened(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping={"title": "k"})
    await sender.post(DOWN)
    await change(admin, sender, mapping={"title": "t", "dedup_key": "t"})
    (kept,) = await deliveries(admin, sender)
    again = await replay(admin, sender, kept["id"])
    assert again["outcome"][0]["decision"] == "attach"
    await change(admin, sender, mapping={"title": "nothing"})
    nothing = await replay(admin, sender, kept["id"])
    assert nothing["outcome"][0]["decision"] == "keep"
    await change(admin, sender, mapping={"title": "t", "dedup_key": "p"})
    assert (await replay(admin, sender, kept["id"]))["outcome"][0]["decision"] == "attach"
    (incident,) = await items(admin, "/incidents")
    alerts = await items(admin, "/alerts", incident=incident["key"])
    assert {alert["dedup_key"] for alert in alerts} == {"1", "Checkout is down", "P3"}


async def test_a_corrected_title_improves_the_alert(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    mapping = {"title": "nothing", "dedup_key": "k", "time": "at"}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping)
    await sender.post({**DOWN, "at": "2026-11-23T08:00:00Z"})
    await change(admin, sender, mapping={**MAPPING, "time": "at"})
    (kept,) = await deliveries(admin, sender)
    await replay(admin, sender, kept["id"])
    (alert,) = await items(admin, "/alerts")
    assert (alert["title"], alert["severity_raw"], alert["deliveries"]) == (DOWN["t"], "P3", 1)


async def test_a_corrected_rule_opens_what_was_only_listed(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    rules = {"open_at_or_above": "sev2"}
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING, rules=rules)
    await sender.post(DOWN)
    await change(admin, sender, rules={"open_at_or_above": "sev3"})
    (kept,) = await deliveries(admin, sender)
    for expected in ("open_incident", "repeat"):
        assert (await replay(admin, sender, kept["id"]))["outcome"][0]["decision"] == expected
    assert len(await items(admin, "/incidents")) == 1


async def test_old_messages_undo_nothing_newer(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    for state in ("firing", "ok", "firing", "ack"):
        await sender.post({**DOWN, "s": state})
    for kept in [*await deliveries(admin, sender)] * 2:
        await replay(admin, sender, kept["id"])
    newer, older = await items(admin, "/alerts")
    assert (newer["state"], newer["deliveries"]) == ("acknowledged", 2)
    assert (older["state"], older["deliveries"]) == ("resolved", 2)
    assert len(await items(admin, "/incidents")) == 2


async def test_all_that_belongs_to_no_alert_is_read_again_in_its_order(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    await sender.post({**DOWN, "k": "known"})
    await change(admin, sender, active=False)
    for state in ("firing", "ok"):
        await sender.post({**DOWN, "s": state})
    await sender.post(b"no json")
    await change(admin, sender, active=True)
    path = f"/alert-sources/{sender.id}/replay"
    first = await admin.client.post(f"{path}?limit=2", json=LONG_AGO)
    decisions = [item["outcome"][0]["decision"] for item in first.json()["items"]]
    assert decisions == ["open_incident", "append"]
    rest = await admin.client.post(
        path, json=LONG_AGO, params={"cursor": first.json()["next_cursor"]}
    )
    (unread,) = rest.json()["items"]
    assert (unread["outcome"][0]["decision"], rest.json()["next_cursor"]) == ("keep", None)
    again = await admin.client.post(path, json=LONG_AGO)
    assert [item["id"] for item in again.json()["items"]] == [unread["id"]]
    assert len(await items(admin, "/incidents")) == 2
    later = await admin.client.post(path, json={"since": "2100-01-01T00:00:00Z"})
    assert later.json()["items"] == []


async def test_a_trigger_without_a_key_has_the_one_its_sender_was_told(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    await change(admin, sender, active=False)
    body = {
        "routing_key": sender.secret, "event_action": "trigger",
        "payload": {"summary": "Down", "source": "x", "severity": "critical"},
    }  # fmt: skip
    answer = await anonymous.post("/v2/enqueue", json=body)
    await change(admin, sender, active=True)
    (kept,) = await deliveries(admin, sender)
    for _ in range(3):
        await replay(admin, sender, kept["id"])
    (alert,) = await items(admin, "/alerts")
    assert alert["dedup_key"] == answer.json()["dedup_key"]


async def test_replaying_at_once_opens_once(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "generic")
    for number in range(5):
        await sender.post({**DOWN, "k": str(number)})
    await change(admin, sender, mapping=MAPPING)
    kept = await deliveries(admin, sender)
    await asyncio.gather(*(replay(admin, sender, each["id"]) for each in kept * 3))
    assert len(await items(admin, "/incidents")) == 5
    assert {alert["deliveries"] for alert in await items(admin, "/alerts")} == {1}


async def test_a_replay_that_meets_another_crosswise_begins_again(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    mapping = {**MAPPING, "each": "@"}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping)
    await sender.post([DOWN, {**DOWN, "k": "2"}])
    (kept,) = await deliveries(admin, sender)
    lock = "SELECT id FROM alert WHERE dedup_key = $1 FOR UPDATE"
    connection = await asyncpg.connect(database.dsn)
    async with connection.transaction(), asyncio.timeout(20):
        # So that it is the replay that PostgreSQL ends.
        await connection.execute("SET LOCAL deadlock_timeout = '60s'")
        await connection.execute(lock, "2")
        replaying = asyncio.create_task(replay(admin, sender, kept["id"]))
        await until(lambda: connection.fetch(WAITING))
        await connection.execute(lock, "1")
    await connection.close()
    assert [outcome["decision"] for outcome in (await replaying)["outcome"]] == ["repeat"] * 2


async def test_who_may_replay_what(
    admin: Caller, member: Caller, viewer: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    other = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    key = (await sender.post(DOWN)).json()["incidents"][0]["key"]
    (kept,) = await deliveries(admin, sender)
    path = f"/alert-sources/{sender.id}"
    one = f"{path}/deliveries/{kept['id']}"
    assert (await viewer.client.post(f"{one}/replay")).status_code == 403
    assert (await viewer.client.post(f"{path}/replay", json=LONG_AGO)).status_code == 403
    crossed = f"/alert-sources/{other.id}/deliveries/{kept['id']}"
    assert (await member.client.post(f"{crossed}/replay")).status_code == 404
    assert (await member.client.get(one)).json()["id"] == kept["id"]
    await admin.client.patch(f"/incidents/{key}", json={"visibility": "restricted"})
    assert (await member.client.get(one)).status_code == 404
    assert (await member.client.post(f"{one}/replay")).status_code == 404
