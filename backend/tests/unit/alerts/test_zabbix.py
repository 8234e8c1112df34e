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


def test_the_word_of_a_severity_counts_before_its_number() -> None:
    told = {"severity_text": "Disaster", "nseverity": "5"}
    signal = read({"event_id": "7", "event_value": "1", "trigger": told, "AlertURL": PAGE})
    assert (signal.severity_raw, signal.links) == ("Disaster", (PAGE,))


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


STARTED = "Problem name: Disk is full\r\nHost: db-1\r\nSeverity: High\r\nOriginal problem ID: 7\r\n"
PAGE = "https://zabbix.example.com/tr_events.php?triggerid=9&eventid=7"


@pytest.mark.parametrize(
    "body",
    [
        {
            "EVENT.ID": "7",
            "EVENT.NAME": "Disk is full",
            "EVENT.SEVERITY": "High",
            "EVENT.VALUE": "1",
            "EVENT.RECOVERY.VALUE": "{EVENT.RECOVERY.VALUE}",
            "HOST.HOST": "db-1",
            "HOST.NAME": "Database",
            "TRIGGER.ID": "9",
            "ZABBIX.URL": "https://zabbix.example.com/",
        },
        {
            "Event_ID": "7",
            "Subject": "Problem: Disk is full",
            "Severity": "High",
            "Hostname": "db-1",
            "Trigger_ID": "9",
            "Trigger_Status": "PROBLEM",
            "Zabbix_URL": "https://zabbix.example.com/",
        },
        {
            "event": {"id": "7", "name": "Disk is full", "severity": "High", "value": "1"},
            "host": {"host": "db-1"},
            "trigger": {"id": "9", "url": PAGE},
        },
        {
            "alert_id": "7",
            "alert_name": "Disk is full",
            "severity": "High",
            "state": "firing",
            "host": "db-1",
            "acknowledged": "No",
            "event_url": PAGE,
        },
        {
            "event_id": "7",
            "event_value": "1",
            "title": "Problem: Disk is full",
            "description": STARTED,
            "trigger_id": "9",
            "zabbix_url": "https://zabbix.example.com",
        },
        {"event_value": "1", "message": STARTED, "alert_url": PAGE},
        {
            "alert_uid": "7",
            "title": "Disk is full",
            "state": "alerting",
            "message": STARTED,
            "link_to_upstream_details": PAGE,
        },
    ],
)
def test_members_are_known_in_any_spelling_and_nesting(body: dict[str, Any]) -> None:
    signal = read(body)
    assert (signal.event, signal.title, signal.dedup_key) == ("trigger", "Disk is full", "7")
    assert (signal.severity_raw, signal.service, signal.links) == ("High", "db-1", (PAGE,))


def test_a_recovery_that_knows_its_own_value_ends() -> None:
    body = {"event_id": "7", "event_name": "Disk", "event_recovery_value": "0"}
    assert read(body).event == "resolve"


@pytest.mark.parametrize(
    ("subject", "event"),
    [
        ("Problem: Disk is full", "trigger"),
        ("Resolved in 28m 49s: Disk is full", "resolve"),
        ("Resolved: Disk is full", "resolve"),
        ("OK: Disk is full", "resolve"),
        ("[RESOLVED] Disk is full", "resolve"),
        ("Updated problem in 2m: Disk is full", "update"),
    ],
)
def test_subject_and_message_of_zabbix_are_enough(subject: str, event: str) -> None:
    signal = read({"to": "x", "subject": subject, "message": STARTED})
    assert (signal.event, signal.title, signal.dedup_key) == (event, "Disk is full", "7")
    assert (signal.severity_raw, signal.service) == ("High", "db-1")


def test_a_subject_alone_ties_problem_and_recovery() -> None:
    fired, ended = read({"subject": "PROBLEM: Disk"}), read({"subject": "OK: Disk"})
    assert fired.dedup_key == ended.dedup_key is not None


def test_events_of_a_connector_stand_in_lines() -> None:
    lines = (
        b'{"clock":1718000000,"ns":1,"value":1,"eventid":42,"name":"Disk is full","severity":4,'
        b'"hosts":[{"host":"db-1","name":"Database"}],"groups":[],"tags":[]}\n'
        b'{"clock":1718000060,"ns":1,"value":0,"eventid":43,"p_eventid":42}\n'
    )
    fired, ended = read_all(SourceKind.ZABBIX, lines)
    assert (fired.event, fired.dedup_key, fired.title) == ("trigger", "42", "Disk is full")
    assert (fired.severity, fired.service) == ("sev2", "db-1")
    assert fired.opened_at is not None
    assert fired.opened_at.timestamp() == 1718000000
    assert (ended.event, ended.dedup_key, ended.opened_at) == ("resolve", "42", None)
    assert ended.sent_at is not None
    assert ended.sent_at.timestamp() == 1718000060


def test_values_of_items_are_about_no_alert() -> None:
    body = {"itemid": 4, "name": "CPU", "clock": 1718000000, "value": 1, "host": {"host": "a"}}
    assert read_all(SourceKind.ZABBIX, body) == ()


def test_a_description_stands_in_for_the_title() -> None:
    body = {"event_id": "7", "event_status": "1", "trigger_description": "No answer to ping"}
    assert read(body).title == "No answer to ping"
