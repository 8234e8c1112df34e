"""Opsgenie and Jira Service Management: actions beyond the recorded ones."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

CREATE = json.loads(case("opsgenie/04-create-with-responders.json").message.body)


def read(action: str, *, beside: dict[str, Any] | None = None, **alert: Any) -> Signal:
    body = CREATE | {"action": action, "alert": CREATE["alert"] | alert} | (beside or {})
    return read_one(SourceKind.OPSGENIE, body)


@pytest.mark.parametrize(
    ("action", "event", "state"),
    [
        ("Create", "trigger", "open"),
        ("Acknowledge", "ack", "acknowledged"),
        ("UnAcknowledge", "update", "open"),
        ("Close", "resolve", "resolved"),
        ("Delete", "resolve", "resolved"),
        ("TakeOwnership", "update", None),
        ("An action of our own", "update", None),
    ],
)
def test_an_action_that_nobody_knows_is_news(action: str, event: str, state: str | None) -> None:
    signal = read(action)
    assert (signal.event, signal.state) == (event, state)


@pytest.mark.parametrize(
    ("action", "alert", "line"),
    [
        ("AddNote", {"note": "on it"}, "Add note: on it"),
        ("AssignOwnership", {"owner": "ada@x.test"}, "Assign ownership: ada@x.test"),
        ("AddTags", {"addedTags": ["eu", "db"]}, "Add tags: eu, db"),
        ("UpdatePriority", {"priority": "P1"}, "Update priority: P1"),
        ("UpdateMessage", {"message": "Slower"}, "Update message: Slower"),
        ("UpdateDescription", {"description": "Both"}, "Update description: Both"),
        ("Snooze", {"snoozeEndDate": "2026-04-01T05:00:00Z"}, "Snooze: 2026-04-01T05:00:00Z"),
        ("AddToJIRA", {"priority": None}, "Add to jira"),
    ],
)
def test_news_is_told_in_words(action: str, alert: dict[str, Any], line: str) -> None:
    (fact,) = read(action, **alert).facts
    assert fact.text.endswith(f"\n\n{line}")


def test_a_note_with_an_end_is_told() -> None:
    (fact,) = read("Close", note="Scaled up").facts
    assert fact.text.endswith("\n\nScaled up")


def test_an_escalation_names_its_policy_and_little_else() -> None:
    body = {"action": "Escalate", "escalationName": "Nights", "alert": {"alertId": "a-1"}}
    signal = read_one(SourceKind.OPSGENIE, body)
    assert (signal.event, signal.dedup_key, signal.title) == ("update", "a-1", None)
    assert signal.facts[0].text == "Opsgenie alert has news\n\nEscalate: Nights"


@pytest.mark.parametrize("alias", ["-", "disk", None])
def test_an_alias_ties_nothing(alias: str | None) -> None:
    assert read("Close", alias=alias).dedup_key == CREATE["alert"]["alertId"]


@pytest.mark.parametrize(("priority", "severity"), [("P1", "sev1"), (3, "sev3"), ("5", "sev5")])
def test_priorities_are_words_or_numbers(priority: Any, severity: str) -> None:
    assert read("Create", priority=priority).severity == severity


@pytest.mark.parametrize(
    "updated_at", [1593475564636000000, "1593475564636000000"], ids=["number", "text"]
)
def test_messages_are_put_in_order_by_nanoseconds(updated_at: Any) -> None:
    sent_at = read("Acknowledge", updatedAt=updated_at).sent_at
    assert sent_at is not None
    assert sent_at.isoformat() == "2020-06-30T00:06:04.636000+00:00"


def test_addresses_in_the_details_are_kept_whatever_they_are_called() -> None:
    details = {
        "Monitor Dashboard Link": "https://monitoring.example.org/#/home/1/Summary",
        "Monitor Url": "-",
        "runbook_url": "https://wiki.example.org/slow",
    }
    source = "https://alertmanager.example.org/#/alerts?receiver=genie"
    assert read("Create", details=details, source=source).links == (
        "https://monitoring.example.org/#/home/1/Summary",
        "https://wiki.example.org/slow",
        source,
    )


@pytest.mark.parametrize(
    ("alert", "service"),
    [
        ({"entity": "web-1", "details": {"service": "checkout"}}, "web-1"),
        ({"entity": "", "details": {"service": "checkout"}}, "checkout"),
        ({"entity": "", "details": {}}, "grace@example.com"),
    ],
)
def test_an_alert_is_about_its_entity_else_what_the_details_say(
    alert: dict[str, Any], service: str
) -> None:
    assert read("Create", **alert).service == service


def test_webhooks_of_jira_itself_are_about_no_alert() -> None:
    body = {"webhookEvent": "jira:issue_created", "issue": {"key": "OPS-1"}}
    assert read_all(SourceKind.JIRA_SERVICE_MANAGEMENT, body) == ()


def test_jira_service_management_speaks_in_its_own_name() -> None:
    found = case("jira-service-management/02-acknowledge.json")
    (fact,) = read_one(found.kind, found.message.body).facts
    assert fact.text.startswith("Jira Service Management alert acknowledged by ada@example.com")
