"""Jira Service Management alerts: webhooks in the shape of Opsgenie, which it took over.

Source of the rules: support.atlassian.com/jira-service-management-cloud, "Integrate with webhooks"
and "Alert action data". Webhooks of Jira itself are about tickets and are not read.
"""

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.opsgenie import GUIDE as OPSGENIE
from secondstory.alerts.formats.opsgenie import read_action
from secondstory.alerts.signals import Signal

_LABEL = "Jira Service Management"


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one action on an alert."""
    return read_action(message, _LABEL)


GUIDE = Guide(
    proof=OPSGENIE.proof,
    identifier=OPSGENIE.identifier,
    lifecycle=OPSGENIE.lifecycle,
    severities=OPSGENIE.severities,
    steps="""\
1. In Jira Service Management open **Operations → your team → Integrations → Add integration** and
   choose **Webhook**.
2. **Webhook URL**: `{address}`
3. Under **Edit alert actions** let it post when an alert is created, acknowledged, unacknowledged,
   closed and deleted.
4. Save, and turn the integration on.

Use the webhook of the alerts, not **System → Webhooks** of Jira: those are about tickets.
""",
)

FORMAT = Format(kind=SourceKind.JIRA_SERVICE_MANAGEMENT, label=_LABEL, guide=GUIDE, read=read)
