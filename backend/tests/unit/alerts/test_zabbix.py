"""Zabbix: our media type as it is filled in, and scripts of others."""

import re
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

MACROS = {
    "{EVENT.ID}": "10528",
    "{EVENT.NAME}": "Disk is full",
    "{EVENT.VALUE}": "1",
    "{EVENT.SEVERITY}": "Disaster",
    "{EVENT.ACK.STATUS}": "No",
    "{EVENT.UPDATE.STATUS}": "0",
    "{EVENT.UPDATE.ACTION}": "",
    "{EVENT.OPDATA}": "97 %",
    "{TRIGGER.ID}": "14032",
    "{HOST.HOST}": "db-1",
    "{HOST.IP}": "192.0.2.10",
    "{ALERT.MESSAGE}": "Free some space",
    "{$ZABBIX.URL}": "https://zabbix.example.com/",
}
ELSEWHERE = {
    "hostname": "www.example.com",
    "severity": "High",
    "status": "PROBLEM",
    "trigger": "Zabbix agent is unreachable",
    "link": "https://zabbix.example.com/tr_events.php?triggerid=14032&eventid=10528",
}


def filled(**macros: str) -> dict[str, str]:
    snippet = FORMATS[SourceKind.ZABBIX].guide.snippet or ""
    known = MACROS | {f"{{{name.replace('_', '.')}}}": value for name, value in macros.items()}
    parameters = re.findall(r"name: (\w+), value: '(\{.+?\})'", snippet)
    return {name: known.get(macro, macro) for name, macro in parameters if name != "address"}


def read(body: Any) -> Signal:
    return read_one(SourceKind.ZABBIX, body)


def test_our_media_type() -> None:
    signal = read(filled())
    assert (signal.event, signal.state, signal.dedup_key) == ("trigger", "open", "10528")
    assert (signal.title, signal.service, signal.severity) == ("Disk is full", "db-1", "sev1")
    page = "https://zabbix.example.com/tr_events.php?triggerid=14032&eventid=10528"
    assert signal.links == (page,)


@pytest.mark.parametrize(
    ("macros", "event", "state"),
    [
        ({"EVENT_VALUE": "0"}, "resolve", "resolved"),
        ({"EVENT_UPDATE_ACTION": "acknowledged", "EVENT_ACK_STATUS": "Yes"}, "ack", "acknowledged"),
        ({"EVENT_UPDATE_ACTION": "acknowledged, commented"}, "ack", "acknowledged"),
        ({"EVENT_ACK_STATUS": "Yes"}, "ack", "acknowledged"),
        ({"EVENT_UPDATE_ACTION": "unacknowledged"}, "update", "open"),
        ({"EVENT_UPDATE_ACTION": "commented"}, "update", None),
        (
            {"EVENT_UPDATE_ACTION": "commented", "EVENT_ACK_STATUS": "Yes"},
            "update",
            "acknowledged",
        ),
        ({"EVENT_UPDATE_STATUS": "1"}, "update", None),
    ],
)
def test_what_happened_to_a_problem(macros: dict[str, str], event: str, state: str | None) -> None:
    signal = read(filled(**macros))
    assert (signal.event, signal.state) == (event, state)


@pytest.mark.parametrize(
    ("macros", "sent_at"),
    [
        ({"EVENT_TIMESTAMP": "1718000000"}, 1718000000),
        ({"EVENT_VALUE": "0", "EVENT_RECOVERY_TIMESTAMP": "1718000060"}, 1718000060),
        ({"EVENT_ACK_STATUS": "Yes", "EVENT_UPDATE_TIMESTAMP": "1718000030"}, 1718000030),
        ({"EVENT_VALUE": "0", "EVENT_TIMESTAMP": "1718000000"}, None),
    ],
)
def test_newer_versions_tell_when(macros: dict[str, str], sent_at: int | None) -> None:
    found = read(filled(**macros)).sent_at
    assert (found.timestamp() if found else None) == sent_at


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("Disaster", "sev1"),
        ("High", "sev2"),
        ("Average", "sev3"),
        ("Warning", "sev3"),
        ("Information", "sev5"),
        ("Not classified", None),
        ("5", "sev1"),
        ("2", "sev3"),
        ("0", None),
    ],
)
def test_severities_are_words_or_numbers_that_rise(word: str, severity: str | None) -> None:
    assert read(filled(EVENT_SEVERITY=word)).severity == severity


def test_a_macro_that_cannot_be_resolved_is_no_value() -> None:
    signal = read(filled(HOST_HOST="*UNKNOWN*", EVENT_NAME="Ping is *UNKNOWN*"))
    assert (signal.service, signal.title) == (None, "Ping is *UNKNOWN*")


def test_without_event_id_the_trigger_ties_problem_and_recovery() -> None:
    recovery = {"status": "OK", "trigger": "Zabbix agent is reachable"}
    link = {"link": ELSEWHERE["link"].replace("10528", "10529")}
    problem, ended = read(ELSEWHERE), read(ELSEWHERE | recovery | link)
    assert (problem.dedup_key, ended.dedup_key) == ("14032", "14032")
    assert (problem.event, ended.event) == ("trigger", "resolve")
    assert problem.links == (ELSEWHERE["link"],)


def test_without_any_id_title_and_host_tie() -> None:
    body = {"hostname": "db-1", "subject": "Disk is full", "status": "PROBLEM"}
    fired, ended = read(body), read(body | {"status": "RESOLVED"})
    assert fired.dedup_key == ended.dedup_key is not None
    assert read_all(SourceKind.ZABBIX, {"subject": "Disk is full"}) == ()
