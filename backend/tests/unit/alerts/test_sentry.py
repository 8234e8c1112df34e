"""Sentry: resources and actions beyond the recorded ones."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

ISSUE = json.loads(case("sentry/02-issue-created.json").message.body)
EVENT = json.loads(case("sentry/01-event-alert-triggered.json").message.body)
METRIC = json.loads(case("sentry/05-metric-alert-critical.json").message.body)


def read(body: Any, **headers: str) -> Signal:
    return read_one(SourceKind.SENTRY, body, **headers)


def of_event(**changes: Any) -> Signal:
    return read(EVENT | {"data": {"event": EVENT["data"]["event"] | changes}})


@pytest.mark.parametrize(
    ("action", "event", "state"),
    [
        ("created", "trigger", "open"),
        ("unresolved", "update", "open"),
        ("resolved", "resolve", "resolved"),
        ("assigned", "update", None),
        ("archived", "update", None),
        ("ignored", "update", None),
    ],
)
def test_actions_on_an_issue(action: str, event: str, state: str | None) -> None:
    signal = read(ISSUE | {"action": action})
    assert (signal.event, signal.state, signal.dedup_key) == (event, state, "1635244907")


def test_newer_issues_have_a_page() -> None:
    issue = ISSUE["data"]["issue"] | {"web_url": "https://acme.sentry.io/issues/1635244907/"}
    assert read(ISSUE | {"data": {"issue": issue}}).links == (issue["web_url"],)


@pytest.mark.parametrize(
    ("action", "event", "raw"),
    [
        ("critical", "trigger", "critical"),
        ("warning", "trigger", "warning"),
        ("resolved", "resolve", None),
        ("opened", "update", None),
    ],
)
def test_actions_of_a_metric_alert(action: str, event: str, raw: str | None) -> None:
    signal = read(METRIC | {"action": action})
    assert (signal.event, signal.severity_raw, signal.dedup_key) == (event, raw, "4")


def test_an_event_without_issue_id_has_it_in_an_address() -> None:
    assert of_event(issue_id=None).dedup_key == "1117540176"
    assert of_event(issue_id=None, issue_url=None).dedup_key == EVENT["data"]["event"]["event_id"]


def test_an_event_without_title_is_called_what_it_was_made_of() -> None:
    assert of_event(title=None).title == "ReferenceError: heck is not defined"
    assert of_event(title=None, metadata={"title": "Example"}).title == "Example"
    assert of_event(title=None, metadata={}, message="Slow").title == "Slow"


def test_an_error_is_an_event_without_a_rule() -> None:
    body = {"action": "created", "data": {"error": EVENT["data"]["event"]}}
    signal = read(body)
    assert (signal.event, signal.dedup_key, signal.service) == (
        "trigger",
        "1117540176",
        "front-end",
    )


def test_a_comment_is_news_about_its_issue() -> None:
    data = {"comment": "Looking into it", "issue_id": 1117540176, "project_slug": "front-end"}
    signal = read({"action": "created", "data": data})
    assert (signal.event, signal.dedup_key) == ("update", "1117540176")
    assert signal.facts[0].text.endswith("Looking into it")


def test_headers_tell_when_and_which_message() -> None:
    signal = read(ISSUE, sentry_hook_timestamp="1718000000", request_id="r-1")
    assert signal.sent_at is not None
    assert (signal.sent_at.timestamp(), signal.message_id) == (1718000000, "r-1")


@pytest.mark.parametrize("data", [{"installation": {"uuid": "u"}}, {"something": "new"}, {}])
def test_other_resources_are_about_no_alert(data: dict[str, Any]) -> None:
    signal = read({"action": "created", "data": data}, request_id="r-2")
    assert (signal.event, signal.dedup_key, signal.message_id) == ("other", None, "r-2")


def test_the_older_plugin_has_a_shape_of_its_own() -> None:
    event = {"title": "ValueError: no", "timestamp": 1688935284.772, "event_id": "e"}
    body = {"id": "42", "project_slug": "shop", "level": "fatal", "event": event}
    signal = read(body | {"url": "https://acme.sentry.io/issues/42/"})
    assert (signal.event, signal.dedup_key, signal.severity) == ("trigger", "42", "sev1")
    assert (signal.title, signal.service) == ("ValueError: no", "shop")
    assert read_all(SourceKind.SENTRY, {"event": {}}) == ()
