"""Many processes at once agree on one alert and one incident."""

import asyncio
import json
from typing import Any

import asyncpg
import httpx

from secondstory.alerts.formats.contract import SourceKind
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.fixtures.alerts.corpus import cases
from tests.integration.alerts.senders import Sender, add_sender, items

MAPPING = {"title": "t", "state": "s", "dedup_key": "k"}


async def post_at_once(sender: Sender, bodies: list[Any]) -> list[dict[str, Any]]:
    answers = await asyncio.gather(*(sender.post(body) for body in bodies))
    assert {answer.status_code for answer in answers} == {202}
    return [answer.json() for answer in answers]


async def test_a_storm_of_one_alert_opens_one_incident(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    answers = await post_at_once(sender, [{"t": "Down", "k": 1}] * 40)
    (incident,) = await items(admin, "/incidents")
    assert {answer["incidents"][0]["key"] for answer in answers} == {incident["key"]}
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 40
    assert len(await items(admin, f"/incidents/{incident['id']}/events")) == 1


async def test_one_message_delivered_many_times_at_once_is_taken_in_once(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    body = cases(SourceKind(sender.kind))[0].message.body
    answers = await post_at_once(sender, [body] * 20)
    assert all(answer == answers[0] for answer in answers)
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 1
    assert len(await items(admin, f"/alert-sources/{sender.id}/deliveries")) == 1


async def test_a_whole_life_at_once_ends_right(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    for kind, number in (("pagerduty_v3", 3), ("alertmanager", 4)):
        sender = await add_sender(admin, anonymous, kind)
        bodies = [found.message.body for found in cases(SourceKind(sender.kind))[:number]]
        await post_at_once(sender, bodies * 5)
        (alert,) = await items(admin, "/alerts", source_id=sender.id)
        assert alert["state"] == "resolved"
        events = await items(admin, f"/incidents/{alert['incident_id']}/events")
        assert len(events) == number
        assert len({event["text"] for event in events}) == number


async def test_new_episodes_at_once_open_one_incident_each(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    for number in range(3):
        await post_at_once(sender, [{"t": "Down", "k": 1}] * 10)
        assert len(await items(admin, "/incidents")) == number + 1
        await post_at_once(sender, [{"t": "Down", "k": 1, "s": "ok"}] * 10)
    alerts = await items(admin, "/alerts")
    assert [alert["state"] for alert in alerts] == ["resolved"] * 3
    assert sum(alert["deliveries"] for alert in alerts) == 60


async def test_different_alerts_at_once_do_not_wait_for_each_other(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    await post_at_once(sender, [{"t": f"Down {n}", "k": n} for n in range(30)])
    keys = {incident["key"] for incident in await items(admin, "/incidents")}
    assert len(keys) == 30


async def test_big_groups_and_deep_bodies_at_once_are_all_stored(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    alerts = [
        {"status": "firing", "labels": {"alertname": f"a{n}"}, "startsAt": "2026-11-23T08:00:00Z"}
        for n in range(1500)
    ]
    group = json.dumps({"groupKey": "g", "alerts": alerts}).encode()
    await post_at_once(sender, [group, b'{"a":' * 50_000, group, b"[" * 100_000])
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 2
    events = await items(admin, f"/incidents/{alert['incident_id']}/events")
    assert len(events) == 21


async def test_messages_that_lock_each_other_crosswise_are_all_taken_in(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    mapping = {"each": "@", "title": "t", "dedup_key": "k", "state": "s", "service": "svc"}
    rules = {"attach_within_minutes": 10, "on_resolve": "resolve_incident"}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping, rules=rules)
    alerts = [{"t": f"Down {n}", "k": n, "svc": f"s{(n * 3) % 4}"} for n in range(8)]
    orders = [alerts, alerts[::-1], alerts[::2] + alerts[1::2], alerts[4:] + alerts[:4]]
    await post_at_once(sender, orders * 4)
    found = await items(admin, "/alerts")
    assert [alert["deliveries"] for alert in found] == [16] * 8
    assert len(await items(admin, "/incidents")) == 4
    over = [[{**alert, "s": "ok"} for alert in order] for order in orders]
    await post_at_once(sender, over * 2)
    assert {incident["status"] for incident in await items(admin, "/incidents")} == {"resolved"}


async def test_the_first_of_a_storm_at_once_opens_and_all_others_join(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    rules = {"attach_within_minutes": 10}
    mapping = {**MAPPING, "service": "svc"}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping, rules=rules)
    answers = await post_at_once(
        sender, [{"t": f"Down {n}", "k": n, "svc": "checkout"} for n in range(40)]
    )
    (incident,) = await items(admin, "/incidents")
    assert {answer["incidents"][0]["key"] for answer in answers} == {incident["key"]}


async def test_alerts_that_join_and_make_it_worse_do_not_wait_for_each_other(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    mapping = {**MAPPING, "service": "svc", "severity": "p"}
    rules = {"attach_within_minutes": 10}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping, rules=rules)
    await sender.post({"t": "Slow", "k": 0, "svc": "checkout", "p": "P5"})
    connection = await asyncpg.connect(database.dsn)
    async with connection.transaction(), asyncio.timeout(10):
        # As an alert does that has joined and is not committed yet.
        await connection.execute("SELECT id FROM incident FOR KEY SHARE")
        answer = await sender.post({"t": "Down", "k": 1, "svc": "checkout", "p": "P2"})
    await connection.close()
    worse = [{"t": f"Down {n}", "k": n, "svc": "checkout", "p": "P1"} for n in range(2, 22)]
    answers = await post_at_once(sender, worse)
    (incident,) = await items(admin, "/incidents")
    assert incident["severity"] == "sev1"
    told = {found["incidents"][0]["key"] for found in [answer.json(), *answers]}
    assert told == {incident["key"]}


async def test_settings_change_beside_deliveries_that_are_taken_in(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    connection = await asyncpg.connect(database.dsn)
    async with connection.transaction(), asyncio.timeout(10):
        # As a delivery does that is not committed yet; in a storm there is always one.
        await connection.execute("SELECT id FROM alert_source FOR KEY SHARE")
        patch = {"rules": {"note_only": True}}
        answer = await admin.client.patch(f"/alert-sources/{sender.id}", json=patch)
    await connection.close()
    assert answer.json()["rules"]["note_only"] is True
