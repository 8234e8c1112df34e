"""Any JSON, read through the JMESPath mapping that an administrator wrote for the source."""

from collections.abc import Mapping
from datetime import datetime

import jmespath
from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    instant,
    links,
    parse_json,
    shorten,
    text,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent, digest
from secondstory.timeline.models import EventKind

_STATE_WORDS: Mapping[AlertState, tuple[str, ...]] = {
    AlertState.OPEN: (
        "open", "opened", "firing", "fired", "trigger", "triggered", "alert", "alerting", "alarm",
        "problem", "down", "failing", "failed", "started", "active", "new", "critical", "warning",
        "error", "1", "true",
    ),
    AlertState.ACKNOWLEDGED: ("acknowledged", "acknowledge", "ack", "acked"),
    AlertState.RESOLVED: (
        "resolved", "resolve", "ok", "okay", "closed", "close", "recovered", "recovery", "up",
        "normal", "passing", "success", "cleared", "inactive", "ended", "0", "false",
    ),
}  # fmt: skip
_BY_WORD = {word: state for state, words in _STATE_WORDS.items() for word in words}

_EVENTS: Mapping[AlertState, SignalEvent] = {
    AlertState.OPEN: SignalEvent.TRIGGER,
    AlertState.ACKNOWLEDGED: SignalEvent.ACK,
    AlertState.RESOLVED: SignalEvent.RESOLVE,
}

# What jmespath lets through for values that a function of the expression does not take.
_EVALUATION_ERRORS = (
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


def read(message: Message, settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal the mapping finds; none without a mapping or without a title or key."""
    body, mapping = parse_json(message.body), settings.mapping
    if mapping is None:
        return ()
    title = text(_evaluate(mapping.title, body), limit=MAX_TITLE)
    key = identity(_evaluate(mapping.dedup_key, body)) or title
    if key is None:
        return ()
    state = _state(text(_evaluate(mapping.state, body)), mapping.state_values)
    happened_at = instant(_evaluate(mapping.time, body))
    raw = text(_evaluate(mapping.severity, body))
    link = _evaluate(mapping.link, body)
    event = _EVENTS[state]
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw, mapping.severity_values),
            service=text(_evaluate(mapping.service, body)),
            state=state,
            opened_at=happened_at if event is SignalEvent.TRIGGER else None,
            sent_at=happened_at,
            links=links(link if isinstance(link, list) else [link]),
            facts=(_fact(event, title or key, happened_at),),
        ),
    )


def _evaluate(expression: str | None, body: JsonValue) -> JsonValue:
    if expression is None:
        return None
    try:
        found: JsonValue = jmespath.search(expression, body)
    except _EVALUATION_ERRORS:
        return None
    return found


def _state(word: str | None, own: Mapping[str, AlertState]) -> AlertState:
    """Return what the word means; one that nobody knows fires, so that nothing is lost."""
    if word is None:
        return AlertState.OPEN
    folded = word.casefold()
    for known, state in own.items():
        if known.casefold() == folded:
            return state
    return _BY_WORD.get(folded, AlertState.OPEN)


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
1. Send one message of your tool to the address below, or paste it into the preview.
2. Write the mapping: a [JMESPath](https://jmespath.org) expression each for the title, the key that
   ties an alert's messages together, its state and its severity.
3. Messages that came before the mapping was right are kept, and can be replayed.
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
