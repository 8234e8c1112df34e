"""Events of no sender we know: read by the names and words that most senders use.

Source of the rules: there is none in the standard. Names are those of Prometheus and OpenTelemetry
(`severity_text`), of other senders here, and of IBM Cloud Event Notifications (`ibmen…`).
"""

import re
from collections.abc import Iterable

from pydantic import JsonValue

from secondstory.alerts.formats.cloudevents_envelopes import Envelope
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.members import plain, said, tied
from secondstory.alerts.formats.states import EVENTS, known_state
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    MAX_WORD,
    details,
    first,
    identity,
    instant,
    links,
    paragraph,
    text,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

# As `folded` writes them.
_STATES = ("state", "status", "eventaction", "action")
_ALERTS = ("alert", "incident", "alertdefinition")
_KEYS = ("dedupkey", "deduplicationkey", "fingerprint", "alertid", "incidentid")
_TITLES = ("title", "summary", "message", "name", "description", "reason")
_SEVERITIES = ("severity", "severitytext", "priority", "level", "ibmenseverity")
_SERVICES = ("service", "servicename", "app", "component", "host", "hostname")
_PAGES = (
    "url", "link", "htmlurl", "sourceurl", "runbookurl", "dashboardurl", "generatorurl",
)  # fmt: skip
_STARTS = ("startsat", "startedat", "openedat", "triggeredat", "firedat", "starttime")
# Of `com.example.checkAlert.resolved.v1`: com, example, check, Alert, resolved, v.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def plain_signal(event: Envelope) -> Signal:
    """Return the signal of an event; one that nothing says is over fires, so none is lost."""
    data = folded(event.data)
    alert = first(folded(data.get(name)) for name in _ALERTS) or {}
    core, extensions = (data, alert), dict(event.attributes)
    state = _state(event, core)
    began = first(instant(place, name) for place in core for name in _STARTS)
    # Prometheus and those after it write what is to be shown into annotations.
    shown = (*core, *(folded(place.get("annotations")) for place in core))
    places = (*shown, *(folded(place.get("labels")) for place in core))
    kind = EVENTS[state]
    # The last is how IBM Cloud calls its notifications.
    titles = (
        *(said(place, _TITLES) for place in shown),
        *(said(place, ("alertname",)) for place in places),
        _unmarked(event.data),
        text(extensions.get("ibmendefaultshort"), limit=MAX_TITLE),
    )
    title = first(titles)
    raw = first(said(place, _SEVERITIES, MAX_WORD) for place in (*places, extensions))
    named = first(tied(place, _KEYS) for place in core) or identity(alert, "id")
    service = first(said(place, _SERVICES, MAX_WORD) for place in (*places, extensions))
    return Signal(
        event=kind,
        dedup_key=event.subject or named or event.id,
        title=title or event.type or None,
        severity_raw=raw,
        severity=severity_of(raw),
        service=service or text(event.attributes.get("source")),
        state=state,
        opened_at=began or (event.time if kind is SignalEvent.TRIGGER else None),
        sent_at=event.time,
        links=links(place.get(name) for place in shown for name in _PAGES),
        facts=told(
            "CloudEvents",
            kind,
            title or event.type,
            at=event.time,
            said=paragraph(data, "description"),
        ),
        details=details(event.data),
    )


def folded(value: JsonValue) -> dict[str, JsonValue]:
    """Return the members of an object by names in small letters: `alertId`, `Alert_ID` are one."""
    named = value if isinstance(value, dict) else {}
    return {plain(name): member for name, member in named.items()}


def _unmarked(data: JsonValue) -> str | None:
    """Return data that is a text, and no markup."""
    found = text(data, limit=MAX_TITLE)
    return None if found and found.startswith("<") else found


def _state(event: Envelope, core: Iterable[JsonValue]) -> AlertState:
    """Return what a member of the data says, else the last word of the type that says something."""
    in_data = (text(place, name) for place in core for name in _STATES)
    in_type = reversed(_WORD.findall(event.type))
    states = (known_state(word) for word in (*in_data, *in_type) if word)
    return first(states) or AlertState.OPEN
