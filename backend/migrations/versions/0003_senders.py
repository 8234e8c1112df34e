"""Room for every sender a source can be of."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BEFORE = ("pagerduty_v3", "pagerduty_events_v2", "alertmanager", "generic")
_AFTER = (
    *_BEFORE,
    *("opsgenie", "jira_service_management", "grafana", "datadog", "sentry", "aws_sns_cloudwatch"),
    *("splunk_on_call", "newrelic", "zabbix", "uptime_kuma", "better_stack", "azure_monitor"),
    *("google_cloud_monitoring", "honeycomb", "checkly", "pingdom", "incident_io", "cloudevents"),
)


def upgrade() -> None:
    _allow(_AFTER)


def downgrade() -> None:
    _allow(_BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_alert_source_sourcekind"), "alert_source", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(
        op.f("ck_alert_source_sourcekind"), "alert_source", f"kind IN ({listed})"
    )
