"""New Relic: bodies with less than the default payload, and the older shape."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

ISSUE = json.loads(case("newrelic/01-activated.json").message.body)
OLDER = json.loads(case("newrelic/04-legacy-open.json").message.body)


def read(body: dict[str, Any]) -> Signal:
    return read_one(SourceKind.NEWRELIC, body)


@pytest.mark.parametrize(
    ("state", "trigger", "event", "after"),
    [
        ("CREATED", "STATE_CHANGE", "trigger", "open"),
        ("activated", None, "trigger", "open"),
        ("ACTIVATED", "INCIDENT_ADDED", "trigger", "open"),
        ("ACTIVATED", "USER_ACTION", "ack", "acknowledged"),
        ("acknowledged", None, "ack", "acknowledged"),
        ("DEACTIVATED", "STATE_CHANGE", "update", None),
        ("CLOSED", "USER_ACTION", "resolve", "resolved"),
        (None, None, "trigger", "open"),
    ],
)
def test_states_of_an_issue(
    state: str | None, trigger: str | None, event: str, after: str | None
) -> None:
    signal = read(ISSUE | {"state": state, "trigger": trigger})
    assert (signal.event, signal.state) == (event, after)


def test_an_issue_without_id_is_known_by_its_address() -> None:
    body = {name: value for name, value in ISSUE.items() if name != "id"}
    assert read(body).dedup_key == ISSUE["id"]
    assert read_all(SourceKind.NEWRELIC, body | {"issueUrl": None}) == ()


def test_a_template_with_little_in_it() -> None:
    body = {"id": 1234, "condition_name": "Server down", "state": "activated", "owner": ""}
    signal = read(body)
    assert (signal.dedup_key, signal.title, signal.service) == ("1234", "Server down", None)
    assert read_all(SourceKind.NEWRELIC, {"id": 1234}) == ()


@pytest.mark.parametrize(
    ("state", "event"), [("open", "trigger"), ("acknowledged", "ack"), ("closed", "resolve")]
)
def test_states_of_the_older_shape(state: str, event: str) -> None:
    signal = read(OLDER | {"current_state": state})
    assert (signal.event, signal.dedup_key) == (event, "0")
    assert (signal.opened_at is None) is (event != "trigger")


def test_the_older_shape_without_id() -> None:
    assert read({"current_state": "open", "timestamp": 1605133931151}).event == "trigger"
    assert read({"current_state": "closed", "timestamp": 1605133931151}).event == "other"


def test_the_first_target_with_a_name_is_the_service() -> None:
    targets = [{"name": ""}, {"name": "checkout"}]
    assert read(OLDER | {"targets": targets}).service == "checkout"


@pytest.mark.parametrize(
    "body",
    [
        {"id": "i1", "name": "Slow", "severity": "HIGH", "status": "ACTIVATED"},
        {"issueId": "i1", "issueTitle": "Slow", "priority": "HIGH", "state": "CREATED"},
        {"issue_id": "i1", "title": ["Slow", "Slower"], "priority": "HIGH", "state": "CREATED"},
        {"issue": {"id": "i1", "title": "Slow", "priority": "HIGH", "state": "ACTIVATED"}},
    ],
)
def test_members_are_known_in_any_spelling_and_nesting(body: dict[str, Any]) -> None:
    signal = read(body | {"impactedEntities": "checkout"})
    assert (signal.event, signal.title, signal.dedup_key) == ("trigger", "Slow", "i1")
    assert (signal.severity_raw, signal.service) == ("HIGH", "checkout")


@pytest.mark.parametrize(
    ("members", "event"),
    [
        ({"acknowledgedAt": 1713755277412}, "ack"),
        ({"acknowledgedAt": None, "acknowledgedBy": ""}, "trigger"),
        ({"owner": "Ada", "updatedAt": 1713755277412}, "ack"),
        ({"owner": "Payments team"}, "trigger"),
        ({"owner": "Ada", "updatedAt": 1713755277412, "trigger": "INCIDENT_ADDED"}, "trigger"),
        ({"acknowledgedAt": 1713755277412, "state": "CLOSED"}, "resolve"),
    ],
)
def test_who_acknowledged_tells_what_the_state_does_not(
    members: dict[str, Any], event: str
) -> None:
    assert read(ISSUE | {"trigger": None} | members).event == event


def test_the_test_of_an_older_channel_is_about_no_alert() -> None:
    signal = read(OLDER | {"event_type": "NOTIFICATION", "current_state": "test"})
    assert (signal.event, signal.dedup_key, signal.state) == ("other", None, None)
    assert (signal.title, signal.facts) == ("New Relic Alert - Test Condition", ())


@pytest.mark.parametrize(
    ("state", "event"),
    [("ACTIVATED", "trigger"), ("open", "trigger"), ("ACKNOWLEDGED", "ack"), ("CLOSED", "resolve")],
)
def test_a_workflow_that_imitates_the_older_shape_with_members_of_the_newer(
    state: str, event: str
) -> None:
    body = {
        "current_state": state,
        "incident_id": "i1",
        "condition_name": ["Slow"],
        "impactedEntities": ["checkout"],
        "severity": "CRITICAL",
        "createdAt": 1713755131352,
        "updatedAt": 1713755131400,
        "owner": "N/A",
    }
    signal = read({"tags": "a", "payload": body})
    assert (signal.event, signal.dedup_key) == (event, "i1")
    assert (signal.title, signal.service) == ("Slow", "checkout")
    assert signal.opened_at is not None
    assert signal.opened_at.timestamp() == 1713755131.352


@pytest.mark.parametrize(
    ("state", "event"), [("open", "trigger"), ("acknowledged", "ack"), ("closed", "resolve")]
)
def test_a_workflow_that_imitates_the_older_shape_is_known_by_its_issue(
    state: str, event: str
) -> None:
    body = {
        "current_state": state,
        "condition_name": "Slow",
        "issue_id": "i1",
        "policy_name": "Checkout",
        "severity": "WARNING",
        "state": "ACTIVATED",
        "targets": [{"id": "N/A", "name": "NA", "link": "https://one.example.com/issue"}],
        "timestamp": 1713755131352,
        "violation_chart_url": "https://charts.example.com/1.png",
    }
    signal = read(body)
    assert (signal.event, signal.dedup_key, signal.service) == (event, "i1", "Checkout")
    assert signal.links == ("https://charts.example.com/1.png", "https://one.example.com/issue")
