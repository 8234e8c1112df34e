"""Uptime Kuma: ways to send, other kinds of monitors, and what comes without a monitor."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

DOWN = json.loads(case("uptime-kuma/02-down.json").message.body)
BOUNDARY = "--------------------------4242"


def read(monitor: dict[str, Any], **heartbeat: Any) -> Signal:
    body = {**DOWN, "monitor": DOWN["monitor"] | monitor}
    return read_one(SourceKind.UPTIME_KUMA, body | {"heartbeat": DOWN["heartbeat"] | heartbeat})


@pytest.mark.parametrize(
    "content_type",
    [
        f"multipart/form-data; boundary={BOUNDARY}",
        f'multipart/form-data; charset=utf-8; boundary="{BOUNDARY}"',
    ],
)
def test_a_form_holds_the_same_json(content_type: str) -> None:
    form = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="data"\r\n\r\n'
        f"{json.dumps(DOWN)}\r\n--{BOUNDARY}--\r\n"
    )
    signal = read_one(SourceKind.UPTIME_KUMA, form.encode(), content_type=content_type)
    assert signal == read({})


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\n\r\n", b"--x name=data"])
def test_a_torn_form_is_no_alert(body: bytes) -> None:
    for content_type in ("multipart/form-data; boundary=x", "multipart/form-data"):
        assert read_all(SourceKind.UPTIME_KUMA, body, content_type=content_type) == ()


@pytest.mark.parametrize(
    ("monitor", "service"),
    [
        ({"type": "port", "url": "https://", "hostname": "db.test", "port": 5432}, "db.test:5432"),
        ({"type": "ping", "url": "https://", "hostname": "db.test"}, "db.test"),
        ({"type": "push", "url": "https://"}, "Checkout API — 支払い"),
    ],
)
def test_what_is_watched_is_not_always_a_page(monitor: dict[str, Any], service: str) -> None:
    signal = read(monitor)
    assert (signal.service, signal.links) == (service, ())


@pytest.mark.parametrize("status", [2, 3, None])
def test_pending_and_maintenance_change_nothing(status: int | None) -> None:
    signal = read({}, status=status)
    assert (signal.event, signal.state, signal.dedup_key) == ("update", None, "1")


@pytest.mark.parametrize(
    "text",
    [
        "[Shop][https://shop.test] server certificate shop.test will expire in {} days",
        "Domain name shop.test will expire in {} days",
    ],
)
def test_what_runs_out_is_one_alert_though_it_looks_like_a_test(text: str) -> None:
    first, second = (
        read_one(SourceKind.UPTIME_KUMA, {"heartbeat": None, "monitor": None, "msg": msg})
        for msg in (text.format(14), text.format(7))
    )
    assert (first.event, first.state, first.severity) == ("trigger", "open", "sev4")
    assert first.title == text.format(14)
    assert first.dedup_key == second.dedup_key
