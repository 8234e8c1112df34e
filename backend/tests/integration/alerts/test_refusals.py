"""What a sender is refused, and that a refusal stores nothing."""

import gzip
import json
import logging
from collections.abc import AsyncIterator

import httpx
import pytest

from secondstory.platform import clock
from tests.factories import Caller
from tests.fixtures.alerts.corpus import SignedRequest, case, signed_requests
from tests.integration.alerts.senders import Sender, add_sender, items

TRIGGER = "alertmanager/01-firing-one.json"


async def nothing_is_stored(admin: Caller, sender: Sender) -> bool:
    return await items(admin, f"/alert-sources/{sender.id}/deliveries") == []


# Of the others the certificate has to be fetched, or the address is part of what is signed.
VECTORS = [found for found in signed_requests() if found.settings.secrets and not found.message.url]


@pytest.mark.parametrize("found", VECTORS, ids=lambda found: found.name)
async def test_signature_vectors(
    found: SignedRequest,
    admin: Caller,
    anonymous: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (secret,) = found.settings.secrets
    sender = await add_sender(admin, anonymous, found.kind, secret=secret)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: found.settings.now)
        answer = await anonymous.post(
            sender.address, content=found.message.body, headers=dict(found.message.headers)
        )
    assert answer.status_code == (202 if found.valid else 401)
    assert await nothing_is_stored(admin, sender) is not found.valid
    if not found.valid:
        assert answer.json()["code"] == "wrong_signature"


async def test_a_token_may_stand_in_the_address(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "incident_io")
    event = {"title": "Slow", "status": "firing"}
    for token, status in ((sender.secret, 202), ("another", 401)):
        answer = await anonymous.post(f"{sender.address}?token={token}", json=event)
        assert answer.status_code == status
        assert str(token) not in answer.text


async def test_a_sender_that_may_sign_is_believed_until_its_source_has_a_secret(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "checkly")
    assert sender.secret is None
    assert (await sender.post({})).status_code == 202
    given = {"secret": "a-secret-of-checkly"}
    answer = await admin.client.patch(f"/alert-sources/{sender.id}", json=given)
    assert answer.json()["secret"] == "a-secret-of-checkly"
    assert (await sender.post({})).status_code == 401


async def test_an_unknown_source_is_404(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    key = sender.address.rpartition("/")[2]
    for path in (f"alertmanager/{key}x", f"generic/{key}", f"nonsense/{key}", "alertmanager/x"):
        answer = await anonymous.post(f"/api/v1/ingest/{path}", json={})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert key not in answer.text
    assert await nothing_is_stored(admin, sender)


async def test_a_removed_source_is_404(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    await sender.post_file(TRIGGER)
    assert (await admin.client.delete(f"/alert-sources/{sender.id}")).status_code == 204
    assert (await sender.post_file(TRIGGER)).status_code == 404
    assert len(await items(admin, "/alerts")) == 1


@pytest.mark.parametrize("announced", [True, False])
async def test_a_large_body_is_413(
    *, announced: bool, admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    content = b" " * 2_000_000 if announced else pieces()
    answer = await anonymous.post(sender.address, content=content)
    assert answer.status_code == 413
    assert await nothing_is_stored(admin, sender)


async def test_packed_bodies(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    packed = gzip.compress(case(TRIGGER).message.body)
    answer = await sender.post(packed, **{"Content-Encoding": "gzip"})
    assert answer.json()["alerts"][0]["state"] == "open"
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    assert (await sender.post(bomb, **{"Content-Encoding": "gzip"})).status_code == 413
    assert (await sender.post(packed, **{"Content-Encoding": "br"})).status_code == 415
    torn = await sender.post(b"no gzip", **{"Content-Encoding": "gzip"})
    assert torn.json() == {"status": "accepted", "alerts": [], "incidents": [], "known": []}


async def test_keys_and_credentials_reach_no_log_and_no_answer(
    admin: Caller, anonymous: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    events = await add_sender(admin, anonymous, "pagerduty_events_v2")
    key, secret = sender.address.rpartition("/")[2], sender.secret or ""
    caplog.clear()
    answers = [
        await sender.post({"event": {}}, Authorization="Bearer hush", Cookie="c=hush"),
        await anonymous.post(sender.address, content=b"{}"),
        await anonymous.post(sender.address + "/more", content=b"{}"),
        await anonymous.get(sender.address),
        await events.post_file("pagerduty-events-v2/01-alertmanager-trigger.json"),
    ]
    shown = "".join(answer.text for answer in answers)
    for source in (sender, events):
        shown += json.dumps(await items(admin, f"/alert-sources/{source.id}/deliveries"))
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("secondstory")
    )
    for hidden in (key, secret, events.secret or "", "hush"):
        assert hidden not in shown
        assert hidden not in logged
    assert "/ingest/{kind}/{source_key} 202" in logged


async def test_an_address_in_a_body_is_told_without_its_key(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    rules = {"open_at_or_above": "sev1"}
    sender = await add_sender(admin, anonymous, "alertmanager", rules=rules)
    url = f"https://alerts.example.org{sender.address}"
    for severity in ("low", "critical"):  # the second one opens, and tells of the first again
        labels = {"alertname": f"Look at {url}", "url": url, "severity": severity}
        alert = {"status": "firing", "labels": labels, "annotations": {"summary": url}}
        await sender.post({"groupKey": "g", "alerts": [alert], "commonLabels": labels})
    (found,) = await items(admin, "/alerts")
    events = await items(admin, f"/incidents/{found['incident_key']}/events")
    (incident,) = await items(admin, "/incidents")
    told = json.dumps([found, *events, incident], ensure_ascii=False)
    assert sender.address.rpartition("/")[2] not in told
    assert "/ingest/alertmanager/…" in told


async def test_keys_that_proxies_and_senders_repeat_are_not_shown(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    generic = await add_sender(admin, anonymous, "generic")
    events = await add_sender(admin, anonymous, "pagerduty_events_v2")
    key = generic.address.rpartition("/")[2]
    url = f"https://alerts.example.org{generic.address}"
    repeated = {"X-Original-URI": generic.address, "Referer": f"{url}?a=1", "X-Plain": f"({key})"}
    odd = json.dumps({"url": url, "id": key}).replace("/", "\\/").encode()
    await generic.post(odd, **repeated)
    event = json.dumps({
        "routing_key": events.secret, "event_action": "trigger", "client": events.secret,
        "payload": {"summary": "Down", "source": "x", "severity": "error"},
    })  # fmt: skip
    escaped = event.replace("routing_key", "routing\\u005fkey").encode()
    assert (await events.post(escaped)).status_code == 202

    async def shown() -> str:
        return json.dumps([
            await items(admin, f"/alert-sources/{source.id}/deliveries")
            for source in (generic, events)
        ])  # fmt: skip

    assert key not in await shown()
    assert str(events.secret) not in await shown()
    # Of the key before only the hash is known, and it still holds.
    rotated = {"rotate_secret": True}
    await admin.client.patch(f"/alert-sources/{generic.id}", json=rotated)
    await generic.post({"url": url}, Referer=url)
    (newest, _) = await items(admin, f"/alert-sources/{generic.id}/deliveries")
    assert key not in json.dumps(newest)
    assert newest["headers"]["referer"].endswith("/ingest/generic/…")
