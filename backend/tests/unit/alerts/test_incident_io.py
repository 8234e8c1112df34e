"""incident.io: proofs, attributes of alerts, incidents, and private things."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.incident_io import FORMAT
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import signed_requests
from tests.unit.alerts.reading import read_one

KIND = SourceKind.INCIDENT_IO
GENUINE = next(found for found in signed_requests() if found.kind is KIND and found.valid)
SECRET = SourceSettings(secrets=("a new one", "tool-token"))


def is_accepted(message: Message, settings: SourceSettings) -> bool:
    try:
        FORMAT.verify(message, settings)
    except SignatureMismatch:
        return False
    return True


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(290, True), (-290, True), (310, False), (-310, False)]
)
def test_a_signature_ages_in_both_directions(*, seconds: int, accepted: bool) -> None:
    settings = replace(GENUINE.settings, now=GENUINE.settings.now + timedelta(seconds=seconds))
    assert is_accepted(GENUINE.message, settings) is accepted


def test_a_signature_needs_a_clock() -> None:
    assert not is_accepted(GENUINE.message, SourceSettings(secrets=GENUINE.settings.secrets))


def test_headers_may_have_the_name_of_svix() -> None:
    headers = {
        name.replace("webhook-", "svix-"): value for name, value in GENUINE.message.headers.items()
    }
    assert is_accepted(replace(GENUINE.message, headers=headers), GENUINE.settings)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_every_part_of_the_signature_is_needed(name: str) -> None:
    headers = {key: value for key, value in GENUINE.message.headers.items() if key != name}
    assert not is_accepted(replace(GENUINE.message, headers=headers), GENUINE.settings)


@pytest.mark.parametrize(
    ("headers", "url", "accepted"),
    [
        ({"authorization": "Bearer tool-token"}, "", True),
        ({"authorization": "bearer  tool-token"}, "", True),
        ({}, "https://here.test/api?token=tool-token", True),
        ({"authorization": "Basic tool-token"}, "", False),
        ({"authorization": "Bearer other"}, "https://here.test/?token=", False),
        ({}, "https://[/?token=tool-token", False),
        # Who signs is believed by the signature alone.
        ({"authorization": "Bearer tool-token", "webhook-signature": "v1,AAAA"}, "", False),
    ],
)
def test_tools_prove_themselves_with_a_token(
    *, headers: dict[str, str], url: str, accepted: bool
) -> None:
    assert is_accepted(Message(headers=headers, body=b"{}", url=url), SECRET) is accepted


def alert(*attributes: dict[str, Any]) -> Signal:
    named = {"id": "A1", "status": "firing", "title": "Slow", "attributes": list(attributes)}
    event_type = "public_alert.alert_created_v1"
    return read_one(KIND, {"event_type": event_type, event_type: named}, webhook_id="msg_1")


def test_severity_and_service_are_attributes_of_the_user() -> None:
    signal = alert(
        {
            "attribute": {"name": "How bad", "type": 'CatalogEntry["AlertPriority"]'},
            "value": {"catalog_entry": {"name": "P2"}},
        },
        {
            "attribute": {"name": "Affected services", "type": "String"},
            "array_value": [{"literal": "checkout"}, {"literal": "search"}],
        },
    )
    assert (signal.severity_raw, signal.severity, signal.service) == ("P2", "sev2", "checkout")
    assert (signal.dedup_key, signal.message_id) == ("A1", "msg_1")


def incident(event_type: str, *, category: str = "live", **facts: Any) -> Signal:
    named = {
        "id": "01FDAG4SAP5TYPT98WGR2N7W91",
        "reference": "INC-123",
        "name": "Database is slow",
        "permalink": "https://app.incident.io/incidents/123",
        "severity": {"name": "Major"},
        "incident_status": {"name": "Somewhere", "category": category},
        "mode": "standard",
        "created_at": "2021-08-17T13:28:57.801578Z",
        "updated_at": "2021-08-17T13:30:00Z",
        **facts,
    }
    data = {"incident": named} if "status" in event_type else named
    return read_one(KIND, {"event_type": event_type, event_type: data})


def test_an_incident_that_people_declared_opens_one_here() -> None:
    signal = incident("public_incident.incident_created_v2")
    assert (signal.event, signal.state, signal.title) == ("trigger", "open", "Database is slow")
    assert (signal.severity_raw, signal.severity) == ("Major", "sev2")
    assert signal.links == ("https://app.incident.io/incidents/123",)


@pytest.mark.parametrize(
    ("category", "event"),
    [("triage", "update"), ("live", "update"), ("learning", "resolve"), ("closed", "resolve"),
     ("declined", "resolve"), ("merged", "resolve")],
)  # fmt: skip
def test_an_incident_is_over_when_it_leaves_its_live_statuses(category: str, event: str) -> None:
    signal = incident("public_incident.incident_status_updated_v2", category=category)
    assert signal.event == event


def test_an_incident_in_a_status_that_nobody_knows_goes_on() -> None:
    signal = incident("public_incident.incident_updated_v2", category="of tomorrow")
    assert (signal.event, signal.state) == ("update", "open")


def test_all_pages_about_an_incident_are_kept() -> None:
    signal = incident(
        "public_incident.incident_updated_v2",
        call_url="https://calls.example.org/1",
        slack_channel_url="https://chat.example.org/inc-1",
        postmortem_document_url="https://docs.example.org/1",
        external_issue_reference={
            "issue_name": "OPS-1",
            "issue_permalink": "https://tickets.example.org/OPS-1",
            "provider": "jira",
        },
        custom_field_entries=[
            {
                "custom_field": {"name": "Runbook", "field_type": "link"},
                "values": [{"value_link": "https://wiki.example.org/slow"}],
            }
        ],
    )
    assert signal.links == (
        "https://app.incident.io/incidents/123",
        "https://calls.example.org/1",
        "https://chat.example.org/inc-1",
        "https://docs.example.org/1",
        "https://tickets.example.org/OPS-1",
        "https://wiki.example.org/slow",
    )


@pytest.mark.parametrize(
    "value",
    [
        {"value_catalog_entry": {"id": "01", "name": "checkout"}},
        {"value_option": {"id": "01", "value": "checkout"}},
        {"value_text": "checkout"},
    ],
)
def test_the_service_of_an_incident_is_a_custom_field(value: dict[str, Any]) -> None:
    entries = [
        {"custom_field": {"name": "Affected Team"}, "values": [{"value_text": "shop"}]},
        {"custom_field": {"name": "Affected services"}, "values": [value]},
    ]
    signal = incident("public_incident.incident_created_v2", custom_field_entries=entries)
    assert signal.service == "checkout"


def test_a_new_status_is_told_with_what_people_said() -> None:
    event_type = "public_incident.incident_status_updated_v2"
    named = {"id": "01", "name": "Slow", "incident_status": {"category": "closed"}}
    data = {"incident": named, "message": "The fix is out", "new_status": {"category": "closed"}}
    signal = read_one(KIND, {"event_type": event_type, event_type: data})
    assert signal.facts[0].text == "incident.io alert resolved: Slow\n\nThe fix is out"


def test_addresses_among_the_attributes_are_kept() -> None:
    runbook = {"literal": "https://wiki.example.org/slow", "label": "https://wiki.example.org/slow"}
    attribute = {"name": "Runbook", "type": "Text"}
    signal = alert({"attribute": attribute, "value": runbook})
    assert signal.links == ("https://wiki.example.org/slow",)


def test_test_incidents_and_private_things_open_nothing() -> None:
    assert incident("public_incident.incident_created_v2", mode="test").event == "other"
    private = "private_incident.incident_created_v2"
    assert read_one(KIND, {"event_type": private, private: {"id": "01"}}).event == "other"
    follow_up = "public_incident.follow_up_created_v1"
    assert read_one(KIND, {"event_type": follow_up, follow_up: {"id": "01"}}).event == "other"


def test_an_event_without_deduplication_key_is_an_alert_of_its_own() -> None:
    body = {"title": "Slow", "status": "firing", "metadata": {"priority": "P1", "service": "shop"}}
    signal = read_one(KIND, body)
    assert (signal.event, signal.dedup_key) == ("trigger", None)
    assert (signal.severity, signal.service) == ("sev1", "shop")


def test_addresses_in_the_metadata_are_kept() -> None:
    body = {
        "title": "Slow",
        "status": "firing",
        "source_url": "https://monitoring.example.org/1",
        "metadata": {"runbook": "https://wiki.example.org/slow", "team": ["https://a.test/"]},
    }
    links = ("https://monitoring.example.org/1", "https://wiki.example.org/slow")
    assert read_one(KIND, body).links == links


@pytest.mark.parametrize(
    ("metadata", "service"),
    [
        ({"service": "checkout", "host": "web-1"}, "checkout"),
        ({"service": ["checkout", "search"]}, "checkout"),
        ({"service": "", "host": "web-1", "state": "CRITICAL"}, "web-1"),
        ({"host_name": "web-1", "service_desc": "HTTP"}, "web-1"),
        ({"team": "shop"}, None),
    ],
)
def test_an_event_is_about_a_service_or_a_host(
    metadata: dict[str, Any], service: str | None
) -> None:
    body = {"title": "Slow", "status": "firing", "metadata": metadata}
    assert read_one(KIND, body).service == service


def test_an_end_needs_no_title() -> None:
    signal = read_one(KIND, {"status": "resolved", "deduplication_key": "slow"})
    assert (signal.event, signal.dedup_key, signal.title) == ("resolve", "slow", None)
