"""Google Cloud Monitoring: what an incident is about, and where to read on."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_one


def incident(**members: Any) -> Signal:
    named = {"incident_id": "0.abc", "state": "open", "summary": "Slow"} | members
    return read_one(SourceKind.GOOGLE_CLOUD_MONITORING, {"version": "1.2", "incident": named})


@pytest.mark.parametrize(
    ("named", "labels", "service"),
    [
        ({"resource_display_name": "web-1"}, {"service_name": "shop"}, "web-1"),
        ({"resource_display_name": ""}, {"project_id": "p", "service_name": "shop"}, "shop"),
        ({}, {"container_name": "cart", "pod_name": "cart-885b"}, "cart"),
        ({}, {"host": "www.example.org"}, "www.example.org"),
        ({}, {"project_id": "p"}, "p VM Instance labels {project_id=p}"),
    ],
)
def test_a_resource_without_a_name_is_known_by_its_labels(
    named: dict[str, str], labels: dict[str, str], service: str
) -> None:
    listed = {"resource_name": "p VM Instance labels {project_id=p}"}
    assert incident(**listed, **named, resource={"labels": labels}).service == service


def test_pages_of_the_documentation_are_kept() -> None:
    documentation = {"links": [{"displayName": "Runbook", "url": "https://wiki.example.org/slow"}]}
    signal = incident(
        documentation=documentation,
        url="https://console.example.org/0.abc",
        apigee_url="https://apigee.example.org/0.abc",
    )
    assert signal.links == (
        "https://wiki.example.org/slow",
        "https://console.example.org/0.abc",
        "https://apigee.example.org/0.abc",
    )


@pytest.mark.parametrize(
    ("word", "label", "raw"),
    [
        ("Error", "critical", "Error"),
        (None, "critical", "critical"),
        ("No severity", "critical", "critical"),
        ("No severity", None, "No severity"),
        (None, None, None),
    ],
)
def test_a_policy_without_severity_may_have_a_label(
    word: str | None, label: str | None, raw: str | None
) -> None:
    signal = incident(severity=word, policy_user_labels={"severity": label, "service": "shop"})
    assert (signal.severity_raw, signal.service) == (raw, "shop")


@pytest.mark.parametrize(
    ("raw", "severity"),
    [("Critical", "sev1"), ("Error", "sev2"), ("Warning", "sev3"), ("No severity", None)],
)
def test_no_severity_is_one_that_means_nothing(raw: str, severity: str | None) -> None:
    assert incident(severity=raw).severity == severity


@pytest.mark.parametrize("documentation", ["Look here", {"content": "Look here"}])
def test_what_the_policy_says_is_told(documentation: Any) -> None:
    assert incident(documentation=documentation).facts[0].text.endswith("\n\nLook here")


def test_a_closed_incident_is_dated_by_its_end() -> None:
    closed = incident(state="closed", started_at=1746180000, ended_at=1746180222)
    assert (closed.event, closed.opened_at != closed.sent_at) == ("resolve", True)
    assert closed.sent_at is not None
    assert closed.sent_at.timestamp() == 1746180222


def test_a_connection_test_says_what_it_would_be_about() -> None:
    named = {
        "incident_id": "1",
        "state": "OPEN",
        "summary": "Test Incident",
        "started_at": 0,
        "resource_display_name": "Example Resource",
        "url": "https://console.example.org/",
        "documentation": "Test documentation",
    }
    body = {"version": "test", "incident": named}
    signal = read_one(SourceKind.GOOGLE_CLOUD_MONITORING, body)
    assert (signal.event, signal.title, signal.service) == (
        "other",
        "Test Incident",
        "Example Resource",
    )
    assert signal.links == ("https://console.example.org/",)
    assert (signal.dedup_key, signal.opened_at, signal.state) == (None, None, None)
