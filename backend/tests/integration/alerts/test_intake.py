"""A message becomes an alert, an incident, and its timeline."""

import json
from itertools import permutations
from typing import Any

import httpx
import pytest
from sqlalchemy import delete

from secondstory.alerts.formats.contract import Signing
from secondstory.alerts.registry import FORMATS
from secondstory.incidents.models import Incident
from secondstory.platform.database import Database
from secondstory.timeline.models import Event
from tests.factories import Caller
from tests.fixtures.alerts.corpus import case, cases
from tests.integration.alerts.senders import add_sender, items

PAGERDUTY = [f"pagerduty-v3/{name}.json" for name in (
    "01-incident-triggered", "02-incident-acknowledged", "03-incident-resolved"
)]  # fmt: skip
ALERTMANAGER = [f"alertmanager/{name}.json" for name in (
    "01-firing-one", "02-firing-two", "03-partly-resolved", "04-resolved"
)]  # fmt: skip


async def test_a_signed_pagerduty_incident_from_trigger_to_resolve(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    answers = [await sender.post_file(file) for file in PAGERDUTY]
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    states = [answer.json()["alerts"][0]["state"] for answer in answers]
    assert states == ["open", "acknowledged", "resolved"]

    (incident,) = await items(admin, "/incidents")
    named = {"id": incident["id"], "key": incident["key"]}
    url = f"http://testserver:80/i/{incident['key']}"
    assert all(answer.json()["incidents"] == [{**named, "url": url}] for answer in answers)
    assert incident["title"] == "Checkout latency above 2 s"
    assert incident["severity"] == "sev4"
    assert incident["services"] == ["Checkout"]
    assert incident["started_at"] == "2025-04-07T03:47:13Z"
    assert incident["channel_name"] == "04-07-2025-rca-checkout-latency-above-2-s"
    assert incident["status"] == "open"
    assert incident["created_by"] == {
        "kind": "alert_source", "id": sender.id, "name": "Our pagerduty_v3",
    }  # fmt: skip

    events = await items(admin, f"/incidents/{incident['key']}/events")
    assert [(event["kind"], event["source"]) for event in events] == [
        ("effect", "alert"), ("action", "alert"), ("effect", "alert"),
    ]  # fmt: skip
    assert events[1]["text"] == (
        "PagerDuty incident #37 acknowledged by Ada: Checkout latency above 2 s"
    )
    assert events[0]["occurred_at"] == "2025-04-07T03:47:13.414000Z"
    assert events[0]["known_at"] > "2026"
    assert events[0]["evidence"] == ["https://acme.pagerduty.com/incidents/Q2CKYRLH85UNN4"]

    (alert,) = await items(admin, "/alerts", incident=incident["key"])
    assert {event["alert_id"] for event in events} == {alert["id"]}
    assert (alert["state"], alert["resolved_at"]) == ("resolved", "2025-04-07T03:49:36.358000Z")
    assert alert["deliveries"] == 3
    changes = await items(admin, f"/incidents/{incident['key']}/changes")
    told = [(change["entity"], change["action"]) for change in reversed(changes)]
    assert told == [
        ("incident", "created"), ("event", "created"), ("alert", "created"),
        ("event", "created"), ("alert", "updated"),
        ("event", "created"), ("alert", "updated"),
    ]  # fmt: skip


async def test_an_alertmanager_group_from_first_firing_to_its_end(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    for file in [ALERTMANAGER[0], *ALERTMANAGER]:  # the first one twice
        assert (await sender.post_file(file)).status_code == 202
    (incident,) = await items(admin, "/incidents")
    assert incident["title"] == "Checkout API error rate is 12.4% (threshold 5%)"
    assert (incident["severity"], incident["services"]) == ("sev1", ["checkout-api"])
    events = await items(admin, f"/incidents/{incident['id']}/events")
    assert [event["text"].partition(":")[0] for event in events] == [
        "HighErrorRate fired on checkout-1.example.com",
        "HighErrorRate fired on checkout-2.example.com",
        "HighErrorRate resolved on checkout-1.example.com",
        "HighErrorRate resolved on checkout-2.example.com",
    ]
    assert "5xx responses on checkout-1 have been above 5%" in events[0]["text"]
    (alert,) = await items(admin, "/alerts")
    assert (alert["state"], alert["event"], alert["deliveries"]) == ("resolved", "resolve", 5)
    assert alert["opened_at"] == "2026-11-23T08:49:57.553000Z"
    assert alert["resolved_at"] == "2026-11-23T08:52:12.565000Z"
    assert alert["details"]["team"] == "payments"


async def test_any_json_through_a_mapping(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    mapping = {
        "title": "check.name",
        "dedup_key": "check.id",
        "severity": "level",
        "state": "status",
        "time": "at",
        "link": "url",
    }
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping, default_severity="sev2")
    body = {"check": {"name": "Queue is long", "id": 7}, "level": "odd", "status": "firing"}
    body |= {"at": 1606140120, "url": "https://queue.test/"}
    await sender.post(body)
    (incident,) = await items(admin, "/incidents")
    assert (incident["title"], incident["severity"]) == ("Queue is long", "sev2")
    assert incident["channel_name"] == "11-23-2020-rca-queue-is-long"
    answer = await sender.post(body | {"status": "ok", "at": 1606140180, "check": {"id": 7}})
    assert answer.json()["alerts"][0]["state"] == "resolved"
    (alert,) = await items(admin, "/alerts")
    assert (alert["title"], alert["severity_raw"]) == ("Queue is long", "odd")


@pytest.mark.parametrize("files", [PAGERDUTY, ALERTMANAGER], ids=lambda files: files[0])
async def test_any_order_ends_with_one_incident_and_the_same_alert(
    files: list[str], admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    ends: list[Any] = []
    for number, order in enumerate(list(permutations(files))[::5]):
        kind = "alertmanager" if files is ALERTMANAGER else "pagerduty_v3"
        sender = await add_sender(admin, anonymous, kind)
        for file in order:
            await sender.post_file(file)
        (alert,) = await items(admin, "/alerts", source_id=sender.id)
        events = await items(admin, f"/incidents/{alert['incident_key']}/events")
        texts = sorted(event["text"] for event in events)
        ends.append((alert["title"], alert["state"], alert["resolved_at"], texts))
        assert len(await items(admin, "/incidents")) == number + 1
    assert ends == [ends[0]] * len(ends)


async def test_a_message_sent_again_changes_nothing(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    first = await sender.post_file(PAGERDUTY[0])
    again = await sender.post_file(PAGERDUTY[0])
    assert (again.status_code, again.json()) == (202, first.json())
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 1
    assert len(await items(admin, f"/alerts/{alert['id']}/deliveries")) == 1
    assert len(await items(admin, f"/incidents/{alert['incident_id']}/events")) == 1


async def test_a_trigger_after_the_end_opens_another_incident(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping={
        "title": "t", "state": "s", "time": "at"
    })  # fmt: skip
    for state, minute in [("firing", 1), ("ok", 2), ("firing", 3), ("firing", 1), ("ok", 4)]:
        await sender.post({"t": "Disk is full", "s": state, "at": f"2026-11-23T08:0{minute}:00Z"})
    newer, older = await items(admin, "/alerts")
    assert newer["incident_id"] != older["incident_id"]
    assert (older["state"], older["deliveries"]) == ("resolved", 2)
    assert (newer["state"], newer["deliveries"]) == ("resolved", 3)
    assert newer["opened_at"] == "2026-11-23T08:03:00Z"
    assert len(await items(admin, "/incidents")) == 2


async def test_what_is_not_understood_is_kept_raw_and_accepted(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    bodies = [b"", b"\xff\x00 not json", b'{"deep":' * 5000, b"[1, 2]", b'{"alerts": "?"}']
    for body in bodies:
        answer = await sender.post(body)
        assert answer.status_code == 202
        assert answer.json() == {"status": "accepted", "alerts": [], "incidents": [], "known": []}
    kept = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert [delivery["body"] for delivery in reversed(kept)][1] == "\ufffd\ufffd not json"
    assert {outcome["decision"] for found in kept for outcome in found["outcome"]} == {"keep"}
    assert await items(admin, "/incidents") == []


async def test_a_paused_source_keeps_and_does_nothing(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    await admin.client.patch(f"/alert-sources/{sender.id}", json={"active": False})
    assert (await sender.post_file(ALERTMANAGER[0])).status_code == 202
    (delivery,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert delivery["outcome"][0]["decision"] == "keep"
    assert delivery["signals"][0]["event"] == "trigger"
    assert await items(admin, "/alerts") == []


async def test_an_alert_outlives_its_incident(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    await sender.post_file(PAGERDUTY[0])
    async with database.transaction() as session:
        await session.execute(delete(Event))
        await session.execute(delete(Incident))
    answer = await sender.post_file(PAGERDUTY[2])
    assert answer.json()["incidents"] == []
    (alert,) = await items(admin, "/alerts")
    assert (alert["state"], alert["incident_id"]) == ("resolved", None)
    (delivery, _) = await items(admin, f"/alerts/{alert['id']}/deliveries")
    assert delivery["outcome"][0]["decision"] == "record"


async def test_every_recorded_body_is_taken_in(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    for found in cases():
        sender = await add_sender(admin, anonymous, found.kind)
        if FORMATS[found.kind].signing is Signing.CERTIFICATE:
            continue  # see test_sns.py, which has a key to sign with
        if sender.kind == "pagerduty_events_v2":
            path = f"/api/v1/ingest/pagerduty_events_v2/{sender.secret}"
            answer = await anonymous.post(path, content=found.message.body)
        else:
            answer = await sender.post(found.message.body, **found.message.headers)
        assert answer.status_code == 202, found.file
        opened = len(answer.json()["incidents"])
        assert opened >= int(found.expect["opens_incident"] or 0), found.file
        (delivery,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
        assert delivery["outcome"], found.file
        assert opened == 0 or delivery["signals"][0]["event"] == "trigger", found.file
        if len(delivery["signals"]) == 1:
            (signal,) = delivery["signals"]
            assert signal["severity_raw"] == found.expect["severity_raw"], found.file


async def test_uptime_kuma_may_say_it_all_in_the_query(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "uptime_kuma")
    for file, state in (("02-down", "open"), ("03-up", "resolved")):
        body = json.loads(case(f"uptime-kuma/{file}.json").message.body)
        query = {name: part if name == "msg" else json.dumps(part) for name, part in body.items()}
        answer = await anonymous.get(sender.address, params=query)
        assert (answer.status_code, answer.json()["alerts"][0]["state"]) == (202, state)
    (newest, _) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    path = f"/alert-sources/{sender.id}/deliveries/{newest['id']}/replay"
    again = await admin.client.post(path)
    assert again.json()["signals"] == newest["signals"]
    other = await add_sender(admin, anonymous, "generic")
    for address in (sender.address, f"{other.address}?msg=Down"):
        assert (await anonymous.get(address)).status_code == 404
