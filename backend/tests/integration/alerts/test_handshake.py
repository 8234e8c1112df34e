"""Senders of CloudEvents ask before they post."""

import httpx
import pytest

from tests.factories import Caller
from tests.integration.alerts.senders import add_sender, items

ASKED = {"WebHook-Request-Origin": "eventemitter.example.com", "WebHook-Request-Rate": "120"}


async def test_who_asks_may_send(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "cloudevents")
    answer = await anonymous.options(sender.address, headers=ASKED)
    assert await items(admin, f"/alert-sources/{sender.id}/deliveries") == []
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["WebHook-Allowed-Origin"] == "eventemitter.example.com"
    posted = await sender.post({})
    assert f";q={answer.headers['WebHook-Allowed-Rate']};" in posted.headers["RateLimit-Policy"]
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "headers", [{}, {"WebHook-Request-Origin": "no name"}, {"WebHook-Request-Rate": "120"}]
)
async def test_who_does_not_say_who_asks_is_given_nothing(
    headers: dict[str, str], admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "cloudevents")
    answer = await anonymous.options(sender.address, headers=headers)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("webhook-")]


async def test_nothing_is_allowed_where_nobody_listens(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    other = await add_sender(admin, anonymous, "pingdom")
    key = other.address.rpartition("/")[2]
    for path in (f"cloudevents/{key}", "cloudevents/unknown"):
        answer = await anonymous.options(f"/api/v1/ingest/{path}", headers=ASKED)
        assert answer.status_code == 404
        assert "WebHook-Allowed-Origin" not in answer.headers
    assert (await anonymous.options(other.address, headers=ASKED)).status_code == 405


async def test_a_batch_is_several_alerts_and_the_same_batch_nothing_new(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "cloudevents")
    batch = [
        {
            "specversion": "1.0",
            "id": name,
            "source": "/monitoring",
            "type": "com.example.alert.fired",
            "time": "2026-11-23T08:00:00Z",
            "data": {"title": f"{name} is slow"},
        }
        for name in ("checkout", "search", "checkout")
    ]
    media_type = {"Content-Type": "application/cloudevents-batch+json; charset=utf-8"}
    for _ in range(2):
        answer = await sender.post(batch, **media_type)
        assert answer.status_code == 202
        assert sorted(alert["dedup_key"] for alert in answer.json()["alerts"]) == [
            "checkout",
            "search",
        ]
    # One event of it once more, alone: the alert is known.
    await sender.post(batch[0], **{"Content-Type": "application/cloudevents+json"})
    alerts = await items(admin, "/alerts", source_id=sender.id)
    assert sorted(alert["title"] for alert in alerts) == ["checkout is slow", "search is slow"]
    assert await items(admin, "/incidents", q="is slow")


async def test_binary_events_come_with_their_envelope_in_headers(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "cloudevents")
    headers = {
        "Ce-Id": "1",
        "CE-Source": "https://falco.org",
        "ce-type": "falco.rule.output.v1",
        "ce-specversion": "1.0",
        "ce-rule": "Terminal%20shell%20%E2%82%AC",
        "ce-priority": '"Notice"',
    }
    await sender.post({"output": "A shell was spawned"}, **headers)
    (alert,) = await items(admin, "/alerts", source_id=sender.id)
    assert (alert["title"], alert["severity_raw"]) == ("Terminal shell €", "Notice")
