"""Alert sources as tests use them: made by an administrator, posted to by nobody signed in."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import httpx

from tests.factories import Caller
from tests.fixtures.alerts.corpus import case


@dataclass(frozen=True)
class Sender:
    """A source, and a way to speak as its sender."""

    http: httpx.AsyncClient
    id: str
    kind: str
    address: str
    secret: str | None

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        """Post JSON, or bytes as they are; signed where the sender signs."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = httpx.Headers({"Content-Type": "application/json"})
        sent.update(prove(self.kind, self.secret, raw) if self.secret else {})
        sent.update(headers)
        return await self.http.post(self.address, content=raw, headers=sent)

    async def post_file(self, file: str) -> httpx.Response:
        """Post one of the recorded bodies, with the routing key of this source where it has one."""
        body = json.loads(case(file).message.body)
        if self.kind == "pagerduty_events_v2":
            body["routing_key"] = self.secret
        return await self.post(body)


def prove(kind: str, secret: str, raw: bytes) -> dict[str, str]:
    """Return the headers by which the senders that always prove themselves do so."""
    signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return {
        "pagerduty_v3": {"X-PagerDuty-Signature": f"v1={signature}"},
        "sentry": {"Sentry-Hook-Signature": signature},
        "honeycomb": {"X-Honeycomb-Webhook-Token": secret},
        "incident_io": {"Authorization": f"Bearer {secret}"},
    }.get(kind, {})


async def add_sender(admin: Caller, http: httpx.AsyncClient, kind: str, **settings: Any) -> Sender:
    """Add a source of a kind."""
    made = await admin.client.post(
        "/alert-sources", json={"kind": kind, "name": f"Our {kind}", **settings}
    )
    assert made.status_code == 201, made.text
    source = made.json()
    return Sender(http, source["id"], kind, source["address"], source["secret"])


async def items(caller: Caller, path: str, **query: str) -> list[dict[str, Any]]:
    """Return the first page of a list."""
    answer = await caller.client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
