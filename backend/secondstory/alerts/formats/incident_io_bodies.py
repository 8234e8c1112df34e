"""What incident.io says of an alert and of an incident, and what tools post to it.

For the source of the rules see `incident_io`.
"""

from collections.abc import Collection, Iterable, Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    contents,
    details,
    first,
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
# Categories of incident statuses in which the incident is over; in all others it goes on.
_OVER = frozenset({"learning", "closed", "declined", "merged", "canceled"})
_PAGES = ("permalink", "call_url", "slack_channel_url", "postmortem_document_url")
_SERVICES = frozenset({"service", "services", "affected service", "affected services"})
# Where tools say in `metadata` what their event is about, the first that is there.
_SUBJECTS = ("service", "services", "service_name", "host", "host_name")
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
        links=links([within(alert, "source_url"), *_literals(alert)]),
        facts=told(_LABEL, event, title, at=at, said=paragraph(alert, "description")),
    )


def of_incident(
    incident: JsonValue, *, created: bool, news: str | None, message_id: str | None
) -> Signal:
    """Return the signal of an incident that people declared there; it has a name.

    `news` is what they said when they changed its status.
    """
    title = text(incident, "name", limit=MAX_TITLE)
    if text(incident, "mode") not in {None, "standard"}:
        return Signal(event=SignalEvent.OTHER, title=title, message_id=message_id)
    goes_on = text(incident, "incident_status", "category") not in _OVER
    going = SignalEvent.TRIGGER if created else SignalEvent.UPDATE
    event = going if goes_on else SignalEvent.RESOLVE
    raw = text(incident, "severity", "name")
    entered = items(incident, "custom_field_entries")
    pages = [
        *(within(incident, page) for page in _PAGES),
        within(incident, "external_issue_reference", "issue_permalink"),
        *(within(value, "value_link") for entry in entered for value in items(entry, "values")),
    ]
    at = instant(incident, "updated_at") or instant(incident, "created_at")
    return Signal(
        event=event,
        dedup_key=identity(incident, "id") or identity(incident, "reference"),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_field(entered, _SERVICES),
        state=AlertState.OPEN if goes_on else AlertState.RESOLVED,
        opened_at=instant(incident, "created_at"),
        sent_at=at,
        message_id=message_id,
        links=links(pages),
        facts=told(_LABEL, event, title, at=at, said=news or paragraph(incident, "summary")),
        details=details(
            {
                "reference": within(incident, "reference"),
                "status": within(incident, "incident_status", "name"),
            }
        ),
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
        service=first(text(place) for name in _SUBJECTS for place in _places(metadata, name)),
        state=state,
        links=links([within(body, "source_url"), *contents(metadata)]),
        facts=told(_LABEL, event, title, said=paragraph(body, "description")),
        details=details(metadata),
    )


def _attribute(alert: JsonValue, names: Collection[str], type_: str | None = None) -> str | None:
    """Return the value of the first attribute of this type, or of one of these names."""
    found = items(alert, "attributes")
    typed = [item for item in found if type_ and type_ in (text(item, "attribute", "type") or "")]
    named = [item for item in found if _called(item, "attribute") in names]
    places = (place for item in [*typed, *named] for place in _values(item))
    return first(
        text(place, "label") or text(place, "catalog_entry", "name") or text(place, "literal")
        for place in places
    )


def _literals(alert: JsonValue) -> list[JsonValue]:
    """Return what the attributes of an alert say in letters; some say an address."""
    found = items(alert, "attributes")
    return [within(place, "literal") for item in found for place in _values(item)]


def _values(item: JsonValue) -> list[JsonValue]:
    return [within(item, "value"), *items(item, "array_value")]


def _field(entries: Iterable[JsonValue], names: Collection[str]) -> str | None:
    """Return the first value of a custom field of one of these names."""
    named = [entry for entry in entries if _called(entry, "custom_field") in names]
    values = (value for entry in named for value in items(entry, "values"))
    return first(
        text(value, "value_catalog_entry", "name")
        or text(value, "value_option", "value")
        or text(value, "value_text")
        for value in values
    )


def _called(item: JsonValue, kind: str) -> str:
    return (text(item, kind, "name") or "").lower()


def _places(metadata: JsonValue, name: str) -> list[JsonValue]:
    """Return what stands at a name, in a list or alone."""
    return items(metadata, name) or [within(metadata, name)]
