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
