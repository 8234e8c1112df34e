"""Honeycomb: burn alerts, payloads laid out by people, the test button, older bodies."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.formats.honeycomb import FORMAT
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_one

# What the payload becomes once somebody opens it for editing.
NESTED: dict[str, Any] = {
    "name": "Orders are slow",
    "id": "t1",
    "description": "p99 of the shop",
    "links": {"url": "https://ui.honeycomb.test/triggers/t1"},
    "environment": "production",
    "threshold": {"op": "greater than", "value": "0.05"},
    "datasets": ["gateway"],
    "result": {
        "groupsTriggered": [{"field": "http.url", "value": "https://shop.test/", "count": 0.07}],
        "links": {"url": "https://ui.honeycomb.test/result/r1"},
    },
    "alert": {
        "instanceId": "i1",
        "description": "Currently greater than threshold value (0.05)",
        "status": "TRIGGERED",
        "summary": "Triggered: Orders are slow",
        "timestamp": "2026-05-22T08:00:00Z",
        "isTest": False,
    },
}
FLAT: dict[str, Any] = {
    "version": "v0.1.0",
    "id": "b1",
    "name": "Budget of the shop",
    "status": "TRIGGERED",
    "alert_type": "exhaustion_time",
    "result_url": "",
    "slo_url": "https://ui.honeycomb.test/slo/s1",
    "sli_url": "https://ui.honeycomb.test/schema?dc=sli",
    "result_groups": None,
    "result_groups_triggered": None,
}


def read(body: dict[str, Any]) -> Signal:
    return read_one(SourceKind.HONEYCOMB, body)


def nested(**alert: Any) -> Signal:
    return read(NESTED | {"alert": NESTED["alert"] | alert})


def test_a_payload_opened_for_editing_is_nested() -> None:
    signal = nested()
    assert (signal.event, signal.state, signal.dedup_key) == ("trigger", "open", "t1")
    assert (signal.title, signal.service) == ("Orders are slow", "gateway")
    assert str(signal.opened_at) == "2026-05-22 08:00:00+00:00"
    assert signal.details == {
        "environment": "production",
        "operator": "greater than",
        "threshold": "0.05",
    }
    assert signal.facts[0].text.endswith("http.url = https://shop.test/: 0.07")


def test_what_was_measured_is_no_link() -> None:
    assert nested().links == (
        "https://ui.honeycomb.test/triggers/t1",
        "https://ui.honeycomb.test/result/r1",
    )


def test_a_nested_end_ends_what_its_start_opened() -> None:
    ended = nested(status="OK", timestamp="2026-05-22T09:00:00Z")
    assert (ended.event, ended.state, ended.dedup_key) == ("resolve", "resolved", "t1")
    assert (ended.opened_at, ended.sent_at is not None) == (None, True)


@pytest.mark.parametrize(
    "body",
    [NESTED | {"alert": NESTED["alert"] | {"isTest": True}}, FLAT | {"is_test": True}],
)
def test_the_test_button_says_so_and_opens_nothing(body: dict[str, Any]) -> None:
    signal = read(body)
    assert (signal.event, signal.dedup_key, signal.title) == ("other", None, body["name"])


def test_a_burn_alert_leads_to_its_objective() -> None:
    signal = read(FLAT)
    assert (signal.event, signal.dedup_key) == ("trigger", "b1")
    assert signal.links == (FLAT["slo_url"], FLAT["sli_url"])


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ({"name": "Old"}, "Old"),
        ({"name": "New", "alert": {"instanceId": "i1"}}, "i1"),
        ({"title": "For another tool", "deduplication_key": "i2"}, "i2"),
    ],
)
def test_bodies_without_id_are_tied_by_what_stays_the_same(ids: dict[str, Any], key: str) -> None:
    assert read({"status": "firing"} | ids).dedup_key == key


@pytest.mark.parametrize(
    ("datasets", "service"),
    [(["shop", "cart"], "shop, cart"), (["__all__"], None), ([], None), ("shop", None)],
)
def test_what_it_is_about_are_the_datasets(datasets: Any, service: str | None) -> None:
    assert read(NESTED | {"datasets": datasets}).service == service


def test_each_delivery_has_a_name_and_tells_what_crossed_the_threshold() -> None:
    recorded = case("honeycomb/01-triggered.json")
    body = recorded.message.body
    signal = read_one(recorded.kind, body, x_honeycomb_webhook_delivery_id="d1")
    assert signal.message_id == "d1"
    assert signal.facts[0].text == (
        "Honeycomb alert fired: trig on ttt\n\n"
        "Currently greater than threshold value (2) for foo:fooOOOddd (value 5)\n"
        "foo = fooOOOddd: 5"
    )


def test_a_template_may_add_a_severity_and_a_dataset() -> None:
    signal = read(FLAT | {"severity": "CRITICAL", "dataset": "shop"})
    assert (signal.severity, signal.service) == ("sev1", "shop")


def test_a_title_alone_is_kept_and_opens_nothing() -> None:
    bare = read({"summary": "A test"})
    assert (bare.event, bare.title) == ("other", "A test")


@pytest.mark.parametrize("name", ["shared_secret", "secret"])
def test_the_secret_in_a_body_is_not_shown(name: str) -> None:
    assert (
        FORMAT.redact(f'{{"{name}": "s3cr3t", "name": "x"}}') == f'{{"{name}": "…", "name": "x"}}'
    )
