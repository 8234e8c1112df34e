"""CloudWatch alarms that Amazon SNS delivers; the signature is checked in `sns_envelope`.

Source of the rules: docs.aws.amazon.com, SNS "HTTP/HTTPS notification JSON format", CloudWatch
"Alarm notification" and "Alarm events and EventBridge". The alarm is JSON in the text of `Message`.
An alarm is known by its ARN, and in older messages by its name.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    Signing,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.sns_envelope import (
    certificate_url,
    confirm_url,
    redact,
    verify,
)
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    first,
    identity,
    instant,
    items,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "CloudWatch"

_CHANGE = "CloudWatch Alarm State Change"
# INSUFFICIENT_DATA is neither: the alarm cannot tell any more.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "ALARM": (SignalEvent.TRIGGER, AlertState.OPEN),
    "OK": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one message: of an alarm, or about none."""
    envelope = parse_json(message.body)
    message_id = identity(envelope, "MessageId")
    written = within(envelope, "Message")
    told_of = parse_json(written.encode(errors="replace")) if isinstance(written, str) else envelope
    alarm = _from_event_bridge(told_of) if within(told_of, "detail-type") == _CHANGE else told_of
    key = identity(alarm, "AlarmArn") or identity(alarm, "AlarmName")
    word = text(alarm, "NewStateValue")
    if key is not None and word is not None:
        return (_alarm(alarm, key, word, message_id),)
    if text(envelope, "Type") is None:
        return ()
    return (_other(envelope, told_of, message_id),)


def _from_event_bridge(event: JsonValue) -> JsonValue:
    """Return the alarm that EventBridge tells of as CloudWatch itself publishes it."""
    detail = within(event, "detail")
    watched = within(detail, "configuration")
    metrics = (within(found, "metricStat", "metric") for found in items(watched, "metrics"))
    metric = first(metrics)
    return {
        "AlarmArn": first(items(event, "resources")),
        "AlarmName": within(detail, "alarmName"),
        "AlarmDescription": within(watched, "description"),
        "AlarmRule": within(watched, "alarmRule"),
        "AWSAccountId": within(event, "account"),
        "Region": within(event, "region"),
        "NewStateValue": within(detail, "state", "value"),
        "NewStateReason": within(detail, "state", "reason"),
        "StateChangeTime": within(detail, "state", "timestamp"),
        "Trigger": {
            "MetricName": within(metric, "name"),
            "Namespace": within(metric, "namespace"),
        },
    }


def _alarm(alarm: JsonValue, key: str, word: str, message_id: str | None) -> Signal:
    event, state = _STATES.get(word, (SignalEvent.UPDATE, None))
    title = text(alarm, "AlarmName", limit=MAX_TITLE)
    changed_at = instant(alarm, "StateChangeTime")
    said = paragraph(alarm, "NewStateReason")
    if event is SignalEvent.UPDATE:
        said = f"{word}: {said}" if said else word
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=word,
        severity=severity_of(word),
        service=_service(alarm),
        state=state,
        opened_at=changed_at if event is SignalEvent.TRIGGER else None,
        sent_at=changed_at,
        message_id=message_id,
        facts=told(_LABEL, event, title, at=changed_at, said=said),
        details=_details(alarm),
    )


def _service(alarm: JsonValue) -> str | None:
    """Return the namespace of what is measured; composite alarms measure nothing."""
    trigger = within(alarm, "Trigger")
    metrics = (within(found, "MetricStat", "Metric") for found in items(trigger, "Metrics"))
    return first(text(measured, "Namespace") for measured in (trigger, *metrics))


def _details(alarm: JsonValue) -> dict[str, str]:
    trigger = within(alarm, "Trigger")
    named: dict[str, JsonValue] = {
        "description": within(alarm, "AlarmDescription"),
        "account": within(alarm, "AWSAccountId"),
        "region": within(alarm, "Region"),
        "metric": within(trigger, "MetricName"),
        "rule": within(alarm, "AlarmRule"),
    }
    dimensions: dict[str, JsonValue] = {
        text(found, "name") or "": within(found, "value") for found in items(trigger, "Dimensions")
    }
    return details(named) | details(dimensions)


def _other(envelope: JsonValue, told_of: JsonValue, message_id: str | None) -> Signal:
    """Return a subscription that is to be confirmed, or what somebody else published."""
    published = text(envelope, "Type") == "Notification"
    named = text(envelope, "Subject", limit=MAX_TITLE) or text(told_of, "detail-type")
    return Signal(
        event=SignalEvent.OTHER,
        title=named or text(envelope, "Message", limit=MAX_TITLE) if published else None,
        service=text(envelope, "TopicArn"),
        message_id=message_id,
    )


GUIDE = Guide(
    proof="`Signature`, version 1 (SHA1) or 2 (SHA256), by the certificate at `SigningCertURL`; "
    "`MessageId` tells doubles",
    identifier="`AlarmArn`, in older messages `AlarmName`",
    lifecycle="ALARM opens, OK ends, INSUFFICIENT_DATA is news; there is no acknowledgement",
    severities="none",
    steps="""\
1. In the AWS console open the SNS topic that the alarms publish to, and choose
   **Create subscription**.
2. **Protocol**: HTTPS; **Endpoint**: `{address}`. Leave **raw message delivery** off, because raw
   messages are not signed.
3. The subscription is confirmed by itself, once its signature is checked: the delivery shows up
   here, and the console shows *Confirmed*.
4. In CloudWatch let each alarm notify the topic *in alarm* and when *OK*.

This server has to reach `sns.<region>.amazonaws.com` for the certificate and the confirmation.
""",
    snippet="""\
aws sns subscribe --topic-arn <topic> --protocol https --notification-endpoint '{address}'
""",
    language="shell",
)

FORMAT = Format(
    kind=SourceKind.AWS_SNS_CLOUDWATCH,
    label="AWS CloudWatch through SNS",
    guide=GUIDE,
    signing=Signing.CERTIFICATE,
    verify=verify,
    read=read,
    redact=redact,
    certificate_url=certificate_url,
    confirm_url=confirm_url,
)
