"""Splunk On-Call: what tools post, all variables at once, and escalation webhooks."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

VARIABLES = {
    "INCIDENT.INCIDENT_ID": "14",
    "INCIDENT.INCIDENT_NAME": "#14",
    "INCIDENT.INCIDENT_TIMESTAMP": 1591156454582,
    "INCIDENT.HOST": "",
    "INCIDENT.SERVICE": "orders",
    "INCIDENT.CURRENT_PHASE": "UNACKED",
    "INCIDENT.ENTITY_STATE": "CRITICAL",
    "INCIDENT.ENTITY_DISPLAY_NAME": "Orders are slow",
    "INCIDENT.TAGS.0": "routingdefault",
    "ALERT.monitoring_tool": "manual",
    "ALERT.VO_ALERT_RCV_TIME": "1591156460000",
    "ALERT.message_type": "CRITICAL",
    "ALERT.entity_id": "bb065e38",
    "ALERT.state_message": "p99 is 4 s",
    "STATE.CURRENT_ALERT_PHASE": "UNACKED",
    "STATE.ACKED_BY": None,
}
ESCALATION = (
    b"incident=31&monitoring_tool=%22manual%22&vo_alert_rcv_time=%221602527561967%22"
    b"&entity_display_name=%22Testing+paging%22&message_type=%22CRITICAL%22&message="
    b"&entity_id=%2203890e97%22&state_message=%22it%27s+slow%22"
)


def read(body: Any, **headers: str) -> Signal:
    return read_one(SourceKind.SPLUNK_ON_CALL, body, **headers)


@pytest.mark.parametrize(
    ("message_type", "event", "state"),
    [
        ("CRITICAL", "trigger", "open"),
        ("warning", "trigger", "open"),
        ("INFO", "update", None),
        ("ACKNOWLEDGEMENT", "ack", "acknowledged"),
        ("ACKNOWLEDGMENT", "ack", "acknowledged"),
        ("RECOVERY", "resolve", "resolved"),
        ("SOMETHING", "update", None),
    ],
)
def test_what_tools_post_is_known_by_its_type(
    message_type: str, event: str, state: str | None
) -> None:
    signal = read({"message_type": message_type, "entity_id": "db/disk"})
    assert (signal.event, signal.state) == (event, state)
    assert (signal.dedup_key, signal.title, signal.service) == ("db/disk", "db/disk", "db")


def test_a_post_without_entity_is_a_new_alert_or_none() -> None:
    fired = read({"message_type": "CRITICAL", "state_message": "Disk is full\nfor real"})
    assert (fired.event, fired.dedup_key, fired.title) == ("trigger", None, "Disk is full")
    assert read({"message_type": "RECOVERY"}).event == "other"


def test_a_post_began_with_its_state_and_links_what_is_annotated_as_address() -> None:
    body = {
        "message_type": "CRITICAL",
        "entity_id": "db",
        "state_start_time": 1718000000,
        "vo_annotate.u.Runbook": "https://runbooks.example.com/db",
        "vo_annotate.s.Note": "https://not.a/link",
    }
    signal = read(body)
    assert signal.opened_at == signal.sent_at is not None
    assert signal.links == ("https://runbooks.example.com/db",)


@pytest.mark.parametrize(
    ("phase", "event"), [("UNACKED", "trigger"), ("ACKED", "ack"), ("RESOLVED", "resolve")]
)
def test_all_variables_at_once(phase: str, event: str) -> None:
    signal = read(VARIABLES | {"INCIDENT.CURRENT_PHASE": phase})
    assert (signal.event, signal.dedup_key, signal.severity) == (event, "14", "sev1")
    assert (signal.title, signal.service) == ("Orders are slow", "orders")
    assert signal.sent_at is not None
    assert signal.sent_at.timestamp() == 1591156460


def test_our_template() -> None:
    template = FORMATS[SourceKind.SPLUNK_ON_CALL].guide.snippet or ""
    filled = json.loads(template)
    for name, variable in filled.items():
        filled[name] = VARIABLES.get(variable.removeprefix("${{").removesuffix("}}"), variable)
    signal = read(filled)
    assert (signal.event, signal.dedup_key) == ("trigger", "14")
    assert signal.opened_at is not None
    assert signal.opened_at.timestamp() == 1591156454.582
    assert signal.title == "bb065e38"  # a variable without value is no title


def test_values_of_escalation_webhooks_are_json() -> None:
    signal = read(ESCALATION, content_type="application/x-www-form-urlencoded")
    assert (signal.event, signal.dedup_key, signal.severity_raw) == ("trigger", "31", "CRITICAL")
    assert (signal.title, signal.service) == ("Testing paging", "manual")
    assert signal.sent_at is not None
    assert signal.facts[0].text.endswith("it's slow")


def test_chats_and_shifts_are_about_no_alert() -> None:
    assert read_all(SourceKind.SPLUNK_ON_CALL, {"CHAT.TEXT": "hello", "CHAT.USER_ID": "ada"}) == ()


def test_tools_name_their_pages_in_their_own_way() -> None:
    page = "https://errors.example.com/7"
    body = {"message_type": "WARNING", "entity_id": 7, "image_url": "https://x.example.com/7.png"}
    assert read(body | {"issue_url": page, "event_url": page}).links == (page,)


def test_ok_is_another_word_for_recovery() -> None:
    signal = read({"message_type": "OK", "entity_id": "7", "hostname": "db-1"})
    assert (signal.event, signal.severity_raw, signal.severity) == ("resolve", "OK", None)
    assert signal.service == "db-1"


@pytest.mark.parametrize(
    ("entity", "title", "service"),
    [
        ("disk.space/db01", "Low disk space on DB01", "db01"),
        ("db01/disk.space", "Low disk space on DB01", "db01"),
        ("db01/disk.space", "Full", "db01"),
        ("disk space/db01.example.com", "Low disk space on DB01", "db01.example.com"),
        ("disk space/low inodes", "Full", "disk space"),
        ("Shop Watch/12", "Shop Watch alert: till", "Shop Watch"),
    ],
)
def test_the_title_tells_which_part_of_an_entity_is_the_host(
    entity: str, title: str, service: str
) -> None:
    body = {"message_type": "CRITICAL", "entity_id": entity, "entity_display_name": title}
    assert read(body).service == service


@pytest.mark.parametrize(
    "body",
    [
        {
            "incident": {"incident_id": "14", "current_phase": "ACKED", "service": "orders"},
            "alert": {"message_type": "ACKNOWLEDGEMENT", "vo_alert_rcv_time": "1591156460000"},
            "state": {"current_alert_phase": "ACKED", "entity_display_name": "Orders are slow"},
        },
        {
            "sourcetype": "_json",
            "event": {
                "IncidentNum": "14",
                "CURRENT_ALERT_PHASE": "ACKED",
                "alertService": "orders",
                "entity_display_name": "Orders are slow",
                "message_type": "ACKNOWLEDGEMENT",
                "VO_ALERT_RCV_TIME": "1591156460000",
            },
        },
    ],
)
def test_members_are_known_in_any_spelling_and_nesting(body: Any) -> None:
    signal = read(body)
    assert (signal.event, signal.dedup_key) == ("ack", "14")
    assert (signal.title, signal.service) == ("Orders are slow", "orders")
    assert signal.sent_at is not None
    assert signal.sent_at.timestamp() == 1591156460


def test_when_the_incident_began_is_not_when_the_message_was_sent() -> None:
    body = {"incident_number": "14", "phase": "ACKED", "incident_timestamp": "1591156454582"}
    assert read(body).sent_at is None


def test_addresses_in_a_text_end_before_the_sentence_does() -> None:
    body = {"message_type": "CRITICAL", "state_message": "See (https://x.example.com/a?b=c)."}
    assert read(body).links == ("https://x.example.com/a?b=c",)


@pytest.mark.parametrize(
    ("person", "line"),
    [
        ({"ack_author": "ada"}, "Splunk On-Call alert acknowledged by ada: db"),
        ({"STATE.ACK_USER": "SYSTEM"}, "Splunk On-Call alert acknowledged: db"),
    ],
)
def test_who_acknowledged_is_told(person: dict[str, str], line: str) -> None:
    body = {"message_type": "ACKNOWLEDGEMENT", "entity_id": "db"}
    assert read(body | person).facts[0].text == line
