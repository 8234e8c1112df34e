"""Any JSON, read through the JMESPath mapping that an administrator wrote for the source.

A form is an object of its fields. JSON is tried first: curl calls whatever it posts a form.
With `each` a message tells of several alerts; without it so does an array in which the mapping
finds nothing as a whole.
"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.expressions import Expressions
from secondstory.alerts.formats.forms import form_fields
from secondstory.alerts.formats.states import EVENTS, known_state
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    instant,
    links,
    parse_json,
    shorten,
    text,
)
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent, digest
from secondstory.timeline.models import EventKind

MAX_ALERTS = 500


def read(message: Message, settings: SourceSettings) -> tuple[Signal, ...]:
    """Return what the mapping finds; nothing without a mapping, or without a title and a key."""
    body, mapping = parse_json(message.body), settings.mapping
    if body is None:
        body = {**form_fields(message)} or None
    # A mapping may have titles of its own, which are about nothing where nothing was said.
    if mapping is None or body is None:
        return ()
    expressions = Expressions()
    if mapping.each is not None:
        found = expressions.find(mapping.each, body)
        several = found if isinstance(found, list) else [found]
        return _signals(expressions, mapping, [alert for alert in several if alert is not None])
    whole = _signals(expressions, mapping, [body])
    if whole or not isinstance(body, list):
        return whole
    return _signals(expressions, mapping, body)


def _signals(
    expressions: Expressions, mapping: PayloadMapping, alerts: list[JsonValue]
) -> tuple[Signal, ...]:
    found = (_signal(expressions, mapping, alert) for alert in alerts[:MAX_ALERTS])
    return tuple(signal for signal in found if signal is not None)


def _signal(expressions: Expressions, mapping: PayloadMapping, alert: JsonValue) -> Signal | None:
    title = text(expressions.find(mapping.title, alert), limit=MAX_TITLE)
    key = identity(expressions.find(mapping.dedup_key, alert)) or title
    if key is None:
        return None
    state = _state(text(expressions.find(mapping.state, alert)), mapping.state_values)
    happened_at = instant(expressions.find(mapping.time, alert))
    raw = text(expressions.find(mapping.severity, alert))
    link = expressions.find(mapping.link, alert)
    event = EVENTS[state]
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw, mapping.severity_values),
        service=text(expressions.find(mapping.service, alert)),
        state=state,
        opened_at=happened_at if event is SignalEvent.TRIGGER else None,
        sent_at=happened_at,
        links=links(link if isinstance(link, list) else [link]),
        facts=(_fact(event, title or key, happened_at),),
    )


def _state(word: str | None, own: Mapping[str, AlertState]) -> AlertState:
    """Return what the word means; one that nobody knows fires, so that nothing is lost."""
    known = known_state(word, own) if word else None
    return known or AlertState.OPEN


def _fact(event: SignalEvent, title: str, happened_at: datetime | None) -> Fact:
    happened, kind = {
        SignalEvent.ACK: ("acknowledged", EventKind.ACTION),
        SignalEvent.RESOLVE: ("resolved", EventKind.EFFECT),
    }.get(event, ("fired", EventKind.EFFECT))
    return Fact(
        mark=digest(event, title if event is SignalEvent.TRIGGER else None),
        text=shorten(f"Alert {happened}: {title}", MAX_TITLE),
        occurred_at=happened_at,
        kind=kind,
    )


GUIDE = Guide(
    proof="the key in the address",
    identifier="what the mapping finds as `dedup_key`, else the title",
    lifecycle="the usual words for firing, acknowledged and resolved, and those of the mapping",
    severities="the usual words and numbers, and those of the mapping",
    steps="""\
1. Send one message of your tool to the address of this source, or paste it into the preview.
2. Write the mapping: a [JMESPath](https://jmespath.org) expression each for the title, the key that
   ties an alert's messages together, its state and its severity.
3. Where one message tells of several alerts, say where their list is, and write all else as seen
   from one of them. A form is read like an object of its fields.
4. Messages that came before the mapping was right are kept, and can be replayed.
""",
    snippet="""\
curl '{address}' --json '{
  "title": "Checkout is slow",
  "dedup_key": "checkout/slow",
  "state": "firing",
  "severity": "high"
}'
""",
    language="shell",
)

FORMAT = Format(kind=SourceKind.GENERIC, label="Any JSON, by a mapping", guide=GUIDE, read=read)
