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
    "$ID": "7561",
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
    assert signal.message_id == "7561"
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
def test_transitions(transition: str, event: str, *, begins: bool) -> None:
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
def test_the_next_best_identifier(missing: list[str], key: str, empty: str) -> None:
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
