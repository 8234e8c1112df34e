"""New Relic: issues sent by workflows, and incidents of the older notification channels.

Source of the rules: docs.newrelic.com, "Notification integrations: webhook" and "Understand
webhook payloads" for the older channels. Bodies are templates; the default ones are read, and
members that are left out are done without.
"""

import re
from collections.abc import Mapping

from pydantic import JsonValue

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
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "New Relic"

# An issue that is deactivated may become active again, so that is news only.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "created": (SignalEvent.TRIGGER, AlertState.OPEN),
    "activated": (SignalEvent.TRIGGER, AlertState.OPEN),
    "open": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "closed": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_ISSUE_OF_URL = re.compile(r"/issues/([\w-]{1,100})", re.ASCII)
_ISSUE_PAGES = ("issueUrl", "incident_acknowledge_url", "runbookUrl")
_INCIDENT_PAGES = (
    "incident_url",
    "runbook_url",
    "policy_url",
    "incident_acknowledge_url",
    "violation_callback_url",
)


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification, of either shape."""
    body = parse_json(message.body)
    if text(body, "current_state") or within(body, "incident_id") is not None:
        return (_incident(body),)
    url = _ISSUE_OF_URL.search(text(body, "issueUrl", limit=MAX_TITLE) or "")
    key = identity(body, "id") or (url[1] if url else None)
    return () if key is None or _is_nothing(body) else (_issue(body, key),)


def _is_nothing(body: JsonValue) -> bool:
    return text(body, "state") is None and text(body, "title") is None


def _issue(body: JsonValue, key: str) -> Signal:
    event, state = _event(text(body, "state") or "created", text(body, "trigger"))
    condition = _first(body, "alertConditionNames") or text(body, "condition_name")
    title = text(body, "title", limit=MAX_TITLE) or condition
    raw = text(body, "priority")
    created_at, updated_at = instant(body, "createdAt"), instant(body, "updatedAt")
    sent_at = updated_at or (created_at if event is SignalEvent.TRIGGER else None)
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_first(body, "impactedEntities") or _first(body, "alertPolicyNames"),
        state=state,
        opened_at=created_at,
        sent_at=sent_at,
        links=links(within(body, name) for name in _ISSUE_PAGES),
        facts=told(
            _LABEL, event, title, at=sent_at, said=condition, by=text(body, "owner") or None
        ),
        details=_details(body),
    )


def _incident(body: JsonValue) -> Signal:
    """Read the older shape; its id is a number, and 0 in a test is one too."""
    event, state = _event(text(body, "current_state") or "open", None)
    key = identity(body, "incident_id")
    if key is None and event is not SignalEvent.TRIGGER:
        return Signal(event=SignalEvent.OTHER)
    details = paragraph(body, "details")
    title = text(body, "condition_name", limit=MAX_TITLE) or text(body, "details", limit=MAX_TITLE)
    raw, sent_at = text(body, "severity"), instant(body, "timestamp")
    named = (text(target, "name") for target in items(body, "targets"))
    places = (*named, text(body, "policy_name"), text(body, "account_name"))
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=next(filter(None, places), None),
        state=state,
        opened_at=sent_at if event is SignalEvent.TRIGGER else None,
        sent_at=sent_at,
        links=links(within(body, name) for name in _INCIDENT_PAGES),
        facts=told(_LABEL, event, title, at=sent_at, said=details, by=text(body, "owner")),
    )


def _event(word: str, trigger: str | None) -> tuple[SignalEvent, AlertState | None]:
    """Return what a state means; people acting on an active issue acknowledge it."""
    event, state = _STATES.get(word.casefold(), (SignalEvent.UPDATE, None))
    if event is SignalEvent.TRIGGER and trigger == "USER_ACTION":
        return _STATES["acknowledged"]
    return event, state


def _first(body: JsonValue, name: str) -> str | None:
    return next(filter(None, map(text, items(body, name))), None)


def _details(body: JsonValue) -> dict[str, str]:
    named = {
        "policy": _first(body, "alertPolicyNames"),
        "condition": _first(body, "alertConditionNames"),
        "workflow": text(body, "workflowName"),
        "incidents": text(body, "totalIncidents"),
    }
    return {name: value for name, value in named.items() if value}


GUIDE = Guide(
    proof="the key in the address",
    identifier="`id` of the issue; `incident_id` of the older channels",
    lifecycle="CREATED and ACTIVATED open, ACTIVATED by USER_ACTION acknowledges, CLOSED ends; "
    "older channels: open, acknowledged, closed",
    severities="`priority`: CRITICAL, HIGH, MEDIUM, LOW; `severity` of the older channels",
    steps="""\
1. In New Relic open **Alerts → Destinations**, add a **Webhook**, and give it the endpoint URL
   `{address}`.
2. Open **Alerts → Workflows**, add or edit a workflow, and under **Notify** choose **Webhook** and
   this destination. Keep the default payload: all members that are read here are in it.
3. Under **Notification triggers** keep *issue activated*, *acknowledged* and *closed* on.
4. **Send test notification**: the delivery shows up here.
""",
)

FORMAT = Format(kind=SourceKind.NEWRELIC, label=_LABEL, guide=GUIDE, read=read)
