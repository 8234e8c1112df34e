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
def test_what_happens_to_an_issue_is_in_the_action(
    action: str, event: str, state: str | None
) -> None:
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
def test_a_metric_alert_fires_as_severe_as_its_action(
    action: str, event: str, raw: str | None
) -> None:
    signal = read(METRIC | {"action": action})
    assert (signal.event, signal.severity_raw, signal.dedup_key) == (event, raw, "4")


def test_an_event_without_issue_id_has_it_in_an_address() -> None:
    assert of_event(issue_id=None).dedup_key == "1117540176"
    assert of_event(issue_id=None, issue_url=None).dedup_key == EVENT["data"]["event"]["event_id"]


def test_the_level_of_an_event_may_be_a_tag() -> None:
    assert of_event(level=None, tags=[["os", "Linux"], ["level", "info"]]).severity_raw == "info"
    assert of_event(level=None, tags=[["level"], "level", None]).severity_raw is None


def test_an_event_without_title_is_called_what_it_was_made_of() -> None:
    assert of_event(title=None).title == "ReferenceError: heck is not defined"
    assert of_event(title=None, metadata={"title": "Example"}).title == "Example"
    assert of_event(title=None, metadata={}, message="Slow").title == "Slow"


def test_what_a_monitor_found_is_called_as_its_occurrence() -> None:
    found = {"issueTitle": "Downtime detected for https://shop.test", "level": "error"}
    signal = of_event(title="<unlabeled event>", level=None, tags=[], occurrence=found)
    assert (signal.title, signal.severity_raw) == (found["issueTitle"], "error")


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


@pytest.mark.parametrize(
    ("activity", "event", "state"),
    [
        ("status_resolved", "resolve", "resolved"),
        ("status_resolved_in_release", "resolve", "resolved"),
        ("status_unresolved", "update", "open"),
        ("status_regression", "update", "open"),
        ("status_escalating", "update", "open"),
        ("status_ignored", "update", None),
        ("appeared_in_pull_request", "update", None),
        ("seer_root_cause_completed", "update", None),
    ],
)
def test_an_activity_alert_tells_what_happened_to_its_issue(
    activity: str, event: str, state: str | None
) -> None:
    alert = {"id": 88, "title": "Regressions", "web_url": "https://acme.sentry.io/alerts/88/"}
    data = ISSUE["data"] | {"activity": {"type": activity, "details": {}}, "alert": alert}
    signal = read(ISSUE | {"action": "triggered", "data": data})
    assert (signal.event, signal.state, signal.dedup_key) == (event, state, "1635244907")
    assert signal.links == (alert["web_url"],)


def test_what_seer_finds_is_news_about_its_issue() -> None:
    made = {"pull_request": {"pr_number": 7, "pr_url": "https://git.test/shop/pull/7"}}
    data = {"run_id": 12, "group_id": 1635244907, "pull_requests": [made]}
    signal = read({"action": "pr_created", "data": data})
    assert (signal.event, signal.state, signal.dedup_key) == ("update", None, "1635244907")
    assert signal.links == ("https://git.test/shop/pull/7",)
    cause = {"run_id": 12, "group_id": 1, "root_cause": {"description": "A null", "steps": []}}
    (fact,) = read({"action": "root_cause_completed", "data": cause}).facts
    assert fact.text.endswith("Seer: root cause completed\n\nA null")


def test_a_metric_alert_may_name_its_projects_in_the_rule() -> None:
    alert = METRIC["data"]["metric_alert"] | {"projects": None}
    assert read(METRIC | {"data": {"metric_alert": alert}}).service == "bar"


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


def test_the_oldest_plugin_names_the_project_once_and_only_when_it_was_received() -> None:
    event = {"received": 1473185565.0, "metadata": {"title": "No"}, "type": "default"}
    body = {"id": "42", "project": "shop", "project_name": "Shop", "level": "error", "message": "n"}
    signal = read(body | {"event": event})
    assert (signal.event, signal.dedup_key, signal.service) == ("trigger", "42", "shop")
    assert (signal.title, signal.opened_at and signal.opened_at.year) == ("No", 2016)
