"""Grafana OnCall: outgoing webhooks that forward all data, one message per event of a group.

Source of the rules: grafana/oncall, docs/sources/configure/outgoing-webhooks. An alert as OnCall
keeps it, without its group, is read by `groups`.
"""

from pydantic import JsonValue

from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.groups import SERVICES
from secondstory.alerts.formats.states import EVENTS, known_state
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    contents,
    details,
    first,
    identity,
    instant,
    links,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Grafana OnCall"

_OPENING = frozenset({"alert group created", "escalation"})


def read_oncall(body: JsonValue) -> tuple[Signal, ...]:
    """Return the signal of one event of an alert group."""
    group, event_type = within(body, "alert_group"), text(body, "event", "type")
    key = identity(group, "id") or identity(body, "alert_group_id")
    if key is None or event_type is None:
        return ()
    state = known_state(text(group, "state") or "")
    event = _event(event_type, state)
    # The first alert of the group, as its source sent it.
    alert = within(body, "alert_payload")
    labels = details(alert, "commonLabels") | details(alert, "labels") | details(group, "labels")
    title = text(group, "title", limit=MAX_TITLE) or labels.get("alertname")
    at = instant(body, "event", "time")
    raw = labels.get("severity")
    by = text(body, "user", "username")
    news = event_type if event is SignalEvent.UPDATE else None
    pages = [*contents(group, "permalinks"), *contents(alert, "annotations")]
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=first(map(labels.get, SERVICES)) or text(body, "integration", "name"),
            state=state,
            opened_at=instant(group, "created_at"),
            sent_at=at,
            links=links([*pages, within(alert, "generatorURL")]),
            facts=told(_LABEL, event, title, at=at, said=news, by=by),
            details=labels,
        ),
    )


def _event(event_type: str, state: AlertState | None) -> SignalEvent:
    """Return what happened; silences, notes and the like are told, and the state counts."""
    if event_type.lower() in _OPENING:
        return SignalEvent.TRIGGER
    said = state if event_type.lower() == "status change" else known_state(event_type)
    return EVENTS[said] if said else SignalEvent.UPDATE
