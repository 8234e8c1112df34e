"""Uptime Kuma: ways to send, other kinds of monitors, and what comes without a monitor."""

import json
from typing import Any
from urllib.parse import urlencode

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
        ({"type": "ping", "url": "https://past.test", "hostname": "db.test"}, "db.test"),
        ({"type": "grpc-keyword", "url": "https://", "grpcUrl": "rpc.test:1"}, "rpc.test:1"),
    ],
)
def test_what_is_watched_is_not_always_a_page(monitor: dict[str, Any], service: str) -> None:
    signal = read(monitor)
    assert (signal.service, signal.links) == (service, ())


@pytest.mark.parametrize("status", [2, 3, None])
def test_pending_and_maintenance_change_nothing(status: int | None) -> None:
    signal = read({}, status=status)
    assert (signal.event, signal.state, signal.dedup_key) == ("update", None, "1")
    assert signal.sent_at is None


@pytest.mark.parametrize(
    "text",
    [
        "[Shop][https://shop.test] server certificate shop.test will expire in {} days",
        "[Shop][https://shop.test] server certificate shop.test will be expired in {} days",
        "[Shop][https://shop.test] Certificate will be expired in {} days",
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


def test_what_runs_out_is_told_with_or_without_its_monitor() -> None:
    msg = "[Shop][https://shop.test] server certificate shop.test will expire in 7 days"
    bare, whole = (
        read_one(SourceKind.UPTIME_KUMA, {"heartbeat": None, "monitor": monitor, "msg": msg})
        for monitor in (None, DOWN["monitor"])
    )
    assert bare == whole
    assert (bare.service, bare.links) == ("https://shop.test", ("https://shop.test",))


def test_a_long_address_is_kept_whole() -> None:
    page = "https://shop.test/?" + "a" * 500
    assert read({"url": page}).links == (page,)


def test_a_monitor_without_heartbeat_says_nothing() -> None:
    signal = read_one(SourceKind.UPTIME_KUMA, DOWN | {"heartbeat": None, "msg": "Hello"})
    assert (signal.event, signal.dedup_key, signal.title) == ("other", None, "Hello")


def test_query_parameters_hold_a_part_each() -> None:
    parts = {name: json.dumps(DOWN[name]) for name in ("heartbeat", "monitor")}
    query = urlencode({"msg": DOWN["msg"], **parts}).encode()
    content_type = "application/x-www-form-urlencoded"
    signal = read_one(SourceKind.UPTIME_KUMA, query, content_type=content_type)
    assert signal == read({}) == read_one(SourceKind.UPTIME_KUMA, {"msg": DOWN["msg"], **parts})
    test = read_one(SourceKind.UPTIME_KUMA, b"msg=wh+Testing", content_type=content_type)
    assert (test.event, test.title) == ("other", "wh Testing")


@pytest.mark.parametrize("broken", ["", "{", "[]", "\ud800"])
def test_parts_that_are_no_objects_say_nothing(broken: str) -> None:
    body = {"heartbeat": broken, "monitor": broken, "msg": "x"}
    assert read_one(SourceKind.UPTIME_KUMA, body).event == "other"


@pytest.mark.parametrize(("word", "event"), [("🔴 Down", "trigger"), ("✅ Up", "resolve")])
@pytest.mark.parametrize(
    ("template", "key"),
    [
        ({"Title": "Uptime Kuma Alert - Shop", "Body": "[Shop] [{}] 503"}, "Shop"),
        ({"text": "[Shop] [{}] 503", "name": "Shop", "monitor_id": "4"}, "4"),
        ({"name": "Shop", "status": "{}", "hostnameOrURL": "shop.test", "msg": "503"}, "Shop"),
        ({"payload": {"monitor": "Shop", "state": "{}"}}, "Shop"),
    ],
)
def test_a_template_says_who_and_what(
    template: dict[str, Any], key: str, word: str, event: str
) -> None:
    written = json.dumps(template).replace("{}", word)
    signal = read_one(SourceKind.UPTIME_KUMA, written.encode())
    assert (signal.event, signal.title, signal.dedup_key) == (event, "Shop", key)


def test_a_template_has_the_members_of_its_monitor() -> None:
    signal = read_one(
        SourceKind.UPTIME_KUMA,
        {"title": "[Shop] [🔴 Down] 503", "monitor_url": "https://shop.test/", "status_code": "0",
         "timestamp": "2026-11-23 09:03:37.186"},
    )  # fmt: skip
    assert (signal.service, signal.links) == ("https://shop.test/", ("https://shop.test/",))
    assert str(signal.opened_at) == "2026-11-23 09:03:37.186000+00:00"


@pytest.mark.parametrize(
    ("template", "title"),
    [
        (
            {"name": "Monitor Name not available", "status": "⚠️ Test", "msg": "x Testing"},
            "x Testing",
        ),
        (
            {"Title": "Uptime Kuma Alert", "Body": "My Notification Testing"},
            "My Notification Testing",
        ),
        ({"status": "🔴 Down", "msg": "nobody"}, "nobody"),
    ],
)
def test_a_template_that_names_no_change_opens_nothing(
    template: dict[str, str], title: str
) -> None:
    signal = read_one(SourceKind.UPTIME_KUMA, template)
    assert (signal.event, signal.dedup_key, signal.title) == ("other", None, title)
