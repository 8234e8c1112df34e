"""A real Alertmanager posts to us, with its own timing and its own bytes."""

import asyncio
import shutil
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from secondstory.platform import clock
from tests.factories import Caller
from tests.integration.alerts.senders import add_sender, items

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
receivers:
  - name: webhook
    webhook_configs:
      - url: {url}{address}
  - name: events
    pagerduty_configs:
      - routing_key: {routing_key}
        url: {url}/v2/enqueue
"""


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """Serve an app that is started already."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


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


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + 20
    while not await condition():
        assert time.monotonic() < deadline, "it did not come to that"
        await asyncio.sleep(0.1)


async def fire(client: httpx.AsyncClient, instance: str, *, team: str, over: bool = False) -> None:
    now = clock.now()
    alert: dict[str, Any] = {
        "labels": {
            "alertname": "HighErrorRate", "instance": instance, "service": "checkout",
            "severity": "warning", "team": team,
        },
        "annotations": {"summary": "Checkout answers with errors"},
        "startsAt": (now - timedelta(seconds=30)).isoformat(),
        "endsAt": (now if over else now + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    answer = await client.post("/api/v2/alerts", json=[alert])
    assert answer.status_code == 200, answer.text


async def test_a_real_alertmanager_opens_appends_and_ends(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient, tmp_path: Path
) -> None:
    webhook = await add_sender(admin, anonymous, "alertmanager")
    events = await add_sender(admin, anonymous, "pagerduty_events_v2")

    async def texts(source_id: str) -> list[str]:
        alerts = await items(admin, "/alerts", source_id=source_id)
        if not alerts:
            return []
        path = f"/incidents/{alerts[0]['incident_key']}/events"
        return [event["text"] for event in await items(admin, path)]

    async with serving(app) as url:
        config = CONFIG.format(url=url, address=webhook.address, routing_key=events.secret)
        async with alertmanager(tmp_path, config) as client:
            await fire(client, "checkout-1", team="payments")
            await fire(client, "checkout-1", team="events")

            async def opened() -> bool:
                return all([await texts(source.id) for source in (webhook, events)])

            await until(opened)
            await fire(client, "checkout-2", team="payments")
            await until(lambda: has(texts(webhook.id), 2))
            for instance in ("checkout-1", "checkout-2"):
                await fire(client, instance, team="payments", over=True)
            await fire(client, "checkout-1", team="events", over=True)
            await until(lambda: has(texts(webhook.id), 4))
            await until(lambda: has(texts(events.id), 2))

    assert sorted(await texts(webhook.id)) == [
        "HighErrorRate fired on checkout-1: Checkout answers with errors",
        "HighErrorRate fired on checkout-2: Checkout answers with errors",
        "HighErrorRate resolved on checkout-1",
        "HighErrorRate resolved on checkout-2",
    ]
    assert len(await items(admin, "/incidents")) == 2
    alerts = await items(admin, "/alerts")
    # Its own integration of PagerDuty says "error" unless it is told otherwise.
    assert {(alert["state"], alert["severity_raw"]) for alert in alerts} == {
        ("resolved", "warning"),
        ("resolved", "error"),
    }


async def has(texts: Awaitable[list[str]], number: int) -> bool:
    return len(await texts) == number
