"""Any JSON through a JMESPath mapping."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from secondstory.alerts.formats.contract import Message, SourceSettings
from secondstory.alerts.formats.generic import FORMAT, MAX_ALERTS
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.signals import Signal

BODY = {
    "check": {"id": 2**60 + 1, "name": "Queue is long", "level": "bad", "service": "queue"},
    "status": "broken",
    "at": 1606140120,
    "urls": ["https://one.test/", "nowhere", "https://two.test/", "https://one.test/"],
}
MAPPING = {
    "title": "check.name",
    "dedup_key": "check.id",
    "severity": "check.level",
    "state": "status",
    "time": "at",
    "link": "urls",
    "service": "check.service",
    "severity_values": {"BAD": "sev2"},
    "state_values": {"broken": "open", "mended": "resolved"},
}


def read(body: Any, **mapping: Any) -> tuple[Signal, ...]:
    settings = SourceSettings(mapping=PayloadMapping.model_validate(mapping))
    return FORMAT.read(Message(headers={}, body=json.dumps(body).encode()), settings)


def test_reads_every_mapped_member() -> None:
    (signal,) = read(BODY, **MAPPING)
    assert (signal.event, signal.state) == ("trigger", "open")
    assert signal.title == "Queue is long"
    assert signal.dedup_key == "1152921504606846977"
    assert (signal.severity_raw, signal.severity) == ("bad", "sev2")
    assert signal.service == "queue"
    assert signal.opened_at == signal.sent_at == datetime(2020, 11, 23, 14, 2, tzinfo=UTC)
    assert signal.links == ("https://one.test/", "https://two.test/")
    assert [fact.text for fact in signal.facts] == ["Alert fired: Queue is long"]


@pytest.mark.parametrize(
    ("word", "event", "state"),
    [
        ("mended", "resolve", "resolved"),
        ("OK", "resolve", "resolved"),
        ("CLEAR", "resolve", "resolved"),
        ("Healthy", "resolve", "resolved"),
        ("Acknowledged", "ack", "acknowledged"),
        (True, "trigger", "open"),
        (0, "resolve", "resolved"),
        ("never seen before", "trigger", "open"),
        (None, "trigger", "open"),
    ],
)
def test_words_for_the_state(word: Any, event: str, state: str) -> None:
    (signal,) = read(BODY | {"status": word}, **MAPPING)
    assert (signal.event, signal.state) == (event, state)


def test_without_key_the_title_ties_messages_together() -> None:
    (first,) = read(BODY, title="check.name", state="status")
    (second,) = read(BODY | {"status": "ok"}, title="check.name", state="status")
    assert (first.dedup_key, second.dedup_key) == ("Queue is long", "Queue is long")


def test_a_body_the_mapping_does_not_fit_gives_no_signal() -> None:
    assert read({"other": 1}, title="check.name") == ()
    assert read(BODY, title="sum(urls)", dedup_key="contains('a', at)") == ()


def test_without_mapping_there_is_no_signal() -> None:
    message = Message(headers={}, body=json.dumps(BODY).encode())
    assert FORMAT.read(message, SourceSettings()) == ()


@pytest.mark.parametrize(
    "expression", ["", "a[", "a ||", "missing(@)", "a[?missing(@)]", "x" * 501, "(" * 400, "\x00"]
)
def test_expressions_that_cannot_work_are_refused_when_written(expression: str) -> None:
    with pytest.raises(ValidationError):
        PayloadMapping.model_validate({"title": expression})


def test_expressions_with_slices_and_functions_work() -> None:
    (signal,) = read(BODY, title="join(' ', urls[0:2])", dedup_key="to_string(check.id)")
    assert signal.title == "https://one.test/ nowhere"


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "raw",
    [b"Name=Shop&Status=Up&Tags=a,b", b'{"Name": "Shop", "Status": "Up"}'],
    ids=["form", "JSON"],
)
def test_a_form_is_read_like_an_object_of_its_fields(raw: bytes) -> None:
    mapping = PayloadMapping(title="Name", state="Status")
    message = Message(headers={"content-type": FORM}, body=raw)
    (signal,) = FORMAT.read(message, SourceSettings(mapping=mapping))
    assert (signal.title, signal.event) == ("Shop", "resolve")


def test_a_form_of_too_many_fields_is_not_read() -> None:
    message = Message(headers={"content-type": FORM}, body=b"Name=Shop&" * 101)
    assert FORMAT.read(message, SourceSettings(mapping=PayloadMapping(title="Name"))) == ()


ALERTS = {
    "version": 1,
    "alerts": [
        {"name": "Queue is long", "id": 1, "status": "broken"},
        {"name": "Disk is full", "id": 2, "status": "mended"},
        "nothing of an alert",
    ],
}


def test_one_message_tells_of_several_alerts() -> None:
    first, second = read(
        ALERTS,
        each="alerts",
        title="name",
        dedup_key="id",
        state="status",
        state_values={"broken": "open", "mended": "resolved"},
    )
    assert (first.title, first.dedup_key, first.event) == ("Queue is long", "1", "trigger")
    assert (second.title, second.dedup_key, second.event) == ("Disk is full", "2", "resolve")


def test_what_is_found_for_each_may_be_one_alert_or_none() -> None:
    (signal,) = read(ALERTS, each="alerts[0]", title="name")
    assert signal.title == "Queue is long"
    assert read(ALERTS, each="other", title="name") == ()


def test_a_title_of_the_mapping_makes_no_alert_out_of_nothing() -> None:
    assert read({"alerts": None}, each="alerts", title="name || 'Alert'") == ()
    assert read({"alerts": [None]}, each="alerts", title="name || 'Alert'") == ()
    assert read(None, title="name || 'Alert'") == ()
    (signal,) = read({"alerts": [{}]}, each="alerts", title="name || 'Alert'")
    assert signal.title == "Alert"


def test_an_array_is_read_item_by_item() -> None:
    first, second = read(ALERTS["alerts"], title="name", dedup_key="id")
    assert (first.dedup_key, second.dedup_key) == ("1", "2")


def test_an_array_is_read_as_a_whole_where_the_mapping_fits_it() -> None:
    (signal,) = read(ALERTS["alerts"], title="[0].name")
    assert signal.title == "Queue is long"


def test_no_more_alerts_than_a_group_may_have() -> None:
    assert len(read([{"name": str(number)} for number in range(700)], title="name")) == MAX_ALERTS
