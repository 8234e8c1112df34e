"""Datadog: our template as it is filled in, other templates, and what titles tell."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

VALUES = {
    "$EVENT_TITLE": "[P1] [Triggered on {host:db-1}] Disk is full",
    "$TEXT_ONLY_MSG": "%%%\nDisk of db-1 is full\n%%%",
    "$ALERT_TRANSITION": "Triggered",
    "$ALERT_TYPE": "error",
    "$ALERT_PRIORITY": "P1",
    "$ALERT_CYCLE_KEY": "cycle-1",
    "$AGGREG_KEY": "aggreg-1",
    "$ALERT_ID": "42",
    "$ALERT_SCOPE": "host:db-1,service:orders",
    "$TAGS": "env:prod, service:orders",
    "$HOSTNAME": "db-1",
    "$DATE": "1718000000000",
    "$LAST_UPDATED": "1718000001000",
    "$LINK": "https://app.datadoghq.com/event/1",
    "$SNAPSHOT": "",
    "$ID": "7561234567890123456",
}


def filled(**values: str) -> dict[str, str]:
    template = json.loads(FORMATS[SourceKind.DATADOG].guide.snippet or "")
    known = VALUES | {f"${name}": value for name, value in values.items()}
    return {name: known[variable] for name, variable in template.items()}


def read(body: Any, **headers: str) -> Signal:
    return read_one(SourceKind.DATADOG, body, **headers)


def test_our_template() -> None:
    signal = read(filled())
    assert (signal.event, signal.state, signal.dedup_key) == ("trigger", "open", "cycle-1")
    assert (signal.title, signal.severity, signal.service) == ("Disk is full", "sev1", "orders")
    assert signal.links == ("https://app.datadoghq.com/event/1",)
    assert signal.message_id == "7561234567890123456"
    assert signal.facts[0].text.endswith("\n\nDisk of db-1 is full")


@pytest.mark.parametrize(
    ("transition", "event", "begins"),
    [
        ("Triggered", "trigger", True),
        ("Warn", "trigger", True),
        ("No Data", "trigger", True),
        ("Re-Triggered", "trigger", False),
        ("Re-Warn", "trigger", False),
        ("Re-No Data", "trigger", False),
        ("Renotify", "trigger", False),
        ("Recovered", "resolve", False),
        ("Warn Recovered", "resolve", False),
        ("Null", "other", False),
    ],
)
def test_a_reminder_opens_too_but_does_not_begin(
    transition: str, event: str, *, begins: bool
) -> None:
    signal = read(filled(ALERT_TRANSITION=transition))
    assert signal.event == event
    assert (signal.opened_at is not None) is begins


@pytest.mark.parametrize(
    ("missing", "key"),
    [
        (["ALERT_CYCLE_KEY"], "aggreg-1"),
        (["ALERT_CYCLE_KEY", "AGGREG_KEY"], "42|host:db-1,service:orders"),
        (
            ["ALERT_CYCLE_KEY", "AGGREG_KEY", "ALERT_ID"],
            "Disk is full|host:db-1,service:orders",
        ),
        (["ALERT_CYCLE_KEY", "AGGREG_KEY", "ALERT_ID", "ALERT_SCOPE"], "Disk is full|host:db-1"),
    ],
)
@pytest.mark.parametrize("empty", ["", "$UNKNOWN_VARIABLE"])
def test_an_empty_identifier_gives_way_to_the_next(
    missing: list[str], key: str, empty: str
) -> None:
    assert read(filled(**dict.fromkeys(missing, empty))).dedup_key == key


@pytest.mark.parametrize(
    ("title", "event", "said"),
    [
        ("[Triggered] Disk is full", "trigger", "Disk is full"),
        ("[TEST] [P3] [Re-No Data on {a:b}] Disk is full", "trigger", "Disk is full"),
        ("[P3] [Recovered on {}] Disk is full", "resolve", "Disk is full"),
        ("[Warn Recovered] Disk is full", "resolve", "Disk is full"),
        ("[Checkout] Disk is full", "trigger", "[Checkout] Disk is full"),
    ],
)
def test_titles_tell_what_a_template_leaves_out(title: str, event: str, said: str) -> None:
    signal = read({"title": title})
    assert (signal.event, signal.title) == (event, said)


def test_the_type_tells_where_nothing_else_does() -> None:
    ended = read({"title": "Disk is full", "alert_type": "success"})
    assert (ended.event, ended.severity_raw) == ("resolve", None)
    fired = read({"title": "Disk is full", "alert_type": "warning"})
    assert (fired.event, fired.severity) == ("trigger", "sev3")


def test_a_body_encoded_as_form_is_the_same() -> None:
    form = urlencode(filled()).encode()
    signal = read(form, content_type="application/x-www-form-urlencoded")
    assert signal == read(filled())


def test_a_host_stands_in_for_the_service() -> None:
    assert read(filled(TAGS="env:prod", ALERT_SCOPE="host:db-1")).service == "db-1"


def test_without_a_title_there_is_no_alert() -> None:
    assert read_all(SourceKind.DATADOG, {"body": "?"}) == ()


PAGE = "https://app.datadoghq.com/monitors#42?group=host%3Adb-1"
STORY = (
    f"%%%\nDisk\n\n[![Graph](https://p.example.com/a.png)]({PAGE})\n\n[[Edit]({PAGE}/edit)]\n%%%"
)
EVENT_PAGE = "https://app.datadoghq.com/event/event?id=1"


@pytest.mark.parametrize(
    "body",
    [
        {
            "eventTitle": "[Triggered] Disk is full",
            "alertTransition": "Triggered",
            "alertCycleKey": "c1",
            "alertPriority": "P2",
            "hostname": "db-1",
            "link": EVENT_PAGE,
        },
        {
            "title": "[Triggered] Disk is full",
            "id": "7561234567890123456",
            "org": {"id": "9", "name": "Example"},
            "alert": {"id": "42", "transition": "Triggered", "cycleId": "c1", "priority": "P2"},
            "tags": ["env:prod", "host:db-1"],
            "event": {"event_url": EVENT_PAGE},
        },
        {
            "title": "[Triggered] Disk is full",
            "metadata": {
                "ALERT_TRANSITION": "Triggered",
                "ALERT_CYCLE_KEY": "c1",
                "ALERT_PRIORITY": "P2",
                "HOSTNAME": "db-1",
                "LINK": EVENT_PAGE,
            },
        },
        {
            "event": {
                "title": "[P2] [Triggered] Disk is full",
                "status": "Triggered",
                "priority": "P2",
                "url": EVENT_PAGE,
            },
            "aggreg_key": "c1",
            "host": "db-1",
        },
        {
            "summary": "Disk is full",
            "status": "Triggered",
            "unique_key": "c1",
            "severity": "P2",
            "host": "db-1",
            "links": [{"href": EVENT_PAGE, "text": "Monitor"}],
        },
    ],
)
def test_members_are_known_in_any_spelling_and_nesting(body: dict[str, Any]) -> None:
    signal = read(body)
    assert (signal.event, signal.title, signal.dedup_key) == ("trigger", "Disk is full", "c1")
    assert (signal.severity_raw, signal.service, signal.links) == ("P2", "db-1", (EVENT_PAGE,))


@pytest.mark.parametrize(
    ("told", "event"),
    [
        ({"title": "[No data on {host:a}] Ping"}, "trigger"),
        ({"title": "[P2] [TEST] [Triggered on {host:a}] Ping"}, "trigger"),
        ({"title": "Ping", "status": "OK"}, "resolve"),
        ({"title": "Ping", "alert_status": "ping over host:a was > 0"}, "trigger"),
        ({"title": "Ping", "level": "success"}, "resolve"),
        ({"title": "Ping", "incident_status": "resolved"}, "resolve"),
        ({"text": "[Recovered on {host:a}] Ping\nfor 5 minutes"}, "resolve"),
    ],
)
def test_where_the_transition_stands(told: dict[str, str], event: str) -> None:
    signal = read(told)
    assert (signal.event, signal.title) == (event, "Ping")


@pytest.mark.parametrize(
    ("members", "severity_raw"),
    [
        ({"priority": "normal", "alert_priority": "P3"}, "P3"),
        ({"priority": "normal", "alert_type": "error"}, "error"),
        ({"priority": "normal"}, None),
        ({"level": "warning"}, "warning"),
        ({"type": "query alert"}, None),
    ],
)
def test_the_priority_of_the_event_is_no_severity(
    members: dict[str, str], severity_raw: str | None
) -> None:
    assert read({"title": "[Triggered] Disk"} | members).severity_raw == severity_raw


def test_without_an_identifier_the_monitor_is_known_by_its_page() -> None:
    long = "Look here first. " * 1000 + STORY
    fired = read({"title": "[Triggered on {host:db-1}] Disk at 91 %", "body": long})
    ended = read({"title": "[Recovered on {host:db-1}] Disk at 12 %", "body": STORY})
    assert fired.dedup_key == ended.dedup_key == "42|host:db-1"
    assert fired.links == (PAGE,)


def test_a_link_to_the_monitor_identifies_it_too() -> None:
    link = "https://app.datadoghq.com/monitors/42?group=host%3Adb-1"
    signal = read({"title": "[Triggered on {host:db-1}] Disk is full", "link": link})
    assert (signal.dedup_key, signal.links) == ("42|host:db-1", (link,))


def test_without_a_title_the_text_says_what_it_is_about() -> None:
    signal = read({"text": "Disk is full\nFree some", "monitor_id": "42", "severity": "P1"})
    assert (signal.event, signal.title, signal.dedup_key) == ("trigger", "Disk is full", "42")


def test_a_template_that_nobody_filled_is_about_no_alert() -> None:
    assert read({"title": "$EVENT_TITLE", "id": "$ALERT_ID"}).event == "other"


def test_what_is_not_new_with_each_event_names_no_message() -> None:
    assert read(filled(ID="ID")).message_id is None
    cycle = {"event": {"id": "7561234567890123456", "title": "[Recovered] Disk"}}
    assert read(cycle).message_id is None


def test_a_transition_that_is_none_is_about_no_alert() -> None:
    signal = read(filled(ALERT_TRANSITION="Null"))
    assert (signal.event, signal.dedup_key, signal.facts) == ("other", None, ())
    assert (signal.title, signal.severity_raw) == ("Disk is full", "P1")
