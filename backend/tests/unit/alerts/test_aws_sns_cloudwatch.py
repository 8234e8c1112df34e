"""CloudWatch alarms through SNS: shapes beyond the recorded ones, and what others publish."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_all, read_one

KIND = SourceKind.AWS_SNS_CLOUDWATCH
ENVELOPE = json.loads(case("aws-sns-cloudwatch/04-alarm-with-arn.json").message.body)
ALARM = json.loads(ENVELOPE["Message"])
NOT_MEASURED = {name: value for name, value in ALARM.items() if name != "Trigger"}


def published(message: Any, **members: Any) -> Signal:
    written = message if isinstance(message, str) else json.dumps(message)
    return read_one(KIND, ENVELOPE | {"Message": written} | members)


def in_event_bridge(value: str, **members: Any) -> dict[str, Any]:
    """Return a change of the same alarm as EventBridge tells it."""
    metric = {"namespace": "Checkout", "name": "ErrorCount", "dimensions": {"Host": "a"}}
    return {
        "version": "0",
        "id": "e1",
        "detail-type": "CloudWatch Alarm State Change",
        "source": "aws.cloudwatch",
        "account": "123456789012",
        "time": "2025-02-02T12:06:36Z",
        "region": "ap-northeast-1",
        "resources": [ALARM["AlarmArn"]],
        "detail": {
            "alarmName": "ErrorAlarm",
            "state": {
                "value": value,
                "reason": "1 datapoint",
                "timestamp": "2025-02-02T12:06:35.472+0000",
            },
            "configuration": {
                "description": "Errors in logs",
                "metrics": [{"id": "e", "expression": "m/60"}, {"metricStat": {"metric": metric}}],
            },
        },
    } | members


def test_metric_math_is_about_the_namespace_of_its_first_metric() -> None:
    metric = {"Dimensions": [], "MetricName": "Requests", "Namespace": "AWS/ApplicationELB"}
    metrics = [
        {"Expression": "errors / requests", "Id": "rate", "ReturnData": True},
        {"Id": "requests", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}},
    ]
    signal = published(ALARM | {"Trigger": {"Period": 60, "Metrics": metrics}})
    assert (signal.service, signal.dedup_key) == ("AWS/ApplicationELB", ALARM["AlarmArn"])


def test_a_composite_alarm_measures_nothing() -> None:
    children = [{"Arn": "arn:a", "State": {"Value": "ALARM", "Timestamp": "2025-02-02T12:00:00Z"}}]
    signal = published(NOT_MEASURED | {"AlarmRule": "ALARM(a)", "TriggeringChildren": children})
    assert (signal.event, signal.title, signal.service) == ("trigger", "ErrorAlarm", None)
    assert signal.details["rule"] == "ALARM(a)"


def test_an_alarm_without_envelope_is_the_same_alarm() -> None:
    raw = read_one(KIND, ALARM, x_amz_sns_rawdelivery="true")
    enveloped = published(ALARM)
    assert (raw.dedup_key, raw.title) == (enveloped.dedup_key, enveloped.title)
    assert (raw.event, raw.opened_at) == (enveloped.event, enveloped.opened_at)
    assert raw.message_id is None


def test_event_bridge_tells_of_the_same_alarm() -> None:
    direct, relayed = published(ALARM), published(in_event_bridge("ALARM"), Subject=None)
    for name in ("event", "dedup_key", "title", "service", "severity_raw", "opened_at", "state"):
        assert getattr(relayed, name) == getattr(direct, name)
    assert published(in_event_bridge("OK")).event == "resolve"
    assert published(in_event_bridge("INSUFFICIENT_DATA")).event == "update"
    assert published(in_event_bridge("ALARM", resources=None)).dedup_key == "ErrorAlarm"


@pytest.mark.parametrize(
    ("message", "subject", "title"),
    [
        ("The budget is spent", "AWS Budgets: shop", "AWS Budgets: shop"),
        ("Just a test", None, "Just a test"),
        ("[1", None, "[1"),
        ({"detail-type": "GuardDuty Finding", "detail": {}}, None, "GuardDuty Finding"),
        (
            in_event_bridge("ALARM", detail=None, resources=[]),
            None,
            "CloudWatch Alarm State Change",
        ),
    ],
    ids=["budget", "text", "torn", "finding", "no alarm"],
)
def test_what_others_publish_is_about_no_alarm(
    message: Any, subject: str | None, title: str
) -> None:
    signal = published(message, Subject=subject)
    assert (signal.event, signal.title, signal.state) == ("other", title, None)
    assert signal.service == ENVELOPE["TopicArn"]


def test_what_is_neither_enveloped_nor_an_alarm_gives_no_signal() -> None:
    assert read_all(KIND, {"detail-type": "GuardDuty Finding", "detail": {}}) == ()
