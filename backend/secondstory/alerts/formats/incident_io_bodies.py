"""What incident.io says of an alert and of an incident, and what tools post to it."""

from collections.abc import Collection, Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    identity,
    instant,
    items,
    links,
    paragraph,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "incident.io"

_STATUSES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "firing": (SignalEvent.TRIGGER, AlertState.OPEN),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# Categories of incident statuses; in all others the incident is over.
_GOING_ON = frozenset({"triage", "live", "active", "paused"})
_SERVICES = frozenset({"service", "services", "affected service", "affected services"})
_PRIORITIES = frozenset({"priority", "severity"})


def of_alert(alert: JsonValue, message_id: str | None) -> Signal:
    """Return the signal of an alert; `alert` has an id."""
    event, state = _STATUSES.get(text(alert, "status") or "", (SignalEvent.UPDATE, None))
    title = text(alert, "title", limit=MAX_TITLE)
    raw = _attribute(alert, _PRIORITIES, type_="AlertPriority")
    resolved_at = instant(alert, "resolved_at") if event is SignalEvent.RESOLVE else None
    at = resolved_at or instant(alert, "updated_at") or instant(alert, "created_at")
    return Signal(
        event=event,
        dedup_key=identity(alert, "deduplication_key") or identity(alert, "id"),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_attribute(alert, _SERVICES),
        state=state,
        opened_at=instant(alert, "created_at"),
        sent_at=at,
        message_id=message_id,
        links=links([within(alert, "source_url")]),
        facts=told(_LABEL, event, title, at=at, said=paragraph(alert, "description")),
    )


def of_incident(incident: JsonValue, *, created: bool, message_id: str | None) -> Signal:
    """Return the signal of an incident that people declared there; it has a name."""
    title = text(incident, "name", limit=MAX_TITLE)
    if text(incident, "mode") not in {None, "standard"}:
        return Signal(event=SignalEvent.OTHER, title=title, message_id=message_id)
    goes_on = (text(incident, "incident_status", "category") or "live") in _GOING_ON
    going = SignalEvent.TRIGGER if created else SignalEvent.UPDATE
    event = going if goes_on else SignalEvent.RESOLVE
    raw = text(incident, "severity", "name")
    at = instant(incident, "updated_at") or instant(incident, "created_at")
    named = {name: text(incident, name) for name in ("reference",)}
    named["status"] = text(incident, "incident_status", "name")
    return Signal(
        event=event,
        dedup_key=identity(incident, "id") or identity(incident, "reference"),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        state=AlertState.OPEN if goes_on else AlertState.RESOLVED,
        opened_at=instant(incident, "created_at"),
        sent_at=at,
        message_id=message_id,
        links=links([within(incident, "permalink"), within(incident, "call_url")]),
        facts=told(_LABEL, event, title, at=at, said=paragraph(incident, "summary")),
        details={name: value for name, value in named.items() if value},
    )


def of_posted(body: JsonValue) -> Signal:
    """Return the signal of an event posted to the HTTP source; it has no time of its own."""
    event, state = _STATUSES.get(text(body, "status") or "", (SignalEvent.UPDATE, None))
    title = text(body, "title", limit=MAX_TITLE)
    metadata = within(body, "metadata")
    raw = text(metadata, "severity") or text(metadata, "priority")
    return Signal(
        event=event,
        dedup_key=identity(body, "deduplication_key"),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=text(metadata, "service"),
        state=state,
        links=links([within(body, "source_url")]),
        facts=told(_LABEL, event, title, said=paragraph(body, "description")),
        details=details(metadata),
    )


def _attribute(alert: JsonValue, names: Collection[str], type_: str | None = None) -> str | None:
    """Return the value of the first attribute of this type, or of one of these names."""
    found = items(alert, "attributes")
    typed = [item for item in found if type_ and type_ in (text(item, "attribute", "type") or "")]
    named = [item for item in found if (text(item, "attribute", "name") or "").lower() in names]
    values = (_value(item) for item in [*typed, *named])
    return next((value for value in values if value), None)


def _value(item: JsonValue) -> str | None:
    places = [within(item, "value"), *items(item, "array_value")]
    found = (
        text(place, "label") or text(place, "catalog_entry", "name") or text(place, "literal")
        for place in places
    )
    return next((value for value in found if value), None)
