"""The PagerDuty Events API v2, spoken by many tools: we stand where PagerDuty would.

Source of the rules: PagerDuty/developer-docs, docs/events-API-v2 02 (alert events) and 03 (change
events). Messages carry no time of their own sending, so the order of arrival counts.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

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
    contents,
    details,
    identity,
    instant,
    items,
    links,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent, digest
from secondstory.timeline.models import EventKind

MAX_BYTES = 512 * 1024
SEVERITIES = ("critical", "error", "warning", "info")

_ACTIONS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "trigger": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acknowledge": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "resolve": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# Kept with a message, so that it is the same when it is read again.
_CHANGE = "x-sent-as-change"
_ROUTING_KEY = re.compile(r'("routing_key"\s*:\s*")[^"]*(")')


def routing_key(body: JsonValue) -> str | None:
    """Return the key that names the source, if the body has one."""
    return text(body, "routing_key")


def faults(body: JsonValue) -> list[str]:
    """Return what PagerDuty would refuse an alert event for; nothing if it is fine."""
    if not isinstance(body, dict):
        return ["The body is not a JSON object"]
    found = _missing(body, "routing_key", "event_action")
    action = text(body, "event_action")
    if action is not None and action not in _ACTIONS:
        found.append("'event_action' must be one of trigger, acknowledge, resolve")
    if action == "trigger":
        payload = within(body, "payload")
        found += _missing(payload, "summary", "source", "severity", below="payload.")
        severity = text(payload, "severity")
        if severity is not None and severity not in SEVERITIES:
            found.append(f"'payload.severity' must be one of {', '.join(SEVERITIES)}")
    elif action in _ACTIONS and text(body, "dedup_key") is None:
        found.append("'dedup_key' is missing or blank")
    if len(text(body, "dedup_key", limit=300) or "") > 255:  # noqa: PLR2004 - PagerDuty's limit
        found.append("'dedup_key' is too long (maximum is 255 characters)")
    return found


def change_faults(body: JsonValue) -> list[str]:
    """Return what PagerDuty would refuse a change event for."""
    if not isinstance(body, dict):
        return ["The body is not a JSON object"]
    return _missing(body, "routing_key") + _missing(
        within(body, "payload"), "summary", below="payload."
    )


def as_change(message: Message) -> Message:
    """Mark what came to the address of change events; the body, whatever it says, does not tell."""
    return replace(message, headers={_CHANGE: "yes", **message.headers})


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one event; a change event is a signal about no alert."""
    body = parse_json(message.body)
    if not isinstance(body, dict):
        return ()
    action = "" if _CHANGE in message.headers else text(body, "event_action") or ""
    event, state = _ACTIONS.get(action, (SignalEvent.OTHER, None))
    payload = within(body, "payload")
    title = text(payload, "summary", limit=MAX_TITLE)
    if event is SignalEvent.OTHER and title is None:
        return ()
    raw = text(payload, "severity")
    offered = [within(link, "href") for link in [*items(body, "links"), *items(body, "images")]]
    return (
        Signal(
            event=event,
            dedup_key=identity(body, "dedup_key") if state else None,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=text(payload, "source"),
            state=state,
            opened_at=instant(payload, "timestamp") if event is SignalEvent.TRIGGER else None,
            links=links(
                [*offered, within(body, "client_url"), *contents(payload, "custom_details")]
            ),
            facts=_facts(body, event, title),
            details=_details(payload),
        ),
    )


def redact(body: str) -> str:
    """Take the routing key out of a body that is to be shown."""
    return _ROUTING_KEY.sub(r"\1…\2", body)


def _missing(value: JsonValue, *names: str, below: str = "") -> list[str]:
    return [f"'{below}{name}' is missing or blank" for name in names if text(value, name) is None]


def _facts(body: JsonValue, event: SignalEvent, title: str | None) -> tuple[Fact, ...]:
    tool = text(body, "client") or "the alerting tool"
    source = text(body, "payload", "source")
    occurred_at = instant(body, "payload", "timestamp")
    if event is SignalEvent.TRIGGER:
        line = f"Alert from {source}: {title}" if source else f"Alert: {title}"
        return (Fact(mark=digest("trigger", title), text=line, occurred_at=occurred_at),)
    if event is SignalEvent.ACK:
        line = f"Alert acknowledged in {tool}"
        mark, kind = digest("ack"), EventKind.ACTION
        return (Fact(mark=mark, text=line, occurred_at=occurred_at, kind=kind),)
    if event is SignalEvent.RESOLVE:
        line = f"Alert resolved: {title}" if title else "Alert resolved"
        return (Fact(mark=digest("resolve"), text=line, occurred_at=occurred_at),)
    return ()


def _details(payload: JsonValue) -> dict[str, str]:
    named = details({name: within(payload, name) for name in ("component", "group", "class")})
    return named | details(payload, "custom_details")


GUIDE = Guide(
    proof="the routing key in the body",
    identifier="`dedup_key` within the routing key; one is made and answered where there is none",
    lifecycle="trigger, acknowledge, resolve; change events open nothing",
    severities="`payload.severity`: critical, error, warning, info",
    steps="""\
Any tool that can page through the PagerDuty Events API v2 can page here: give it this server in the
place of `https://events.pagerduty.com`, and the routing key `{secret}` as its integration key.
""",
    snippet="""\
curl {address} --json '{
  "routing_key": "{secret}",
  "event_action": "trigger",
  "dedup_key": "checkout/slow",
  "payload": {"summary": "Checkout is slow", "source": "checkout", "severity": "critical"}
}'
""",
    language="shell",
)

FORMAT = Format(
    kind=SourceKind.PAGERDUTY_EVENTS_V2,
    label="PagerDuty Events API v2",
    guide=GUIDE,
    read=read,
    redact=redact,
)
