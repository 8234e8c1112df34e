"""Azure Monitor messages without the common alert schema, as old action groups still send them.

Source of the rules: MicrosoftDocs/azure-monitor-docs, alerts-non-common-schema-definitions.md and
activity-log-alerts-webhook.md. Classic alerts have no `schemaId`, metric alerts
`AzureMonitorMetricAlert`, activity logs `Microsoft.Insights/activityLogs`, log searches
`Microsoft.Insights/LogAlert`, budgets `AIP Budget Notification`. What autoscale did is told in the
shape of a classic alert.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.azure_monitor_words import (
    LABEL,
    SEARCHES,
    SEVERITIES,
    last_part,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
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
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest

_STATUSES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "Activated": (SignalEvent.TRIGGER, AlertState.OPEN),
    "Deactivated": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "Resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def read_older(body: JsonValue) -> tuple[Signal, ...]:
    """Return the signal of one message in any of the older shapes."""
    data = within(body, "data")
    alert = data if isinstance(data, dict) else body
    activity = within(alert, "context", "activityLog")
    if isinstance(activity, dict):
        return _of_activity(activity)
    if text(alert, "AlertRuleName"):
        return (_of_log_search(alert),)
    if text(alert, "BudgetName"):
        return (_of_budget(alert),)
    alert = _uncapitalised(alert)
    context = _uncapitalised(within(alert, "context"))
    key = identity(context, "id")
    if key is not None and text(alert, "operation"):
        # A scale set grew or shrank, as it is meant to.
        return (Signal(event=SignalEvent.OTHER, title=text(context, "name")),)
    return () if key is None else (_of_rule(alert, context, key),)


def _uncapitalised(value: JsonValue) -> JsonValue:
    """Return an object with small letters in front: metric alerts of 2018 have capital ones."""
    if not isinstance(value, dict):
        return value
    return {name[:1].lower() + name[1:]: member for name, member in value.items()}


def _of_rule(alert: JsonValue, context: JsonValue, key: str) -> Signal:
    """Read a classic or metric alert: its rule is its key, and its resource what it is about."""
    event, state = _STATUSES.get(text(alert, "status") or "", (SignalEvent.UPDATE, None))
    title = text(context, "name", limit=MAX_TITLE) or text(context, "description", limit=MAX_TITLE)
    at = instant(context, "timestamp")
    raw = text(context, "severity")
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw, SEVERITIES),
        service=text(context, "resourceName") or _name_of(context, "resourceId"),
        state=state,
        opened_at=at if event is SignalEvent.TRIGGER else None,
        sent_at=at,
        links=links([within(context, "portalLink")]),
        facts=told(LABEL, event, title, at=at, said=paragraph(context, "description")),
        details=details(alert, "properties"),
    )


def _of_activity(activity: JsonValue) -> tuple[Signal, ...]:
    """Read an activity log or service health event; each is a thing of its own and never ends.

    All that Azure has to say of one service issue has its tracking id.
    """
    properties = within(activity, "properties")
    key = identity(properties, "trackingId") or identity(activity, "eventDataId")
    key = key or identity(activity, "correlationId")
    if key is None:
        return ()
    named = [text(properties, name, limit=MAX_TITLE) for name in ("title", "recommendationName")]
    if text(activity, "eventSource") == "Security":
        named.append(text(activity, "description", limit=MAX_TITLE))
    title = first(named) or text(activity, "operationName")
    at = instant(activity, "eventTimestamp")
    raw = text(activity, "level")
    said = paragraph(activity, "description") or paragraph(properties, "communication")
    return (
        Signal(
            event=SignalEvent.TRIGGER,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw, SEVERITIES),
            service=text(properties, "service")
            or text(properties, "compromisedEntity")
            or _name_of(activity, "resourceId"),
            state=AlertState.OPEN,
            opened_at=at,
            sent_at=at,
            links=links([within(properties, "recommendationResourceLink")]),
            facts=told(LABEL, SignalEvent.TRIGGER, title, at=at, said=said),
        ),
    )


def _of_log_search(alert: JsonValue) -> Signal:
    """Read a log search alert: each search that found something is an alert, and none ends."""
    title = text(alert, "AlertRuleName", limit=MAX_TITLE)
    at = instant(alert, "SearchIntervalEndtimeUtc")
    raw = text(alert, "Severity")
    affected = [text(item) for item in items(alert, "AffectedConfigurationItems")]
    return Signal(
        event=SignalEvent.TRIGGER,
        dedup_key=digest(text(alert, "SubscriptionId"), title),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw, SEVERITIES),
        service=first(affected) or _name_of(alert, "ResourceId"),
        state=AlertState.OPEN,
        opened_at=at,
        sent_at=at,
        links=links(within(alert, name) for name in SEARCHES),
        facts=told(LABEL, SignalEvent.TRIGGER, title, at=at, said=paragraph(alert, "Description")),
    )


def _of_budget(budget: JsonValue) -> Signal:
    """Read a cost budget: each time it says what was spent is an alert, without time or end."""
    names = ("SubscriptionId", "ResourceGroup", "BudgetName")
    amounts = ("NotificationThresholdAmount", "SpendingAmount")
    title = text(budget, "BudgetName", limit=MAX_TITLE)
    return Signal(
        event=SignalEvent.TRIGGER,
        dedup_key=digest(*(text(budget, name) for name in (*names, *amounts))),
        title=title,
        service=text(budget, "ResourceGroup") or text(budget, "SubscriptionName"),
        state=AlertState.OPEN,
        facts=told(LABEL, SignalEvent.TRIGGER, title),
        details=details(budget),
    )


def _name_of(value: JsonValue, name: str) -> str | None:
    resource = text(value, name, limit=1000)
    return last_part(resource) if resource else None
