"""Datadog webhooks: bodies are templates of the user; ours, the default one and others are read.

Source of the rules: docs.datadoghq.com/integrations/webhooks (variables, retries, encoding as
form). All values are text; a variable without a value is empty or stays as `$NAME`.
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
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.forms import form_fields
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    instant,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Datadog"

# $ALERT_TRANSITION. A reminder (`Re-…`, `Renotify`) of an alert that nobody knows opens it too.
_OPENING = frozenset({"triggered", "warn", "no data"})
_REMINDING = frozenset({"re-triggered", "re-warn", "re-no data", "renotify"})

# For example: [TEST] [P2] [Triggered on {host:a}] Disk is full
_HEADLINE = re.compile(
    r"(?:\[TEST\]\s*)?(?:\[(?P<priority>P[1-5])\]\s*)?"
    r"(?:\[(?P<transition>(?:Re-)?(?:Triggered|Warn|No Data)|Renotify|[A-Za-z ]{0,9}Recovered)"
    r"(?: on \{(?P<scope>[^}]*)\})?\]\s*)?"
    r"(?P<title>.*)",
    re.DOTALL,
)
_MONITOR_PAGE = re.compile(r"\]\((https://[^\s()]{1,1000}/monitors[^\s()]{1,1000})\)")
_UNSET = re.compile(r"\$[A-Z_]+")


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification of a monitor."""
    form: dict[str, JsonValue] = {**form_fields(message)}
    body = form or parse_json(message.body)
    headline = _said(body, "title", "event_title", "alert_title")
    if headline is None:
        return ()
    parts = _HEADLINE.fullmatch(headline)
    named = {name: value for name, value in (parts.groupdict() if parts else {}).items() if value}
    title = named.get("title") or headline
    transition = _said(body, "alert_transition", "transition") or named.get("transition")
    event, state = _event(transition, _said(body, "alert_type"))
    if event is SignalEvent.OTHER:
        return (Signal(event=event, title=title),)
    fresh = transition is None or transition.casefold() in _OPENING
    opened_at = instant(body, "date") if fresh and event is SignalEvent.TRIGGER else None
    return (replace(_signal(body, event, state, title, named), opened_at=opened_at),)


def _event(transition: str | None, alert_type: str | None) -> tuple[SignalEvent, AlertState | None]:
    """Return what a transition means; templates without one may still tell the type."""
    word = (
        transition.casefold() if transition else "recovered" if alert_type == "success" else "warn"
    )
    if word in _OPENING | _REMINDING:
        return SignalEvent.TRIGGER, AlertState.OPEN
    if word.endswith("recovered"):
        return SignalEvent.RESOLVE, AlertState.RESOLVED
    return SignalEvent.OTHER, None


def _signal(
    body: JsonValue,
    event: SignalEvent,
    state: AlertState | None,
    title: str,
    named: Mapping[str, str],
) -> Signal:
    sent_at = instant(body, "last_updated") or instant(body, "date")
    raw = _said(body, "severity", "priority", "alert_priority") or named.get("priority")
    raw = raw or (_said(body, "alert_type") if event is SignalEvent.TRIGGER else None)
    return Signal(
        event=event,
        dedup_key=_key(body, title, named.get("scope")),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_tagged(body, "service") or _said(body, "hostname"),
        state=state,
        sent_at=sent_at,
        message_id=_said(body, "event_id"),
        links=_links(body),
        facts=told(_LABEL, event, title, at=sent_at, said=_story(body)),
        details=_details(body),
    )


def _key(body: JsonValue, title: str, scope: str | None) -> str | None:
    """Return what is the same from trigger to recovery; `$ID` is not."""
    cycle = _said(body, "alert_cycle_key", "cycle_key") or _said(body, "aggreg_key")
    monitor = _said(body, "monitor_id", "alert_id")
    scopes = _said(body, "scopes", "alert_scope", "scope") or scope
    parts = filter(None, (monitor or title, scopes))
    return identity(cycle or "|".join(parts))


def _said(body: JsonValue, *names: str) -> str | None:
    """Return the first of several members that has a value."""
    found = (text(body, name, limit=MAX_TITLE) for name in names)
    return next((value for value in found if value and not _UNSET.fullmatch(value)), None)


def _tagged(body: JsonValue, name: str) -> str | None:
    """Return the value of a tag such as `service:checkout`."""
    for member in ("tags", "scopes", "alert_scope", "scope"):
        for tag in (paragraph(body, member) or "").split(","):
            key, _, value = tag.strip().partition(":")
            if key == name and value:
                return text(value)
    return None


def _links(body: JsonValue) -> tuple[str, ...]:
    given = links(within(body, name) for name in ("url", "link", "snapshot"))
    written = _MONITOR_PAGE.search(paragraph(body, "body") or "")
    return given or links([written[1]] if written else [])


def _story(body: JsonValue) -> str | None:
    """Return the message without the signs that tell Datadog it is Markdown."""
    written = paragraph(body, "body") or paragraph(body, "text")
    return written.removeprefix("%%%").removesuffix("%%%").strip() if written else None


def _details(body: JsonValue) -> dict[str, str]:
    named = ("monitor_id", "scopes", "tags", "alert_query", "alert_metric", "hostname")
    found = ((name, _said(body, name)) for name in named)
    return {name: value for name, value in found if value}


GUIDE = Guide(
    proof="the key in the address",
    identifier="`$ALERT_CYCLE_KEY`, else `$AGGREG_KEY`, else `$ALERT_ID` with `$ALERT_SCOPE`; with "
    "the default template the title and the scope in it",
    lifecycle="Triggered, Warn, No Data and reminders open and update, Recovered ends; there is no "
    "acknowledgement",
    severities="`$ALERT_PRIORITY`: P1 to P5, else `$ALERT_TYPE`: error, warning, info",
    steps="""\
1. In Datadog open **Integrations → Webhooks** and add a webhook with the URL `{address}`.
2. Put the template below into **Payload**, and leave **Encode as form** unchecked.
3. Mention the webhook in the message of each monitor: `@webhook-` and its name. Reminders and
   recoveries are sent by themselves.

The default payload is understood too, but knows neither priority nor service.
""",
    snippet="""\
{
  "title": "$EVENT_TITLE",
  "body": "$TEXT_ONLY_MSG",
  "alert_transition": "$ALERT_TRANSITION",
  "alert_type": "$ALERT_TYPE",
  "priority": "$ALERT_PRIORITY",
  "alert_cycle_key": "$ALERT_CYCLE_KEY",
  "aggreg_key": "$AGGREG_KEY",
  "monitor_id": "$ALERT_ID",
  "scopes": "$ALERT_SCOPE",
  "tags": "$TAGS",
  "hostname": "$HOSTNAME",
  "date": "$DATE",
  "last_updated": "$LAST_UPDATED",
  "url": "$LINK",
  "snapshot": "$SNAPSHOT",
  "event_id": "$ID"
}
""",
    language="json",
)

FORMAT = Format(kind=SourceKind.DATADOG, label=_LABEL, guide=GUIDE, read=read)
