"""PagerDuty webhooks V3: signed messages about PagerDuty incidents.

Source of the rules: PagerDuty/developer-docs, docs/webhooks 01 (payload), 02 (behaviour) and
04 (signatures). One message tells one event; `data` is the incident, or hangs below it.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
    any_equal,
    sign_sha256,
)
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    identity,
    instant,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent, digest
from secondstory.incidents.models import Severity
from secondstory.timeline.models import EventKind

_URGENCIES: Mapping[str, Severity] = {"high": Severity.SEV2, "low": Severity.SEV4}

_EVENTS: Mapping[str, SignalEvent] = {
    "incident.triggered": SignalEvent.TRIGGER,
    "incident.acknowledged": SignalEvent.ACK,
    "incident.resolved": SignalEvent.RESOLVE,
}

_STATES: Mapping[str, AlertState] = {
    "triggered": AlertState.OPEN,
    "acknowledged": AlertState.ACKNOWLEDGED,
    "resolved": AlertState.RESOLVED,
}

# What is worth a line in the timeline, and whether people did it or the alert did.
_TELLING: Mapping[str, tuple[str, EventKind]] = {
    "incident.triggered": ("triggered", EventKind.EFFECT),
    "incident.acknowledged": ("acknowledged", EventKind.ACTION),
    "incident.unacknowledged": ("went back to triggered", EventKind.EFFECT),
    "incident.resolved": ("resolved", EventKind.EFFECT),
    "incident.reopened": ("reopened", EventKind.EFFECT),
    "incident.escalated": ("escalated", EventKind.ACTION),
    "incident.delegated": ("moved to another escalation policy", EventKind.ACTION),
    "incident.reassigned": ("reassigned", EventKind.ACTION),
    "incident.priority_updated": ("has a new priority", EventKind.EFFECT),
    "incident.annotated": ("has a new note", EventKind.ACTION),
    "incident.status_update_published": ("has a status update", EventKind.ACTION),
    "incident.responder.added": ("asked for a responder", EventKind.ACTION),
    "incident.responder.replied": ("has an answer of a responder", EventKind.ACTION),
}


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `X-PagerDuty-Signature`: one `v1=` of several has to match one of our secrets.

    Raises `SignatureMismatch`.
    """
    header = message.headers.get("x-pagerduty-signature", "")
    offered = [part.strip() for part in header.split(",")[:10]]
    expected = [f"v1={sign_sha256(secret, message.body)}" for secret in settings.secrets]
    if not any_equal(offered, expected):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one webhook event."""
    event = within(parse_json(message.body), "event")
    event_type = text(event, "event_type")
    if event_type is None:
        return ()
    message_id = identity(event, "id")
    incident = _incident(event)
    key = identity(incident, "id")
    if not event_type.startswith("incident.") or key is None:
        return (Signal(event=SignalEvent.OTHER, message_id=message_id),)
    return (_signal(event, event_type, incident, key),)


def _incident(event: JsonValue) -> JsonValue:
    """Return the incident, or what the event says of the incident that its `data` hangs below."""
    data = within(event, "data")
    below = within(data, "incident")
    return below if isinstance(below, dict) else data


def _signal(event: JsonValue, event_type: str, incident: JsonValue, key: str) -> Signal:
    title = text(incident, "title", limit=MAX_TITLE) or text(incident, "summary", limit=MAX_TITLE)
    priority = text(incident, "priority", "summary")
    raw = priority or text(incident, "urgency")
    return Signal(
        event=_EVENTS.get(event_type, SignalEvent.UPDATE),
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw, None if priority else _URGENCIES),
        service=text(incident, "service", "summary"),
        state=_STATES.get(text(incident, "status") or ""),
        opened_at=instant(incident, "created_at"),
        sent_at=instant(event, "occurred_at"),
        message_id=identity(event, "id"),
        links=links(
            (
                within(incident, "html_url"),
                within(incident, "conference_bridge", "conference_url"),
                within(event, "data", "conference_url"),
            )
        ),
        facts=_facts(event, event_type, incident, title),
        details=_details(incident),
    )


def _facts(
    event: JsonValue, event_type: str, incident: JsonValue, title: str | None
) -> tuple[Fact, ...]:
    if event_type not in _TELLING:
        return ()
    happened, kind = _TELLING[event_type]
    number = text(incident, "number", limit=20)
    agent = text(event, "agent", "summary")
    parts = ["PagerDuty incident", f"#{number}" if number else "", happened]
    if agent and kind is EventKind.ACTION:
        parts.append(f"by {agent}")
    line = " ".join(part for part in parts if part)
    said = paragraph(event, "data", "content") or paragraph(event, "data", "message")
    priority = text(incident, "priority", "summary")
    if event_type == "incident.priority_updated" and priority:
        said = f"Priority: {priority}"
    return (
        Fact(
            mark=digest(text(event, "id"), event_type),
            text=(f"{line}: {title}" if title else line) + (f"\n\n{said}" if said else ""),
            occurred_at=instant(event, "occurred_at"),
            kind=kind,
        ),
    )


def _details(incident: JsonValue) -> dict[str, str]:
    named = {
        "number": text(incident, "number"),
        "urgency": text(incident, "urgency"),
        "priority": text(incident, "priority", "summary"),
        "escalation_policy": text(incident, "escalation_policy", "summary"),
    }
    return {name: value for name, value in named.items() if value} | details(
        incident, "conference_bridge"
    )


GUIDE = Guide(
    proof="`X-PagerDuty-Signature`: HMAC-SHA256 of the body; any of several `v1=` may match",
    identifier="`event.data.id`, or `event.data.incident.id` where `data` is something else",
    lifecycle="triggered opens, acknowledged, resolved; all other `incident.*` events are updates",
    severities="the name of the priority (P1 to P5), else urgency: high is sev2, low sev4",
    steps="""\
1. In PagerDuty open **Integrations → Generic Webhooks (v3)** and choose **New Webhook**.
2. **Webhook URL**: `{address}`
3. **Scope type**: the services, the team or the account whose incidents belong here.
4. **Event subscription**: at least `incident.triggered`, `incident.acknowledged`,
   `incident.unacknowledged`, `incident.reopened`, `incident.resolved` and
   `incident.priority_updated`.
5. Choose **Add Webhook**. PagerDuty shows the signing secret once: paste it here as the secret of
   this source, or every message is refused.
6. **Send Test Event**: the delivery shows up here and opens nothing.
""",
)

FORMAT = Format(
    kind=SourceKind.PAGERDUTY_V3,
    label="PagerDuty webhook",
    guide=GUIDE,
    signing=Signing.ALWAYS,
    verify=verify,
    read=read,
)
