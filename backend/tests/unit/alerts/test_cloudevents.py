"""CloudEvents: three ways to come, events of known senders, and plain ones."""

import base64
import json
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
    assert read_one(KIND, event(data_base64="!")).title == "com.example.someevent"


def test_data_that_is_text_is_the_title() -> None:
    headers = {"ce_id": "1", "ce_source": "/here", "ce_type": "com.example.alert.fired"}
    signal = read_one(KIND, b"The queue is long", content_type="text/plain", **headers)
    assert signal.title == "The queue is long"


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


@pytest.mark.parametrize(
    "type_",
    ["dev.cdevents.service.deployed.0.2.0", "sh.keptn.event.deployment.triggered",
     "dev.cdevents.incident.detectedness.0.1.0"],
)  # fmt: skip
def test_changes_are_no_alerts(type_: str) -> None:
    assert read_one(KIND, event(type_, data={"stage": "dev"})).event == "other"


def test_a_problem_of_keptn_from_beginning_to_end() -> None:
    def problem(state: str) -> dict[str, Any]:
        data = {"ProblemTitle": "Slow", "State": state, "ProblemURL": "https://x.test/"}
        return event("sh.keptn.event.problem.open", shkeptncontext="c1", data=data)

    opened, resolved = (read_one(KIND, problem(state)) for state in ("OPEN", "RESOLVED"))
    assert (opened.event, opened.state, opened.dedup_key) == ("trigger", "open", "c1")
    assert (resolved.event, resolved.state, resolved.dedup_key) == ("resolve", "resolved", "c1")
    finished = event("sh.keptn.event.get-action.finished", shkeptncontext="c1")
    told = read_one(KIND, finished | {"data": {"problem": {"problemTitle": "Slow"}}})
    assert (told.event, told.state) == ("update", None)
