"""A pasted message shows what would happen, and does not."""

import json
from typing import Any

import httpx

from secondstory.alerts.formats.contract import Signing, SourceKind
from secondstory.alerts.registry import FORMATS
from tests.factories import Caller
from tests.fixtures.alerts.corpus import case, cases
from tests.integration.alerts.senders import Sender, add_sender, items


async def preview(caller: Caller, sender: Sender, body: str, **headers: str) -> dict[str, Any]:
    asked = {"headers": headers, "body": body}
    answer = await caller.client.post(f"/alert-sources/{sender.id}/preview", json=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_recorded_bodies(member: Caller, admin: Caller, anonymous: httpx.AsyncClient) -> None:
    senders = {kind: await add_sender(admin, anonymous, kind) for kind in SourceKind}
    for found in cases():
        body = found.message.body.decode()
        seen = await preview(member, senders[found.kind], body, **found.message.headers)
        (signal,), (outcome,) = seen["signals"], seen["outcome"]
        assert signal["title"] in found.one_of("title", "title_alternatives"), found.file
        keys = found.one_of("dedup", "dedup_alternatives")
        assert signal["dedup_key"] in keys or "dedup_fallback" in found.expect, found.file
        assert signal["state"] == found.expect["state"]
        assert (outcome["decision"] == "open_incident") == (signal["event"] == "trigger")
    assert await items(admin, "/alerts") == []


async def test_what_is_known_counts(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    one, two, _, end = (found.message.body.decode() for found in cases(SourceKind(sender.kind))[:4])
    await sender.post(one.encode())
    expected = {one: ("update", "repeat"), two: ("update", "append"), end: ("resolve", "append")}
    for body, (event, decision) in expected.items():
        seen = await preview(admin, sender, body)
        assert seen["signals"][0]["event"] == event
        assert seen["outcome"][0]["decision"] == decision
    await sender.post(end.encode())
    late = await preview(admin, sender, one)
    assert late["outcome"][0]["reason"] == "The alert has moved on to resolved."


async def test_reasons_for_doing_nothing(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    generic = await add_sender(admin, anonymous, "generic")
    assert "no mapping yet" in (await preview(admin, generic, "{}"))["outcome"][0]["reason"]
    path = f"/alert-sources/{generic.id}"
    await admin.client.patch(path, json={"mapping": {"title": "t", "state": "s"}})
    assert "finds no title" in (await preview(admin, generic, "{}"))["outcome"][0]["reason"]
    resolve = await preview(admin, generic, json.dumps({"t": "x", "s": "ok"}))
    assert resolve["outcome"][0]["decision"] == "ignore"
    await admin.client.patch(path, json={"active": False})
    paused = await preview(admin, generic, json.dumps({"t": "x", "s": "down"}))
    assert "paused" in paused["outcome"][0]["reason"]
    pagerduty = await add_sender(admin, anonymous, "pagerduty_v3")
    seen = await preview(admin, pagerduty, "not json")
    assert seen["signals"] == []
    assert "kept as it came" in seen["outcome"][0]["reason"]
    ping = case("pagerduty-v3/05-pagey-ping.json").message.body.decode()
    signed = await preview(admin, pagerduty, ping, **{"X-PagerDuty-Signature": "v1=wrong"})
    assert signed["outcome"][0]["decision"] == "ignore"
    ack = case("pagerduty-v3/02-incident-acknowledged.json").message.body.decode()
    assert (await preview(admin, pagerduty, ack))["outcome"][0]["decision"] == "record"


async def test_a_message_without_severity_gets_that_of_the_source(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(
        admin, anonymous, "generic", mapping={"title": "t"}, default_severity="sev5"
    )
    (signal,) = (await preview(admin, sender, '{"t": "x"}'))["signals"]
    assert (signal["severity_raw"], signal["severity"]) == (None, "sev5")


async def test_settings_can_be_tried(
    admin: Caller, member: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic")
    path = f"/alert-sources/{sender.id}/preview"
    asked: dict[str, Any] = {
        "headers": {}, "body": '{"t": "x", "p": "odd", "s": "checkout"}',
        "mapping": {"title": "t", "severity": "p", "service": "s"},
    }  # fmt: skip

    async def outcome(**more: Any) -> tuple[str, str, str]:
        seen = (await member.client.post(path, json=asked | more)).json()
        (signal,), (found,) = seen["signals"], seen["outcome"]
        return signal["severity"], found["decision"], found["reason"]

    severity, decision, _ = await outcome()
    assert (severity, decision) == ("sev3", "open_incident")
    held = await outcome(rules={"open_at_or_above": "sev2"})
    assert held[1] == "record"
    assert held[2].startswith("sev3 is below sev2, where this source begins: the alert is listed")
    severity, decision, _ = await outcome(
        rules={"open_at_or_above": "sev2"}, severity_map={"odd": "sev1"}
    )
    assert (severity, decision) == ("sev1", "open_incident")
    made = await admin.client.post("/incidents", json={"title": "c", "services": ["checkout"]})
    _, decision, reason = await outcome(rules={"attach_within_minutes": 5})
    assert decision == "attach"
    assert made.json()["key"] in reason
    assert await items(admin, "/alerts") == []
    assert len(await items(admin, "/incidents")) == 1
    shown = (await admin.client.get(f"/alert-sources/{sender.id}")).json()
    assert (shown["mapping"], shown["severity_map"]) == (None, {})
    wrong = await add_sender(admin, anonymous, "alertmanager")
    asked["headers"] = {}
    answer = await member.client.post(f"/alert-sources/{wrong.id}/preview", json=asked)
    assert answer.status_code == 422


async def test_what_is_shown_is_what_happens(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    for kind in SourceKind:
        if FORMATS[kind].signing is Signing.CERTIFICATE:
            continue
        sender = await add_sender(admin, anonymous, kind)
        for found in cases(kind):
            raw = found.message.body
            shown = await preview(admin, sender, raw.decode(), **found.message.headers)
            if kind is SourceKind.PAGERDUTY_EVENTS_V2:
                path = f"/api/v1/ingest/{kind}/{sender.secret}"
                await anonymous.post(path, content=raw)
            else:
                await sender.post(raw, **found.message.headers)
            path = f"/alert-sources/{sender.id}/deliveries"
            (kept, *_) = await items(admin, path, limit="1")
            for one, other in zip(shown["signals"], kept["signals"], strict=True):
                one["dedup_key"] = one["dedup_key"] or other["dedup_key"]  # one is made up
                assert one == other, found.file
            done = [outcome | {"incident_key": None} for outcome in kept["outcome"]]
            told = [outcome | {"incident_key": None} for outcome in shown["outcome"]]
            assert told == done, found.file


async def test_alerts_of_one_message_join_what_the_first_of_them_opens(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    mapping = {"each": "@", "title": "t", "dedup_key": "k", "service": "svc"}
    rules = {"attach_within_minutes": 10}
    sender = await add_sender(admin, anonymous, "generic", mapping=mapping, rules=rules)
    body = [{"t": "Down", "k": key, "svc": service} for key, service in ("2a", "1a", "3b", "4b")]
    body += [{"t": "Down", "k": "5"}, {"t": "Down", "k": "6"}]
    shown = await preview(admin, sender, json.dumps(body))
    decisions = [outcome["decision"] for outcome in shown["outcome"]]
    assert decisions == [
        "attach", "open_incident", "open_incident", "attach", "open_incident", "open_incident",
    ]  # fmt: skip
    assert "opens an incident of a" in shown["outcome"][0]["reason"]
    await sender.post(body)
    (kept,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert [outcome["decision"] for outcome in kept["outcome"]] == decisions
    assert kept["signals"] == shown["signals"]
