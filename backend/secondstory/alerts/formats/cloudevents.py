"""CloudEvents 1.0: incidents of CDEvents, rules of Falco, problems of Keptn, and whatever else.

Source of the rules: cdevents/spec, continuous-operations.md (incident.detected, .reported and
.resolved have the same subject); falcosecurity/falcosidekick, outputs/cloudevents.go; keptn/spec,
cloudevents.md. The standard gives an event no state: a plain one is read by the usual words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from secondstory.alerts.formats.cloudevents_envelopes import Envelope, envelopes
from secondstory.alerts.formats.cloudevents_plain import folded, plain_signal
from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    identity,
    instant,
    links,
    paragraph,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest

_INCIDENT = re.compile(r"dev\.cdevents\.incident\.(detected|reported|resolved)(?![a-z])")
# Of pipelines, artifacts, deployments, and of a subscription itself: changes, and no alerts.
_CHANGES = ("dev.cdevents.", "dev.tekton.event.", "Microsoft.EventGrid.")
_OVER = frozenset({"RESOLVED", "CLOSED"})


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return a signal for each event of the request."""
    found = envelopes(message)
    signals = [_signal(event) for event in found]
    message_id = _message_id(found, signals)
    return tuple(replace(signal, message_id=message_id) for signal in signals)


def _message_id(found: Sequence[Envelope], signals: Sequence[Signal]) -> str | None:
    """Return what all events together are named by: a batch is known again only as a whole.

    Some senders give the end of a problem the id that its beginning had.
    """
    names = [event.name for event in found]
    if not names or not all(source and name for source, name in names):
        return None
    ends = (signal.state for signal in signals)
    return digest(*(part for name in names for part in name), *ends)


def _signal(event: Envelope) -> Signal:
    if _INCIDENT.match(event.type):
        return _incident(event)
    if event.type.startswith("falco."):
        return _rule(event)
    if event.type.startswith("sh.keptn."):
        return _problem(event)
    if event.type.startswith(_CHANGES):
        return _other(event)
    return plain_signal(event)


def _other(event: Envelope) -> Signal:
    service = text(event.data, "service") or text(event.attributes.get("source"))
    return Signal(event=SignalEvent.OTHER, title=event.type, service=service)


def _incident(event: Envelope) -> Signal:
    """Read an incident of CDEvents."""
    over = ".incident.resolved" in event.type
    kind = SignalEvent.RESOLVE if over else SignalEvent.TRIGGER
    subject = within(event.data, "subject")
    content = within(subject, "content")
    custom = within(event.data, "customData")
    title = text(content, "description", limit=MAX_TITLE)
    raw = text(custom, "severity") or text(custom, "priority") or text(content, "severity")
    at = event.time or instant(event.data, "context", "timestamp")
    service = text(content, "service", "id") or text(content, "service")
    return Signal(
        event=kind,
        dedup_key=event.subject or identity(subject, "id") or event.id,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=service or text(event.attributes.get("source")),
        state=AlertState.RESOLVED if over else AlertState.OPEN,
        opened_at=None if over else at,
        sent_at=at,
        links=links([within(content, "ticketURI")]),
        facts=told("CDEvents", kind, title, at=at),
        details=details(custom) | details(content, "environment"),
    )


def _rule(event: Envelope) -> Signal:
    """Read a rule of Falco that matched: each is an alert of its own, and none ends."""
    data, extra = event.data, event.attributes
    title = text(data, "rule", limit=MAX_TITLE) or text(extra.get("rule"), limit=MAX_TITLE)
    raw = text(data, "priority") or text(extra.get("priority"))
    at = event.time or instant(data, "time")
    return Signal(
        event=SignalEvent.TRIGGER,
        dedup_key=event.id,
        title=title or event.type,
        severity_raw=raw,
        severity=severity_of(raw),
        service=text(data, "hostname") or text(extra.get("hostname")),
        state=AlertState.OPEN,
        opened_at=at,
        sent_at=at,
        facts=told("Falco", SignalEvent.TRIGGER, title, at=at, said=paragraph(data, "output")),
        details=details(data, "output_fields"),
    )


def _problem(event: Envelope) -> Signal:
    """Read a problem that Keptn acts on; its other events are about delivery, or about the acts."""
    data = event.data
    problem = within(data, "problem") or within(data, "remediation", "problem") or data
    found = folded(problem)
    title = text(found, "problemtitle", limit=MAX_TITLE)
    named = identity(event.attributes.get("shkeptncontext")) or identity(found, "pid")
    key = named or event.id
    if title is None or key is None:
        return _other(event)
    over = (text(found, "state") or "").upper() in _OVER
    begins = event.type.endswith((".triggered", ".open", ".problem"))
    going = SignalEvent.TRIGGER if begins else SignalEvent.UPDATE
    kind = SignalEvent.RESOLVE if over else going
    began = instant(found, "problemdetails", "startTime")
    source = text(event.attributes.get("source"))
    return Signal(
        event=kind,
        dedup_key=key,
        title=title,
        service=text(data, "service") or text(found, "impactedentity") or source,
        state=AlertState.RESOLVED if over else AlertState.OPEN if begins else None,
        opened_at=began or (event.time if kind is SignalEvent.TRIGGER else None),
        sent_at=event.time,
        links=links([within(found, "problemurl"), *folded(within(data, "labels")).values()]),
        facts=told("Keptn", kind, title, at=event.time, said=paragraph(data, "message")),
        details=details(data, "labels"),
    )


GUIDE = Guide(
    proof="the key in the address",
    identifier="`subject`; of Keptn `shkeptncontext`; else a `fingerprint`, `alert_id` or the like "
    "of the data, else `id`. `source` and `id` tell doubles",
    lifecycle="CDEvents: detected and reported open, resolved ends; Falco: each match opens and "
    "never ends; plain events: by a word in their data or type, such as resolved",
    severities="`priority` or `severity` of the data or the envelope",
    steps="""\
1. Have your sender post to `{address}`: structured (`application/cloudevents+json`), in batches, or
   binary with `ce-` headers.
2. Where it asks for permission first (`OPTIONS` with `WebHook-Request-Origin`), it is given.
3. Events about deployments, builds and the like open nothing; of events that are no alerts at all
   send none here, for what is not known to be over opens an incident.
""",
    snippet="""\
curl '{address}' --header 'Content-Type: application/cloudevents+json' --data '{
  "specversion": "1.0",
  "id": "1",
  "source": "/monitoring/prod",
  "type": "com.example.alert.fired",
  "subject": "checkout/slow",
  "data": {"title": "Checkout is slow", "severity": "high", "service": "checkout"}
}'
""",
    language="shell",
)

FORMAT = Format(kind=SourceKind.CLOUDEVENTS, label="CloudEvents", guide=GUIDE, read=read)
