"""A real Alertmanager posts to us, with its own timing and its own bytes."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from secondstory.platform import clock
from tests.factories import Caller
from tests.integration.alerts.running import serving
from tests.integration.alerts.senders import Sender, add_sender, items
from tests.waiting import until

PROGRAM = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Alertmanager is installed")

CONFIG = """
route:
  receiver: webhook
  group_by: [service]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1h
  routes:
    - matchers: [team="events"]
      receiver: events
    - matchers: [team="search"]
      receiver: search
      group_by: [alertname, instance]
      repeat_interval: 1s
receivers:
  - name: webhook
    webhook_configs:
      - url: {url}{address}
  - name: search
    webhook_configs:
      - url: {url}{search}
        max_alerts: 1
  - name: events
    pagerduty_configs:
      - routing_key: {routing_key}
        url: {url}/v2/enqueue
"""


@asynccontextmanager
async def alertmanager(folder: Path, config: str) -> AsyncIterator[httpx.AsyncClient]:
    """Run Alertmanager and give a client of its API."""
    (folder / "config.yml").write_text(config)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{probe.getsockname()[1]}"
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        f"--config.file={folder / 'config.yml'}",
        f"--storage.path={folder / 'storage'}",
        f"--web.listen-address={listen}",
        "--cluster.listen-address=",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://{listen}") as client:
            await until(lambda: is_ready(client))
            yield client
    finally:
        process.terminate()
        await process.wait()


async def is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/-/ready")).status_code == 200
    except httpx.TransportError:
        return False


async def fire(client: httpx.AsyncClient, instance: str, *, team: str, over: bool = False) -> None:
    now = clock.now()
    service = "search" if team == "search" else "checkout"
    alert: dict[str, Any] = {
        "labels": {
            "alertname": "HighErrorRate", "instance": instance, "service": service,
            "severity": "warning", "team": team,
        },
        "annotations": {"summary": f"{service.capitalize()} answers with errors"},
        "startsAt": (now - timedelta(seconds=30)).isoformat(),
        "endsAt": (now if over else now + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    answer = await client.post("/api/v2/alerts", json=[alert])
    assert answer.status_code == 200, answer.text


async def texts(admin: Caller, sender: Sender) -> list[str]:
    """Return what the incident of a source's newest alert tells."""
    alerts = await items(admin, "/alerts", source_id=sender.id)
    if not alerts:
        return []
    path = f"/incidents/{alerts[0]['incident_key']}/events"
    return [event["text"] for event in await items(admin, path)]


async def has(told: Awaitable[list[str]], number: int) -> bool:
    return len(await told) == number


async def test_a_real_alertmanager_opens_appends_and_ends(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient, tmp_path: Path
) -> None:
    webhook = await add_sender(admin, anonymous, "alertmanager")
    search = await add_sender(
        admin, anonymous, "alertmanager",
        rules={"attach_within_minutes": 10, "on_resolve": "resolve_incident"},
    )  # fmt: skip
    events = await add_sender(admin, anonymous, "pagerduty_events_v2")
    nodes = ("search-1", "search-2", "search-3")

    async def repeated() -> bool:
        alerts = await items(admin, "/alerts", source_id=search.id)
        return len(alerts) == 3 and all(alert["deliveries"] >= 3 for alert in alerts)

    async def over() -> bool:
        alerts = await items(admin, "/alerts", source_id=search.id)
        return all(alert["state"] == "resolved" for alert in alerts)

    async with serving(app) as url:
        config = CONFIG.format(
            url=url, address=webhook.address, search=search.address, routing_key=events.secret
        )
        async with alertmanager(tmp_path, config) as client:
            await fire(client, "checkout-1", team="payments")
            await fire(client, "checkout-1", team="events")
            for node in nodes:
                await fire(client, node, team="search")
            await until(lambda: has(texts(admin, webhook), 1))
            await until(lambda: has(texts(admin, events), 1))
            await fire(client, "checkout-2", team="payments")
            await until(lambda: has(texts(admin, webhook), 2))
            await until(repeated)
            for instance in ("checkout-1", "checkout-2"):
                await fire(client, instance, team="payments", over=True)
            await fire(client, "checkout-1", team="events", over=True)
            for node in nodes:
                await fire(client, node, team="search", over=True)
            await until(lambda: has(texts(admin, webhook), 4))
            await until(lambda: has(texts(admin, events), 2))
            await until(over)

    assert sorted(await texts(admin, webhook)) == [
        "HighErrorRate fired on checkout-1: Checkout answers with errors",
        "HighErrorRate fired on checkout-2: Checkout answers with errors",
        "HighErrorRate resolved on checkout-1",
        "HighErrorRate resolved on checkout-2",
    ]
    # Three groups of one service are one incident, told once each however often repeated, and
    # over with the last of them.
    assert sorted(await texts(admin, search)) == sorted(
        f"HighErrorRate {what}"
        for node in nodes
        for what in (f"fired on {node}: Search answers with errors", f"resolved on {node}")
    )
    incidents = await items(admin, "/incidents")
    states = {incident["services"][0]: incident["status"] for incident in incidents}
    assert (len(incidents), states["search"]) == (3, "resolved")
    alerts = await items(admin, "/alerts")
    # Its own integration of PagerDuty says "error" unless it is told otherwise.
    assert {(alert["state"], alert["severity_raw"]) for alert in alerts} == {
        ("resolved", "warning"),
        ("resolved", "error"),
    }
