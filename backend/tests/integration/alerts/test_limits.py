"""What a sender may do to us at most: how often, how slowly, how deep, and in what wrapping."""

import asyncio
import gzip
import json
import zlib
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from secondstory.alerts import ingest_routes
from secondstory.main import create_app
from secondstory.platform.database import Database
from secondstory.platform.rates import Buckets
from secondstory.settings import Settings
from tests.factories import Caller
from tests.integration.alerts.running import serving
from tests.integration.alerts.senders import Sender, add_sender, items

MAPPING = {"title": "t", "dedup_key": "k"}


async def generic(admin: Caller, http: httpx.AsyncClient) -> Sender:
    return await add_sender(admin, http, "generic", mapping=MAPPING)


async def test_a_source_is_slowed_down_and_another_is_not(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    app.state.alert_buckets = Buckets("source", 3)
    loud, other = await generic(admin, anonymous), await generic(admin, anonymous)
    answers = [await loud.post({"t": "Down", "k": number}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[0].headers["ratelimit-policy"] == '"source";q=3;w=60'
    assert answers[0].headers["ratelimit"].startswith('"source";r=2;t=')
    refused = answers[3]
    assert refused.headers["ratelimit"].startswith('"source";r=0;t=')
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert refused.json()["code"] == "too_many_requests"
    assert len(await items(admin, f"/alert-sources/{loud.id}/deliveries")) == 3
    assert (await other.post({"t": "Down"})).status_code == 202
    events = await add_sender(admin, anonymous, "pagerduty_events_v2")
    body = {"routing_key": events.secret, "event_action": "resolve", "dedup_key": "x"}
    codes = [(await anonymous.post("/v2/enqueue", json=body)).status_code for _ in range(4)]
    assert codes == [202, 202, 202, 429]


async def test_the_rate_is_a_setting(database: Database, settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"deliveries_per_minute": 7}), database.dsn)
    assert app.state.alert_buckets.take("x").per_minute == 7
    await app.state.database.close()


async def test_a_body_that_does_not_come_is_given_up(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_routes, "_BODY_SECONDS", 0.3)
    sender = await generic(admin, anonymous)
    async with serving(app) as url:
        host, _, port = url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST {sender.address} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{"
        writer.write(head.encode())
        async with asyncio.timeout(5):
            answer = await reader.read()  # to the end: the connection is closed
        assert b" 408 " in answer.partition(b"\r\n")[0]
        assert b"slow_body" in answer
        assert b"connection: close" in answer.lower()
        writer.close()
        # One that hangs up in the middle is nobody's trouble.
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(head.encode())
        await writer.drain()
        writer.close()
    assert await items(admin, f"/alert-sources/{sender.id}/deliveries") == []


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "nonsense; x"],
)
async def test_any_content_type_is_read_as_what_the_sender_speaks(
    content_type: str, admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await generic(admin, anonymous)
    answer = await sender.post({"t": "Down"}, **{"Content-Type": content_type})
    assert (answer.status_code, len(answer.json()["incidents"])) == (202, 1)


@pytest.mark.parametrize(
    "body",
    [
        b'{"t": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"t": "Down", "k": ' + b"9" * 500_000 + b"}",
        b'{"t": "Down", "k": 1e999999}',
        b'{"t": "Down", "k": NaN, "x": -Infinity}',
        b'{"t": "' + b"\\ud800" * 1000 + b'"}',
        json.dumps({f"m{number}": number for number in range(50_000)}).encode(),
    ],
    ids=["deep", "digits", "exponent", "no number", "surrogates", "wide"],
)
async def test_odd_json_is_kept_and_accepted(
    body: bytes, admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await generic(admin, anonymous)
    assert (await sender.post(body)).status_code == 202
    assert len(await items(admin, f"/alert-sources/{sender.id}/deliveries")) == 1


async def test_bombs_do_not_unfold(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await generic(admin, anonymous)
    # A gzip of a gzip is unpacked once; many members one after the other count together.
    bomb = gzip.compress(b" " * 1_000_000)
    packed: dict[str, Any] = {"Content-Encoding": "gzip"}
    assert (await sender.post(gzip.compress(bomb), **packed)).status_code == 202
    assert (await sender.post(gzip.compress(b" " * 2_000_000), **packed)).status_code == 413
    assert (await sender.post(bomb * 2, **packed)).status_code == 413
    assert (await sender.post(bomb * 900, **packed)).status_code == 413
    for wrapping in ("deflate", "br", "zstd", "gzip, gzip"):
        answer = await sender.post(zlib.compress(b"{}"), **{"Content-Encoding": wrapping})
        assert answer.status_code == 415, wrapping


async def test_a_script_names_its_message_and_may_send_it_again(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await generic(admin, anonymous)
    named = {"Idempotency-Key": "deploy-7"}
    first = await sender.post({"t": "Down"}, **named)
    again = await sender.post({"t": "Down"}, **named)
    assert again.json()["incidents"] == first.json()["incidents"]
    (alert,) = await items(admin, "/alerts")
    assert alert["deliveries"] == 1


async def test_another_body_under_the_same_name_is_kept(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await generic(admin, anonymous)
    for key in (1, 2, 2):
        answer = await sender.post({"t": "Down", "k": key}, **{"Idempotency-Key": "deploy-7"})
        assert answer.json()["alerts"][0]["dedup_key"] == str(key)
    assert [alert["deliveries"] for alert in await items(admin, "/alerts")] == [1, 1]
