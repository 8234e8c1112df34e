"""We stand where PagerDuty's Events API v2 would, and answer as it does."""

import re
from typing import Any

import httpx

from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items

PAYLOAD = {"summary": "Slow", "source": "db-1", "severity": "error"}


def event(sender: Sender, action: str, **more: Any) -> dict[str, Any]:
    body = {"routing_key": sender.secret, "event_action": action, **more}
    return body | {"payload": PAYLOAD} if action == "trigger" else body


async def test_an_alert_from_trigger_to_resolve(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    assert sender.address == "/v2/enqueue"
    assert re.fullmatch(r"[0-9a-zA-Z]{32}", sender.secret or "")
    for action in ("trigger", "trigger", "acknowledge", "resolve"):
        answer = await sender.post(event(sender, action, dedup_key="k"))
        assert answer.status_code == 202
        assert answer.json() == {
            "status": "success", "message": "Event processed", "dedup_key": "k",
        }  # fmt: skip
    (alert,) = await items(admin, "/alerts", dedup_key="k")
    assert (alert["state"], alert["deliveries"], alert["title"]) == ("resolved", 4, "Slow")
    events = await items(admin, f"/incidents/{alert['incident_key']}/events")
    assert [event["text"] for event in events] == [
        "Alert from db-1: Slow",
        "Alert acknowledged in the alerting tool",
        "Alert resolved",
    ]
    again = await sender.post(event(sender, "trigger", dedup_key="k"))
    assert again.status_code == 202
    assert len(await items(admin, "/incidents")) == 2


async def test_a_trigger_without_key_is_given_one(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    keys = {(await sender.post(event(sender, "trigger"))).json()["dedup_key"] for _ in range(2)}
    assert len(keys) == 2
    found = {alert["dedup_key"] for alert in await items(admin, "/alerts")}
    assert found == keys


async def test_the_key_that_was_given_is_told_again(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    named = {"Idempotency-Key": "once"}
    body = event(sender, "trigger")
    keys = {(await sender.post(body, **named)).json()["dedup_key"] for _ in range(2)}
    assert keys == {alert["dedup_key"] for alert in await items(admin, "/alerts")}


async def test_what_follows_an_unknown_trigger_is_accepted_and_dropped(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    for action in ("acknowledge", "resolve"):
        answer = await sender.post(event(sender, action, dedup_key="nobody"))
        assert (answer.status_code, answer.json()["dedup_key"]) == (202, "nobody")
    assert await items(admin, "/alerts") == []
    kept = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert [found["outcome"][0]["decision"] for found in kept] == ["ignore", "ignore"]


async def test_what_pagerduty_refuses_is_refused_in_its_words(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    for body in (b"{", b"[]", event(sender, "explode"), event(sender, "resolve"), {}):
        answer = await sender.post(body)
        refusal = answer.json()
        assert answer.status_code == 400
        assert (refusal["status"], refusal["message"]) == (
            "invalid event",
            "Event object is invalid",
        )
        assert refusal["errors"]
    assert await items(admin, f"/alert-sources/{sender.id}/deliveries") == []


async def test_an_unknown_routing_key_is_404(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    stranger = event(sender, "trigger") | {"routing_key": "0" * 32}
    assert (await sender.post(stranger)).status_code == 404
    other = await add_sender(admin, anonymous, "alertmanager")
    key = other.address.rpartition("/")[2]
    assert (await sender.post(stranger | {"routing_key": key})).status_code == 404


async def test_a_body_over_512_kib_is_413(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    answer = await sender.post(event(sender, "trigger", client="x" * 600_000))
    assert answer.status_code == 413


async def test_a_change_event_is_kept_and_opens_nothing(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    change = {"routing_key": sender.secret, "payload": {"summary": "Deployed"}}
    answer = await anonymous.post("/v2/change/enqueue", json=change)
    assert (answer.status_code, answer.json()["status"]) == (202, "success")
    assert (await anonymous.post("/v2/change/enqueue", json={})).status_code == 400
    (kept,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert (kept["signals"][0]["event"], kept["signals"][0]["title"]) == ("other", "Deployed")
    assert await items(admin, "/incidents") == []


async def test_what_is_sent_as_a_change_is_none_other_however_often_it_is_read(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    body = event(sender, "trigger", dedup_key="k")
    assert (await anonymous.post("/v2/change/enqueue", json=body)).status_code == 202
    (kept,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    path = f"/alert-sources/{sender.id}/deliveries/{kept['id']}/replay"
    again = (await admin.client.post(path)).json()
    for read in (kept, again):
        assert (read["signals"][0]["event"], read["outcome"][0]["decision"]) == ("other", "ignore")
    assert await items(admin, "/alerts") == []
