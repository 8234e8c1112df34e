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
