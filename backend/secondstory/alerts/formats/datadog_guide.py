"""How to set a webhook up in Datadog, and the template to paste there."""

from secondstory.alerts.formats.contract import Guide

GUIDE = Guide(
    proof="the key in the address",
    identifier="`$ALERT_CYCLE_KEY`, else `$AGGREG_KEY`, else `$ALERT_ID` with `$ALERT_SCOPE`; else "
    "the monitor that a link names, or the title, with the scope in it",
    lifecycle="Triggered, Warn, No Data and reminders open and update, Recovered ends; there is no "
    "acknowledgement",
    severities="`$ALERT_PRIORITY` or the title: P1 to P5, else `$ALERT_TYPE`: error, warning, info",
    steps="""\
1. In Datadog open **Integrations → Webhooks** and add a webhook with the URL `{address}`.
2. Put the template below into **Payload**, and leave **Encode as form** unchecked.
3. Mention the webhook in the message of each monitor: `@webhook-` and its name. Reminders and
   recoveries are sent by themselves.

A payload you have already is understood too, as long as its members are called after the variables,
such as `alertTransition`. The default one is, but knows neither priority nor service.
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
