"""What PagerDuty would refuse, refused in its words."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.pagerduty_events_v2 import (
    change_faults,
    faults,
    redact,
    routing_key,
)
from secondstory.alerts.formats.values import parse_json
from tests.fixtures.alerts.corpus import SourceKind, cases
from tests.unit.alerts.reading import read_one

PAYLOAD = {"summary": "Slow", "source": "db-1", "severity": "error"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"event_action": "resolve", "dedup_key": "d", "payload": None}, []),
        ({"routing_key": None}, ["'routing_key' is missing or blank"]),
        ({"event_action": ""}, ["'event_action' is missing or blank"]),
        (
            {"event_action": "explode"},
            ["'event_action' must be one of trigger, acknowledge, resolve"],
        ),
        ({"event_action": "acknowledge"}, ["'dedup_key' is missing or blank"]),
        ({"dedup_key": "x" * 256}, ["'dedup_key' is too long (maximum is 255 characters)"]),
        (
            {"payload": {"severity": "meh"}},
            [
                "'payload.summary' is missing or blank",
                "'payload.source' is missing or blank",
                "'payload.severity' must be one of critical, error, warning, info",
            ],
        ),
    ],
)
def test_faults(change: dict[str, Any], expected: list[str]) -> None:
    body = {"routing_key": "r" * 32, "event_action": "trigger", "payload": PAYLOAD}
    assert faults(body | change) == expected


def test_faults_of_what_is_no_object() -> None:
    for body in ([], None, "x"):
        assert faults(body) == ["The body is not a JSON object"]
        assert change_faults(body) == ["The body is not a JSON object"]


def test_recorded_bodies_have_no_faults() -> None:
    for case in cases(SourceKind.PAGERDUTY_EVENTS_V2):
        is_change = case.event == "other"
        body = parse_json(case.message.body)
        assert (change_faults if is_change else faults)(body) == []


def test_links_are_all_addresses_that_are_offered() -> None:
    signal = read_one(
        SourceKind.PAGERDUTY_EVENTS_V2,
        {
            "event_action": "trigger",
            "dedup_key": "d",
            "payload": PAYLOAD
            | {"custom_details": {"runbook": "https://wiki.example.org/slow", "load": 0.75}},
            "links": [{"href": "https://graphs.example.org/1", "text": "Graph"}, {"text": "none"}],
            "images": [
                {"src": "https://graphs.example.org/1.png", "href": "https://graphs.example.org/2"}
            ],
            "client_url": "https://monitoring.example.org",
        },
    )
    assert signal.links == (
        "https://graphs.example.org/1",
        "https://graphs.example.org/2",
        "https://monitoring.example.org",
        "https://wiki.example.org/slow",
    )


def test_the_routing_key_is_found_and_taken_out() -> None:
    body = {"routing_key": "r" * 32, "event_action": "trigger"}
    assert routing_key(body) == "r" * 32
    shown = redact(json.dumps(body))
    assert "r" * 32 not in shown
    assert json.loads(shown) == {"routing_key": "…", "event_action": "trigger"}
