"""PagerDuty webhooks V3: signed messages about PagerDuty incidents.

Source of the rules: PagerDuty/developer-docs, docs/webhooks 01 (payload), 02 (behaviour) and
04 (signatures). One message tells one event; `data` is the incident, or names it.
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
    first,
    identity,
    instant,
    items,
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

# Where an incident stands is its own status; of one that is only named, what the event says.
_EVENTS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "incident.triggered": (SignalEvent.TRIGGER, AlertState.OPEN),
    "incident.acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "incident.resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
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
    """Return the incident, or what the event says of the incident that its `data` hangs below.

    Assignments of roles come as a list, each with its incident.
    """
    data = within(event, "data")
    assigned = items(data, "incident_role_assignments")
    named = (within(found, "incident") for found in [data, *assigned])
    itself = data if text(data, "type") in {"incident", None} else None
    return first(named) or itself


def _signal(event: JsonValue, event_type: str, incident: JsonValue, key: str) -> Signal:
    title = text(incident, "title", limit=MAX_TITLE) or text(incident, "summary", limit=MAX_TITLE)
    priority, urgency = text(incident, "priority", "summary"), text(incident, "urgency")
    service = text(incident, "service", "summary") or text(event, "data", "service", "summary")
    bridges = (within(incident, "conference_bridge"), within(event, "data"))
    pages = [within(incident, "html_url"), *(within(at, "conference_url") for at in bridges)]
    meant, state = _EVENTS.get(event_type, (SignalEvent.UPDATE, None))
    return Signal(
        event=meant,
        dedup_key=key,
        title=title,
        severity_raw=priority or urgency,
        severity=severity_of(priority) or severity_of(urgency, _URGENCIES),
        service=service,
        state=_STATES.get(text(incident, "status") or "", state),
        opened_at=instant(incident, "created_at"),
        sent_at=instant(event, "occurred_at"),
        message_id=identity(event, "id"),
        links=links([*pages, within(event, "client", "url")]),
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
    by = f"by {agent}" if agent and kind is EventKind.ACTION else ""
    parts = ("PagerDuty incident", f"#{number}" if number else "", happened, by)
    line = " ".join(filter(None, parts))
    said = paragraph(event, "data", "content") or paragraph(event, "data", "message")
    priority = text(incident, "priority", "summary")
    if event_type == "incident.priority_updated" and priority:
        said = f"Priority: {priority}"
    merged = text(incident, "resolve_reason", "incident", "summary")
    if merged:
        said = f"Merged into: {merged}"
    return (
        Fact(
            mark=digest(text(event, "id"), event_type),
            text=(f"{line}: {title}" if title else line) + (f"\n\n{said}" if said else ""),
            occurred_at=instant(event, "occurred_at"),
            kind=kind,
        ),
    )


def _details(incident: JsonValue) -> dict[str, str]:
    named: dict[str, JsonValue] = {
        "number": within(incident, "number"),
        "urgency": within(incident, "urgency"),
        "priority": within(incident, "priority", "summary"),
        "escalation_policy": within(incident, "escalation_policy", "summary"),
    }
    return details(named) | details(incident, "conference_bridge")


GUIDE = Guide(
    proof="`X-PagerDuty-Signature`: HMAC-SHA256 of the body; any of several `v1=` may match",
    identifier="`event.data.id`, or `event.data.incident.id` where `data` is something else",
    lifecycle="triggered opens, acknowledged, resolved; all other `incident.*` events are updates",
    severities="the priority, where its name says one (P1 to P5), else urgency: high is sev2, low "
    "sev4",
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
