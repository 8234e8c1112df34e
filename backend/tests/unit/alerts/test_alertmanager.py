"""Alertmanager: what a group is about, what ties its messages, and what people may open."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

KIND = SourceKind.ALERTMANAGER
START = "2026-11-23T08:00:00Z"
ENDED = {"status": "resolved", "endsAt": "2026-11-23T08:05:00Z"}


def alert(name: str = "Down", **changes: Any) -> dict[str, Any]:
    return {"status": "firing", "labels": {"alertname": name}, "startsAt": START} | changes


def group(*alerts: dict[str, Any], **changes: Any) -> Signal:
    return read_one(KIND, {"status": "firing", "groupKey": "g", "alerts": alerts} | changes)


def test_a_group_is_about_what_still_fires() -> None:
    over = alert("Disk", **ENDED, annotations={"summary": "Disk is full"})
    over["labels"] |= {"service": "store", "severity": "critical"}
    still = alert("Lag", annotations={"summary": "Lag grows"})
    still["labels"] |= {"service": "queue", "severity": "warning"}
    signal = group(over, still)
    assert (signal.title, signal.service) == ("Lag grows", "queue")
    assert signal.severity_raw == "warning"


def test_a_cut_group_says_how_many_alerts_are_missing() -> None:
    facts = group(alert(), truncatedAlerts=3).facts
    assert facts[-1].text == "3 more alerts are in this group"


def test_a_large_group_tells_twenty_alerts_and_counts_the_rest() -> None:
    signal = group(*(alert(labels={"n": str(number)}) for number in range(50)))
    assert (len(signal.facts), len(signal.members)) == (21, 50)
    assert signal.facts[-1].text == "30 more alerts are in this group"


def test_a_group_takes_its_worst_severity_where_alerts_differ() -> None:
    words = ("info", "critical", "homemade", "warning")
    signal = group(*(alert(labels={"severity": word}) for word in words))
    assert (signal.severity_raw, signal.severity) == ("critical", "sev1")


def test_rancher_names_its_rules_otherwise() -> None:
    signal = group(alert(labels={"alert_name": "Scheduler is unavailable"}))
    assert signal.title == "Scheduler is unavailable"
    assert signal.facts[0].text == "Scheduler is unavailable fired"


def test_a_name_comes_before_a_description() -> None:
    signal = group(alert("Down", annotations={"description": "A long story"}))
    assert signal.title == "Down"
    assert group(alert(labels={}, annotations={"description": "A story"})).title == "A story"


@pytest.mark.parametrize(
    ("labels", "raw", "severity"),
    [
        ({"severity": "page"}, "page", "sev1"),
        ({"priority": "P2"}, "P2", "sev2"),
        ({"severity": "info", "priority": "P1"}, "info", "sev5"),
        ({}, None, None),
    ],
)
def test_a_priority_stands_in_for_a_severity(
    labels: dict[str, str], raw: str | None, severity: str | None
) -> None:
    signal = group(alert(labels=labels))
    assert (signal.severity_raw, signal.severity) == (raw, severity)


def test_every_address_in_the_annotations_is_kept() -> None:
    annotations = {
        "summary": "See https://example.org/x",
        "runbook_url": "https://runbooks.example.org/down",
        "logs": "https://logs.example.org/?q=down",
    }
    assert group(alert(annotations=annotations), externalURL="https://am.example.org").links == (
        "https://runbooks.example.org/down",
        "https://logs.example.org/?q=down",
        "https://am.example.org",
    )


def test_an_alert_without_status_has_that_of_its_group() -> None:
    simple = {"labels": {"alertname": "Down"}, "startsAt": START}
    assert group(simple).state == "open"
    assert group(simple, status="resolved").state == "resolved"


@pytest.mark.parametrize("word", ["RESOLVED", "Resolved"])
def test_a_template_may_write_the_status_in_capitals(word: str) -> None:
    assert group(alert(status=word)).event == "resolve"


@pytest.mark.parametrize(
    "alike",
    [
        {"receiver": "r", "groupLabels": {"alertname": "Down"}, "alerts": [alert()]},
        {"alerts": [alert(fingerprint="f" * 64)]},
        {"alerts": [alert(), alert(labels={})]},
        {"labels": {"alertname": "Down", "severity": "critical"}},
        {"commonLabels": {"alertname": "Down"}, "alerts": []},
        {"alert_name": "Down", "environment": "prod"},
    ],
)
def test_messages_of_a_template_without_group_key_are_tied(alike: dict[str, Any]) -> None:
    ended = [item | ENDED for item in alike.get("alerts", [])]
    over = alike | {"status": "resolved"} | ({"alerts": ended} if ended else {})
    fired, resolved = read_one(KIND, alike | {"status": "firing"}), read_one(KIND, over)
    assert (fired.event, resolved.event) == ("trigger", "resolve")
    assert fired.dedup_key == resolved.dedup_key
    assert fired.title == "Down"


def test_the_count_in_a_title_is_no_part_of_the_key() -> None:
    fired = read_one(KIND, {"status": "firing", "title": "[FIRING:2] Down"})
    assert read_one(KIND, {"status": "resolved", "title": "[RESOLVED] Down"}).dedup_key == (
        fired.dedup_key
    )


def test_what_has_neither_key_nor_name_is_no_alert() -> None:
    assert read_all(KIND, {"alerts": [{"status": "firing"}]}) == ()
    assert read_all(KIND, {"status": "firing"}) == ()
    assert read_all(KIND, {"status": "up", "labels": {"alertname": "Down"}}) == ()


def test_an_alert_on_its_own_has_its_labels() -> None:
    labels = {"alertname": "Down", "service": "shop", "severity": "critical"}
    signal = read_one(KIND, alert(labels=labels))
    assert (signal.service, signal.severity, signal.details) == ("shop", "sev1", labels)
    assert signal.opened_at is not None


def test_members_without_a_start_cannot_be_told_apart() -> None:
    assert group(alert(startsAt=None), alert("Lag")).members == ()
    assert len(group(alert(), alert("Lag")).members) == 2


@pytest.mark.parametrize("zone", ["+0100 CET m=+8560.285724134", "+0100 +0100", "+0100"])
def test_times_may_be_those_that_go_prints(zone: str) -> None:
    signal = group(alert(startsAt=f"2026-11-23 09:00:00.5 {zone}"))
    assert signal.opened_at == group(alert(startsAt="2026-11-23T08:00:00.5Z")).opened_at
