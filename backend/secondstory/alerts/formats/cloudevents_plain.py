"""Events of no sender we know: read by the names and words that most senders use."""

import re
from collections.abc import Iterable

from pydantic import JsonValue

from secondstory.alerts.formats.cloudevents_envelopes import Envelope
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.states import EVENTS, known_state
from secondstory.alerts.formats.values import MAX_TITLE, details, links, paragraph, text, within
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_STATES = ("state", "status", "event_action", "action")
_TITLES = ("title", "summary", "message", "name", "description", "reason")
_SEVERITIES = ("severity", "severitytext", "priority", "level")
_SERVICES = ("service", "service_name", "app", "component", "host", "hostname")
_PAGES = ("url", "link", "html_url", "source_url", "runbook_url", "dashboard_url")
# Of `com.example.checkAlert.resolved.v1`: com, example, check, Alert, resolved, v.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def plain_signal(event: Envelope) -> Signal:
    """Return the signal of an event; one that nothing says is over fires, so none is lost."""
    places = (event.data, dict(event.attributes))
    state = _state(event)
    kind = EVENTS[state]
    title = _first((event.data,), _TITLES, MAX_TITLE) or text(event.data, limit=MAX_TITLE)
    raw = _first(places, _SEVERITIES)
    return Signal(
        event=kind,
        dedup_key=event.subject or event.id,
        title=title or event.type or None,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_first(places, _SERVICES) or text(event.attributes.get("source")),
        state=state,
        opened_at=event.time if kind is SignalEvent.TRIGGER else None,
        sent_at=event.time,
        links=links(within(event.data, name) for name in _PAGES),
        facts=told(
            "CloudEvents",
            kind,
            title or event.type,
            at=event.time,
            said=paragraph(event.data, "description"),
        ),
        details=details(event.data),
    )


def _state(event: Envelope) -> AlertState:
    """Return what a member of the data says, else the last word of the type that says something."""
    said = (text(event.data, name) for name in _STATES)
    in_type = reversed(_WORD.findall(event.type))
    states = (known_state(word) for word in (*said, *in_type) if word)
    return next((state for state in states if state), AlertState.OPEN)


def _first(places: Iterable[JsonValue], names: Iterable[str], limit: int = 200) -> str | None:
    found = (text(place, name, limit=limit) for place in places for name in names)
    return next((value for value in found if value), None)
