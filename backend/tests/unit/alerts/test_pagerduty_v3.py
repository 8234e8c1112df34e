"""PagerDuty webhooks V3: what names the incident, where it stands, and what is worth keeping."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_one

REFERENCE = {
    "id": "QINC",
    "type": "incident_reference",
    "html_url": "https://acme.example.org/incidents/QINC",
    "summary": "Checkout is slow",
}
INCIDENT = {
    "id": "QINC",
    "type": "incident",
    "html_url": "https://acme.example.org/incidents/QINC",
    "number": 7,
    "status": "triggered",
    "incident_key": None,
    "created_at": "2026-04-01T02:07:30Z",
    "title": "Checkout is slow",
    "service": {"id": "PSVC", "type": "service_reference", "summary": "Checkout"},
    "priority": None,
    "urgency": "high",
    "conference_bridge": None,
    "resolve_reason": None,
}


def read(event_type: str, data: dict[str, Any], **beside: Any) -> Signal:
    event = {"id": "E", "event_type": event_type, "occurred_at": "2026-04-01T02:18:59.674Z"}
    return read_one(SourceKind.PAGERDUTY_V3, {"event": event | {"data": data} | beside})


@pytest.mark.parametrize(
    "data",
    [
        {"type": "incident_note", "id": "PNOTE", "content": "On it", "incident": REFERENCE},
        {"type": "incident_workflow_instance", "id": "PW", "summary": "", "incident": REFERENCE},
        {
            "type": "incident_role_assignment",
            "incident_role_assignments": [{"id": "a-1", "status": "active", "incident": REFERENCE}],
        },
    ],
    ids=lambda data: data["type"],
)
def test_the_incident_is_found_wherever_it_is_named(data: dict[str, Any]) -> None:
    signal = read("incident.of_some_kind", data, agent=None, client=None)
    assert (signal.event, signal.dedup_key, signal.state) == ("update", "QINC", None)
    assert (signal.title, signal.links) == ("Checkout is slow", (REFERENCE["html_url"],))


def test_what_names_no_incident_is_about_none() -> None:
    signal = read("incident.task.created", {"type": "incident_task", "id": "PTASK", "name": "Ask"})
    assert (signal.event, signal.dedup_key) == ("other", None)


def test_a_workflow_names_the_service_beside_the_incident() -> None:
    service = {"id": "PSVC", "type": "service_reference", "summary": "Checkout"}
    data = {"type": "incident_workflow_instance", "incident": REFERENCE, "service": service}
    assert read("incident.workflow.started", data).service == "Checkout"


@pytest.mark.parametrize(
    ("event_type", "status", "event", "state"),
    [
        ("incident.reopened", "triggered", "update", "open"),
        ("incident.unacknowledged", "triggered", "update", "open"),
        ("incident.priority_updated", "acknowledged", "update", "acknowledged"),
        ("incident.triggered", None, "trigger", "open"),
        ("incident.acknowledged", None, "ack", "acknowledged"),
        ("incident.resolved", None, "resolve", "resolved"),
        ("incident.escalated", None, "update", None),
    ],
)
def test_a_state_is_that_of_the_incident_else_of_the_event(
    event_type: str, status: str | None, event: str, state: str | None
) -> None:
    signal = read(event_type, INCIDENT | {"status": status})
    assert (signal.event, signal.state) == (event, state)


def test_the_page_of_the_tool_that_triggered_it_is_kept() -> None:
    page = "https://monitoring.example.org/alerts?rule=slow&at=1739339400"
    signal = read("incident.triggered", INCIDENT, client={"name": "Monitoring", "url": page})
    assert signal.links == (INCIDENT["html_url"], page)


@pytest.mark.parametrize(
    ("priority", "urgency", "raw", "severity"),
    [
        ("P1", "low", "P1", "sev1"),
        ("SEV-3", "high", "SEV-3", "sev3"),
        ("Customers notice", "high", "Customers notice", "sev2"),
        (None, "low", "low", "sev4"),
        (None, None, None, None),
    ],
)
def test_a_priority_that_says_no_severity_leaves_it_to_the_urgency(
    priority: str | None, urgency: str | None, raw: str | None, severity: str | None
) -> None:
    named = priority and {"id": "P", "type": "priority_reference", "summary": priority}
    signal = read("incident.triggered", INCIDENT | {"priority": named, "urgency": urgency})
    assert (signal.severity_raw, signal.severity) == (raw, severity)


@pytest.mark.parametrize(
    ("event_type", "lines"),
    [
        (
            "incident.annotated",
            ["PagerDuty incident has a new note by Ada: Checkout is slow\n\nOn it"],
        ),
        ("incident.custom_field_values.updated", []),
        ("incident.of_a_new_kind", []),
    ],
)
def test_what_hangs_below_an_incident_is_told_where_it_is_worth_a_line(
    event_type: str, lines: list[str]
) -> None:
    note = {"type": "incident_note", "id": "PNOTE", "content": "On it", "incident": REFERENCE}
    signal = read(event_type, note, agent={"summary": "Ada"})
    assert [fact.text for fact in signal.facts] == lines


def test_a_new_priority_is_told() -> None:
    priority = {"id": "P", "type": "priority_reference", "summary": "P1"}
    (fact,) = read("incident.priority_updated", INCIDENT | {"priority": priority}).facts
    assert fact.text == (
        "PagerDuty incident #7 has a new priority: Checkout is slow\n\nPriority: P1"
    )


def test_an_acknowledgement_is_something_people_did() -> None:
    (fact,) = read("incident.acknowledged", INCIDENT, agent={"summary": "Ada"}).facts
    assert fact.kind == "action"
    assert fact.text == "PagerDuty incident #7 acknowledged by Ada: Checkout is slow"


def test_what_happens_to_a_service_is_about_no_incident() -> None:
    signal = read("service.updated", {"id": "PSVC"})
    assert (signal.event, signal.dedup_key, signal.message_id) == ("other", None, "E")


def test_a_merged_incident_says_where_it_went() -> None:
    reason = {"type": "merge_resolve_reason", "incident": REFERENCE | {"summary": "Shop is down"}}
    signal = read("incident.resolved", INCIDENT | {"status": "resolved", "resolve_reason": reason})
    assert (signal.dedup_key, signal.state) == ("QINC", "resolved")
    assert signal.facts[0].text.endswith("\n\nMerged into: Shop is down")
