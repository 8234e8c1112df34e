"""Better Stack, Google Cloud Monitoring, Honeycomb and Pingdom beyond their recorded bodies."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one


def body(file: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(case(file).message.body)
    return parsed


@pytest.mark.parametrize(
    ("event", "type_"),
    [("created", "monitor"), ("paused", "monitor"), ("resolved", "monitor"), (None, "on_call")],
)
def test_better_stack_tells_of_other_things_in_the_same_envelope(
    event: str | None, type_: str
) -> None:
    data = {"event": event, "data": {"id": "4", "type": type_, "attributes": {"url": "https://x/"}}}
    signal = read_one(SourceKind.BETTER_STACK, data)
    assert (signal.event, signal.dedup_key) == ("other", None)


def test_better_stack_may_date_an_acknowledgement_before_the_start() -> None:
    acknowledged = body("better-stack/02-acknowledged.json")
    attributes = acknowledged["data"]["attributes"]
    attributes["acknowledged_at"] = "2020-02-25T17:38:45.768Z"
    attributes["acknowledged_by"] = "Ada"
    signal = read_one(SourceKind.BETTER_STACK, acknowledged)
    assert signal.sent_at == signal.opened_at
    assert signal.facts[0].text.startswith("Better Stack alert acknowledged by Ada: Example.com")


def incident(version: str = "1.2", **facts: Any) -> Signal:
    found = body("google-cloud-monitoring/01-open.json")
    found["incident"] |= facts
    return read_one(SourceKind.GOOGLE_CLOUD_MONITORING, found | {"version": version})


def test_a_connection_test_of_google_opens_nothing() -> None:
    signal = incident("test", state="OPEN", started_at=0, documentation="Test", incident_id="12345")
    assert (signal.event, signal.dedup_key) == ("other", None)


@pytest.mark.parametrize(
    ("raw", "severity"),
    [("Critical", "sev1"), ("Error", "sev2"), ("Warning", "sev3"), ("No severity", None)],
)
def test_severities_of_google(raw: str, severity: str | None) -> None:
    signal = incident(severity=raw)
    assert (signal.severity_raw, signal.severity) == (raw, severity)


def test_documentation_of_google_is_told() -> None:
    assert incident(documentation="Look here").facts[0].text.endswith("\n\nLook here")
    documented = incident(documentation={"content": "# Steps", "mime_type": "text/markdown"})
    assert documented.facts[0].text.endswith("\n\n# Steps")


def test_a_closed_incident_of_google_is_dated_by_its_end() -> None:
    closed = incident(state="closed", ended_at=1746180222)
    assert closed.event == "resolve"
    assert closed.sent_at is not None
    assert closed.sent_at.timestamp() == 1746180222


def test_honeycomb_names_each_delivery() -> None:
    triggered = body("honeycomb/01-triggered.json")
    signal = read_one(SourceKind.HONEYCOMB, triggered, x_honeycomb_webhook_delivery_id="d1")
    assert signal.message_id == "d1"
    assert signal.facts[0].text == (
        "Honeycomb alert fired: trig on ttt\n\n"
        "Currently greater than threshold value (2) for foo:fooOOOddd (value 5)\n"
        "foo = fooOOOddd: 5"
    )


def test_a_template_of_honeycomb_may_add_a_severity() -> None:
    triggered = body("honeycomb/01-triggered.json") | {"severity": "CRITICAL", "dataset": "shop"}
    signal = read_one(SourceKind.HONEYCOMB, triggered)
    assert (signal.severity, signal.service) == ("sev1", "shop")
    bare = read_one(SourceKind.HONEYCOMB, {"summary": "A test"})
    assert (bare.event, bare.title) == ("other", "A test")


@pytest.mark.parametrize(
    ("word", "event"),
    [("DOWN", "trigger"), ("FAILING", "trigger"), ("UP", "resolve"), ("SUCCESS", "resolve"),
     ("PAUSED", "update")],
)  # fmt: skip
def test_states_of_pingdom(word: str, event: str) -> None:
    found = body("pingdom/01-down.json") | {"current_state": word}
    assert read_one(SourceKind.PINGDOM, found).event == event


def test_a_transaction_check_of_pingdom_has_no_address() -> None:
    found = body("pingdom/01-down.json") | {"check_params": {}, "custom_message": "Call Ada"}
    signal = read_one(SourceKind.PINGDOM, found)
    assert (signal.service, signal.links) == ("Public API", ())
    assert signal.facts[0].text.endswith("503 Service Unavailable\n\nCall Ada")
    assert read_all(SourceKind.PINGDOM, {"check_name": "without id"}) == ()
