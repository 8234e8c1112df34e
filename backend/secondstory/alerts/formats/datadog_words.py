"""Datadog's words, and what people call the variables of a webhook in their templates.

For the source of the rules see `datadog`. The first of several names counts.
"""

# $ALERT_TRANSITION, and the states of monitors and incidents. A reminder (`Re-…`, `Renotify`) of an
# alert that nobody knows opens it too.
OPENING = frozenset({"triggered", "warn", "no data", "alert", "active"})
REMINDING = frozenset({"re-triggered", "re-warn", "re-no data", "renotify"})
ENDED = frozenset({"recovered", "ok", "resolved", "completed"})
# $ALERT_TYPE
TYPES = frozenset({"error", "warning", "info", "success"})
# $PRIORITY is that of the event, which is the same for all monitors.
EVERYDAY = frozenset({"normal", "success"})

TITLES = (
    *("title", "event_title", "alert_title", "incident_title", "monitor_name", "alert_name"),
    *("summary", "subject", "name"),
)
STORIES = ("body", "text", "event_msg", "text_only_msg", "msg", "message", "description")
TRANSITIONS = ("alert_transition", "transition")
STATES = ("status", "alert_status", "event_status", "state", "incident_status")
KINDS = ("alert_type", "type", "level", "severity")
SEVERITIES = ("alert_priority", "severity", "priority", "incident_severity", "level")
KEYS = (
    *("alert_cycle_key", "alert_cycle_id", "aggreg_key", "aggregation_key"),
    *("dedup_key", "deduplication_key", "unique_key", "incident_public_id"),
)
MONITORS = ("monitor_id", "alert_id")
DATES = ("date", "date_posix")
UPDATED = ("last_updated", "last_updated_posix")
SCOPES = ("scopes", "alert_scope", "scope")
