"""Grafana: both shapes, what is signed, and what only its alerts have."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    SourceKind,
    SourceSettings,
    sign_sha256,
)
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

FIRING = json.loads(case("grafana/01-firing.json").message.body)
OLDER = json.loads(case("grafana/06-legacy-alerting.json").message.body)


def read(**changes: Any) -> Signal:
    return read_one(SourceKind.GRAFANA, FIRING | changes)


@pytest.mark.parametrize(
    ("state", "event", "after"),
    [
        ("alerting", "trigger", "open"),
        ("no_data", "trigger", "open"),
        ("ok", "resolve", "resolved"),
        ("pending", "update", None),
        ("paused", "update", None),
    ],
)
def test_states_of_dashboard_alerts(state: str, event: str, after: str | None) -> None:
    signal = read_one(SourceKind.GRAFANA, OLDER | {"state": state})
    assert (signal.event, signal.state, signal.dedup_key) == (event, after, "7")


def test_tags_of_dashboard_alerts() -> None:
    tagged = OLDER | {"tags": {"severity": "critical", "service": "checkout"}, "evalMatches": None}
    signal = read_one(SourceKind.GRAFANA, tagged)
    assert (signal.severity, signal.service) == ("sev1", "checkout")
    assert read_one(SourceKind.GRAFANA, OLDER | {"ruleId": 0}).dedup_key == "0"


@pytest.mark.parametrize(
    ("tags", "service"),
    [
        ({"host": "db-7", "disk": "sda"}, "db-7"),
        ({"host": "db-7", "instance": "db-7.example.org:9100"}, "db-7.example.org:9100"),
        ({"instance": "10.0.0.7:9100", "service": "checkout"}, "checkout"),
        ({"disk": "sda"}, None),
        (None, None),
    ],
)
def test_a_dashboard_alert_is_about_what_its_series_name(
    tags: dict[str, str] | None, service: str | None
) -> None:
    matches = [{"metric": "used", "value": 97, "tags": tags}]
    assert read_one(SourceKind.GRAFANA, OLDER | {"evalMatches": matches}).service == service


def test_a_dashboard_alert_is_as_severe_as_the_worst_of_its_series() -> None:
    matches = [{"tags": {"severity": "warning"}}, {"tags": {"severity": "critical"}}, {"tags": {}}]
    assert read_one(SourceKind.GRAFANA, OLDER | {"evalMatches": matches}).severity_raw == "critical"
    tagged = OLDER | {"evalMatches": matches, "tags": {"severity": "info"}}
    assert read_one(SourceKind.GRAFANA, tagged).severity_raw == "info"


@pytest.mark.parametrize("missing", ["<no value>", "[no value]"])
def test_a_title_without_its_value_is_the_last_resort(missing: str) -> None:
    annotations = {"summary": f"Lag on {missing}"}
    alert = {"status": "firing", "labels": {"alertname": "Lag"}, "annotations": annotations}
    changed = {"alerts": [alert], "commonAnnotations": annotations}
    assert read(**changed, commonLabels={"alertname": "Lag"}).title == "Lag"
    nameless = {"status": "firing", "labels": {}, "annotations": annotations}
    bare = {"alerts": [nameless], "commonAnnotations": annotations, "commonLabels": {}}
    assert read(**bare, groupLabels={}, title=None).title == annotations["summary"]


def test_a_rule_that_cannot_be_evaluated_is_named() -> None:
    labels = {"alertname": "DatasourceNoData", "rulename": "Checkout latency"}
    alert = {"status": "firing", "labels": labels}
    signal = read(alerts=[alert], commonLabels=labels, commonAnnotations={})
    assert signal.title == "DatasourceNoData: Checkout latency"


def test_alerts_without_labels_have_the_title_of_the_message() -> None:
    bare = {"commonLabels": {}, "commonAnnotations": {}, "groupLabels": {}}
    assert read(**bare, alerts=[{"status": "firing"}]).title == "[FIRING:1]  (Test alert true)"


def test_a_test_without_group_is_known_by_its_alert() -> None:
    assert read(groupKey=None, groupLabels={}).dedup_key == "d8a21484c9c25a60"


@pytest.mark.parametrize("page", ["http://[", "//[x", 7, "", None, "\x00"])
def test_odd_addresses_are_left_out(page: Any) -> None:
    alert = FIRING["alerts"][0] | {"generatorURL": page, "silenceURL": page, "annotations": {}}
    assert read(alerts=[alert]).links == ("https://grafana.example.com/",)


def test_a_message_of_another_making_is_no_alert() -> None:
    assert read_all(SourceKind.GRAFANA, {"text": "TestAlert - Notification test"}) == ()


def oncall(event: str, state: str, **group: Any) -> Signal:
    """Return what OnCall tells of one alert group."""
    about = {
        "id": "I6HNZ",
        "state": state,
        "created_at": "2026-11-23T08:00:00.5Z",
        "title": "Checkout is down",
        "permalinks": {"slack": None, "web": "https://grafana.example.org/a/oncall/I6HNZ"},
    }
    body = {
        "event": {"type": event, "time": "2026-11-23T08:05:00+00:00"},
        "user": {"username": "ada"},
        "alert_group": about | group,
        "alert_payload": {
            "status": "firing",
            "labels": {"alertname": "Down", "severity": "critical", "service": "checkout"},
            "annotations": {"runbook_url": "https://runbooks.example.org/down"},
        },
        "integration": {"name": "Prometheus"},
    }
    return read_one(SourceKind.GRAFANA, body)


@pytest.mark.parametrize(
    ("event", "state", "expected", "after"),
    [
        ("alert group created", "firing", "trigger", "open"),
        ("escalation", "firing", "trigger", "open"),
        ("acknowledge", "acknowledged", "ack", "acknowledged"),
        ("resolve", "resolved", "resolve", "resolved"),
        ("status change", "resolved", "resolve", "resolved"),
        ("unacknowledge", "firing", "update", "open"),
        ("silence", "silenced", "update", None),
    ],
)
def test_events_of_oncall(event: str, state: str, expected: str, after: str | None) -> None:
    signal = oncall(event, state)
    assert (signal.event, signal.state, signal.dedup_key) == (expected, after, "I6HNZ")


def test_an_alert_group_of_oncall_has_what_its_first_alert_says() -> None:
    signal = oncall("acknowledge", "acknowledged")
    assert (signal.title, signal.severity_raw) == ("Checkout is down", "critical")
    assert signal.service == "checkout"
    assert signal.opened_at is not None
    assert signal.opened_at.isoformat() == "2026-11-23T08:00:00.500000+00:00"
    assert signal.links == (
        "https://grafana.example.org/a/oncall/I6HNZ",
        "https://runbooks.example.org/down",
    )
    assert "acknowledged by ada" in signal.facts[0].text
    assert oncall("resolve", "resolved", title=None).title == "Down"


@pytest.mark.parametrize(
    ("fired", "over"),
    [
        ({"ruleName": "CPU", "title": "[Alerting] CPU"}, {"ruleName": "CPU", "title": "[OK] CPU"}),
        ({"title": "[Alerting] CPU"}, {"title": "[OK] CPU"}),
    ],
)
def test_a_dashboard_alert_without_id_is_known_by_its_name(
    fired: dict[str, str], over: dict[str, str]
) -> None:
    first = read_one(SourceKind.GRAFANA, fired | {"state": "alerting"})
    last = read_one(SourceKind.GRAFANA, over | {"state": "ok"})
    assert (first.dedup_key, last.dedup_key, last.event) == ("CPU", "CPU", "resolve")


def test_what_tools_send_to_oncall_is_understood() -> None:
    fired = read_one(
        SourceKind.GRAFANA,
        {
            "alert_uid": "db-17",
            "title": "Database is slow",
            "state": "alerting",
            "link_to_upstream_details": "https://nms.example.org/device/17",
            "image_url": "",
        },
    )
    assert (fired.event, fired.title, fired.dedup_key) == ("trigger", "Database is slow", "db-17")
    assert fired.links == ("https://nms.example.org/device/17",)
    over = read_one(SourceKind.GRAFANA, {"alert_uid": "db-17", "state": "OK"})
    assert (over.event, over.dedup_key) == ("resolve", "db-17")


def signed(body: bytes, header: str, signature: str, timestamp: str | None = None) -> Message:
    headers = {header: signature}
    if timestamp is not None:
        headers["x-grafana-alerting-timestamp"] = timestamp
    return Message(headers=headers, body=body)


def accepts(message: Message) -> bool:
    try:
        FORMATS[SourceKind.GRAFANA].verify(message, SourceSettings(secrets=("s3cret",)))
    except SignatureMismatch:
        return False
    return True


@pytest.mark.parametrize("header", ["x-grafana-alerting-signature", "x-grafana-alert-signature"])
def test_either_name_of_the_signature_is_known(header: str) -> None:
    assert accepts(signed(b"{}", header, sign_sha256("s3cret", b"{}")))
    assert not accepts(signed(b"{}", header, sign_sha256("other", b"{}")))


def test_a_timestamp_is_part_of_what_is_signed() -> None:
    signature = sign_sha256("s3cret", b"1718000000:{}")
    name = "x-grafana-alerting-signature"
    assert accepts(signed(b"{}", name, signature, "1718000000"))
    assert not accepts(signed(b"{}", name, signature, "1718000001"))
    assert not accepts(signed(b"{}", name, signature))


def test_a_signature_with_a_time_names_its_message() -> None:
    body = json.dumps(FIRING).encode()
    name = "x-grafana-alerting-signature"
    format_ = FORMATS[SourceKind.GRAFANA]
    (timed,) = format_.read(signed(body, name, "ab12", "1718000000"), SourceSettings())
    (plain,) = format_.read(signed(body, name, "ab12"), SourceSettings())
    assert (timed.message_id, plain.message_id) == ("ab12", None)
