"""Zabbix's words, and what scripts of media types call the macros of Zabbix.

For the source of the rules see `zabbix`. The first of several names counts.
"""

from collections.abc import Mapping

from secondstory.alerts.signals import SignalEvent
from secondstory.incidents.models import Severity

# `told_…` stands in the message, see `zabbix._members`.
EVENT_IDS = ("p_eventid", "event_id", "problem_id", "alert_uid", "alert_id", "id", "told_id")
TRIGGER_IDS = ("trigger_id",)
TITLES = (
    *("event_name", "problem_name", "trigger_name", "alert_name", "name", "problem", "trigger"),
    *("title", "alert_subject", "subject", "told_name", "trigger_description", "description"),
)
HOSTS = ("service", "host", "host_host", "hostname", "told_host")
SEVERITIES = (
    *("event_severity", "trigger_severity", "severity", "severity_text"),
    *("event_nseverity", "trigger_nseverity", "nseverity", "told_severity"),
)
STATES = (
    *("event_recovery_value", "event_recovery_status", "event_value", "trigger_value"),
    *("event_status", "trigger_status", "status", "state", "event_is_problem", "value"),
)
ACKNOWLEDGED = ("event_ack_status", "event_ack", "acknowledged")
ACTIONS = ("event_update_action", "update_action")
UPDATES = ("event_update_status", "event_is_update")
PAGES = (
    *("event_url", "problem_url", "link", "trigger_url", "alert_url"),
    # What Grafana OnCall's media type calls it.
    "link_to_upstream_details",
)
BEGUN = ("event_timestamp", "event_datetime_timestamp")
MOMENTS: Mapping[SignalEvent, tuple[str, ...]] = {
    SignalEvent.TRIGGER: BEGUN,
    SignalEvent.RESOLVE: ("event_recovery_timestamp",),
}
UPDATED = ("event_update_timestamp",)
MESSAGES = ("alert_message", "message", "description")

# By {EVENT.NSEVERITY}; the numbers rise with the severity.
NUMBERS: Mapping[str, Severity] = {
    "1": Severity.SEV5,
    "2": Severity.SEV3,
    "3": Severity.SEV3,
    "4": Severity.SEV2,
    "5": Severity.SEV1,
}
ENDED = frozenset({"0", "ok", "resolved", "recovery", "recovered", "closed", "normal"})
YES = frozenset({"yes", "true", "1"})
