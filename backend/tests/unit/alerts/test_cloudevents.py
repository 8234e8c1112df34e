"""CloudEvents: three ways to come, events of known senders, and plain ones."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

KIND = SourceKind.CLOUDEVENTS
STRUCTURED = "application/cloudevents+json; charset=utf-8"
BATCH = "application/cloudevents-batch+json"
DETECTED = json.loads(
    case("cloudevents/01-cdevents-incident-detected-structured.json").message.body
)


def event(type_: str = "com.example.someevent", **members: Any) -> dict[str, Any]:
    return {"specversion": "1.0", "id": "1", "source": "/here", "type": type_, **members}


def test_a_batch_is_several_signals_each_event_once() -> None:
    events = [DETECTED, DETECTED | {"id": "2", "subject": "incident-2"}, DETECTED]
    first, second = read_all(KIND, events, content_type=BATCH)
    assert (first.dedup_key, second.dedup_key) == ("incident-123", "incident-2")
    assert first.message_id == second.message_id


def test_an_empty_batch_is_no_alert() -> None:
    assert read_all(KIND, [], content_type=BATCH) == ()


def test_a_batch_of_one_is_the_same_message_as_its_event_alone() -> None:
    alone = read_one(KIND, DETECTED, content_type=STRUCTURED)
    assert read_one(KIND, [DETECTED], content_type=BATCH) == alone


def test_source_and_id_together_name_an_event() -> None:
    names = {
        read_one(KIND, event(**members)).message_id
        for members in ({}, {"id": "2"}, {"source": "/there"}, {"time": "2026-11-23T08:00:00Z"})
    }
    assert len(names) == 3
    assert read_one(KIND, event(source=None)).message_id is None


def test_binary_and_structured_are_the_same() -> None:
    envelope = {name: value for name, value in DETECTED.items() if name != "data"}
    headers = {f"ce_{name}": str(value) for name, value in envelope.items()}
    binary = read_one(KIND, DETECTED["data"], content_type="application/json", **headers)
    assert binary == read_one(KIND, DETECTED, content_type=STRUCTURED)


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ('"Euro \\"quoted\\""', 'Euro "quoted"'),
        ("%C0%A0", "\ufffd\ufffd"),
        ('"', '"'),
    ],
)
def test_values_in_headers_are_quoted_or_percent_encoded(value: str, title: str) -> None:
    signal = read_one(KIND, {}, ce_id="1", ce_type="falco.rule.output.v1", ce_rule=value)
    assert signal.title == title


def test_data_may_be_base64() -> None:
    encoded = base64.b64encode(json.dumps(DETECTED["data"]).encode()).decode()
    envelope = {name: value for name, value in DETECTED.items() if name != "data"}
    assert read_one(KIND, envelope | {"data_base64": encoded}) == read_one(KIND, DETECTED)


@pytest.mark.parametrize("broken", ["!", "a", "aGFsZg"])
def test_data_that_is_no_base64_is_none(broken: str) -> None:
    assert read_one(KIND, event(data_base64=broken)).title == "com.example.someevent"


def test_in_version_0_3_data_may_be_base64_too() -> None:
    encoded = base64.b64encode(json.dumps(DETECTED["data"]).encode()).decode()
    older = {"specversion": "0.3", "datacontentencoding": "base64", "data": encoded}
    assert read_one(KIND, DETECTED | older) == read_one(KIND, DETECTED)


def test_data_that_is_text_is_the_title() -> None:
    headers = {"ce_id": "1", "ce_source": "/here", "ce_type": "com.example.alert.fired"}
    signal = read_one(KIND, b"The queue is long", content_type="text/plain", **headers)
    assert signal.title == "The queue is long"
    assert (
        read_one(KIND, b"<queue/>", content_type="text/xml", **headers).title == headers["ce_type"]
    )


def test_cdevents_come_without_envelope_too() -> None:
    bare = DETECTED["data"]
    signal, enveloped = read_one(KIND, bare), read_one(KIND, DETECTED)
    for name in ("event", "title", "dedup_key", "service", "opened_at", "message_id"):
        assert getattr(signal, name) == getattr(enveloped, name)
    assert read_all(KIND, {"context": {"id": "1"}, "subject": {}}) == ()


def test_an_incident_of_cdevents_may_tell_its_severity_and_name_its_service() -> None:
    content = {"description": "Slow", "severity": "critical", "service": "shop"}
    data = {"subject": {"id": "i", "content": content}}
    signal = read_one(KIND, DETECTED | {"data": data})
    assert (signal.severity_raw, signal.service) == ("critical", "shop")


@pytest.mark.parametrize(
    ("type_", "data", "kind"),
    [
        ("com.example.someevent", None, "trigger"),
        ("com.example.alert.fired.v1", None, "trigger"),
        ("com.example.alert.resolved.v1.0", None, "resolve"),
        ("com.example.checkRecovered", None, "resolve"),
        ("com.example.alert.acknowledged", None, "ack"),
        ("com.example.alert.resolved", {"status": "firing"}, "trigger"),
        ("com.example.alert.changed", {"state": "OK"}, "resolve"),
        ("com.example.alert", {"status": "of our own"}, "trigger"),
    ],
)
def test_words_of_plain_events(type_: str, data: Any, kind: str) -> None:
    assert read_one(KIND, event(type_, data=data)).event == kind


def test_a_plain_event_is_read_by_usual_names() -> None:
    data = {
        "title": "Checkout is slow",
        "severity": "high",
        "service": "checkout",
        "url": "https://x.test/",
    }
    moment = "2026-11-23T08:00:00Z"
    signal = read_one(KIND, event(subject="checkout/slow", time=moment, data=data))
    assert (signal.title, signal.dedup_key) == ("Checkout is slow", "checkout/slow")
    assert (signal.severity, signal.service, signal.links) == (
        "sev2",
        "checkout",
        ("https://x.test/",),
    )
    assert signal.opened_at == signal.sent_at
    bare = read_one(KIND, event())
    assert (bare.title, bare.dedup_key, bare.service) == ("com.example.someevent", "1", "/here")


@pytest.mark.parametrize("name", ["fingerprint", "alert_id", "alertId", "Dedup-Key"])
def test_without_subject_a_key_in_the_data_ties_events_together(name: str) -> None:
    fired = read_one(KIND, event("com.example.alert.fired", data={name: 7}))
    ended = read_one(KIND, event("com.example.alert.resolved", id="2", data={name: 7}))
    assert (fired.event, ended.event) == ("trigger", "resolve")
    assert fired.dedup_key == ended.dedup_key == "7"
    assert read_one(KIND, event(subject="s", data={name: 7})).dedup_key == "s"


@pytest.mark.parametrize("member", ["alert", "incident", "alert_definition"])
def test_the_data_may_hold_the_alert_and_more(member: str) -> None:
    alert = {"id": "a1", "name": "Slow", "severity": "ERROR", "status": "resolved"}
    signal = read_one(KIND, event(data={member: alert, "timestamp": 1}))
    assert (signal.event, signal.title, signal.dedup_key) == ("resolve", "Slow", "a1")
    assert signal.severity == "sev2"


def test_notifications_of_ibm_cloud_are_told_by_extensions() -> None:
    extensions = {"ibmendefaultshort": "ERROR - Slow", "ibmenseverity": "HIGH"}
    signal = read_one(KIND, event("com.ibm.cloud.logs.Alert:AlertTriggered", **extensions))
    assert (signal.title, signal.severity) == ("ERROR - Slow", "sev2")


def test_names_in_the_data_may_be_written_otherwise() -> None:
    data = {"Title": "Slow", "SeverityText": "ERROR", "serviceName": "shop", "State": "Resolved"}
    signal = read_one(KIND, event(data=data | {"runbookUrl": "https://x.test/"}))
    assert (signal.title, signal.severity, signal.service) == ("Slow", "sev2", "shop")
    assert (signal.event, signal.links) == ("resolve", ("https://x.test/",))


def test_an_alert_of_prometheus_is_read_by_its_annotations_and_labels() -> None:
    alert: dict[str, Any] = {
        "status": "resolved",
        "labels": {"alertname": "Slow", "severity": "warning", "service": "shop"},
        "annotations": {"runbook_url": "https://wiki.test/slow"},
        "startsAt": "2026-11-23T08:00:00Z",
        "generatorURL": "https://prometheus.test/graph",
    }
    signal = read_one(KIND, event(data=alert))
    assert (signal.event, signal.title, signal.severity_raw) == ("resolve", "Slow", "warning")
    assert signal.service == "shop"
    assert signal.opened_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert signal.links == ("https://prometheus.test/graph", "https://wiki.test/slow")
    alert["annotations"]["summary"] = "The shop is slow"
    assert read_one(KIND, event(data={"alert": alert})).title == "The shop is slow"


@pytest.mark.parametrize(
    "type_",
    ["dev.cdevents.service.deployed.0.2.0", "sh.keptn.event.deployment.triggered",
     "dev.tekton.event.pipelinerun.started.v1", "Microsoft.EventGrid.SubscriptionDeletedEvent",
     "dev.cdevents.incident.detectedness.0.1.0"],
)  # fmt: skip
def test_changes_are_no_alerts(type_: str) -> None:
    signal = read_one(KIND, event(type_, data={"stage": "dev"}))
    assert (signal.event, signal.title, signal.service) == ("other", type_, "/here")
    named = read_one(KIND, event("sh.keptn.event.test.triggered", data={"service": "shop"}))
    assert named.service == "shop"


def test_a_problem_of_keptn_from_beginning_to_end() -> None:
    def problem(state: str) -> dict[str, Any]:
        data = {"ProblemTitle": "Slow", "State": state, "ProblemURL": "https://x.test/"}
        return event("sh.keptn.event.problem.open", shkeptncontext="c1", data=data)

    opened, resolved = (read_one(KIND, problem(state)) for state in ("OPEN", "RESOLVED"))
    assert (opened.event, opened.state, opened.dedup_key) == ("trigger", "open", "c1")
    assert (resolved.event, resolved.state, resolved.dedup_key) == ("resolve", "resolved", "c1")
    finished = event("sh.keptn.event.get-action.finished", shkeptncontext="c1")
    labels = {"Problem URL": "https://x.test/2", "owner": "Ada"}
    data = {"problem": {"problemTitle": "Slow"}, "labels": labels}
    told = read_one(KIND, finished | {"data": data})
    assert told.links == ("https://x.test/2",)
    assert (told.event, told.state) == ("update", None)


def test_an_end_with_the_id_of_its_beginning_is_another_message() -> None:
    # As the custom notification of Dynatrace for Keptn has it: context and id are the problem's.
    def problem(state: str) -> dict[str, Any]:
        began = {"startTime": 1587624420000, "severityLevel": "PERFORMANCE"}
        data = {"ProblemTitle": "Slow", "ImpactedEntity": "carts", "ProblemDetails": began}
        members = {"shkeptncontext": "p1", "id": "p1", "time": "", "data": data | {"State": state}}
        return event("sh.keptn.events.problem", **members)

    opened, resolved = (read_one(KIND, problem(state)) for state in ("OPEN", "RESOLVED"))
    assert opened.message_id != resolved.message_id
    assert opened == read_one(KIND, problem("OPEN"))
    assert (opened.dedup_key, opened.service) == (resolved.dedup_key, "carts")
    assert opened.opened_at == resolved.opened_at == datetime(2020, 4, 23, 6, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        {"problem": {"problemTitle": "Slow", "PID": "p1"}},
        {"remediation": {"problem": {"ProblemTitle": "Slow", "PID": "p1"}}},
        {"problemtitle": "Slow", "state": "open", "pid": "p1"},
    ],
)
def test_a_problem_of_keptn_wherever_it_stands(data: dict[str, Any]) -> None:
    signal = read_one(KIND, event("sh.keptn.event.remediation.triggered", data=data))
    assert (signal.event, signal.title, signal.dedup_key) == ("trigger", "Slow", "p1")
