"""All formats, by the kind of source that speaks them."""

from collections.abc import Mapping

from secondstory.alerts.formats import (
    alertmanager,
    aws_sns_cloudwatch,
    azure_monitor,
    better_stack,
    checkly,
    cloudevents,
    datadog,
    generic,
    google_cloud_monitoring,
    grafana,
    honeycomb,
    incident_io,
    jira_service_management,
    newrelic,
    opsgenie,
    pagerduty_events_v2,
    pagerduty_v3,
    pingdom,
    sentry,
    splunk_on_call,
    uptime_kuma,
    zabbix,
)
from secondstory.alerts.formats.contract import Format, SourceKind

# In the order in which people are offered them: pagers first, then what watches, then the rest.
_MODULES = (
    pagerduty_v3,
    pagerduty_events_v2,
    opsgenie,
    jira_service_management,
    splunk_on_call,
    incident_io,
    alertmanager,
    grafana,
    datadog,
    newrelic,
    sentry,
    zabbix,
    aws_sns_cloudwatch,
    azure_monitor,
    google_cloud_monitoring,
    honeycomb,
    uptime_kuma,
    better_stack,
    checkly,
    pingdom,
    cloudevents,
    generic,
)

FORMATS: Mapping[SourceKind, Format] = {module.FORMAT.kind: module.FORMAT for module in _MODULES}
