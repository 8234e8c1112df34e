"""How to set an outgoing webhook up in Splunk On-Call."""

from secondstory.alerts.formats.contract import Guide

GUIDE = Guide(
    proof="the key in the address; with a secret, `X-VictorOps-Signature` of escalation webhooks: "
    "HMAC-SHA1 of the address and the form",
    identifier="the incident number of outgoing webhooks; `entity_id` of what tools post",
    lifecycle="phases UNACKED opens, ACKED, RESOLVED ends; of what tools post CRITICAL and WARNING "
    "open, INFO is news, ACKNOWLEDGEMENT, RECOVERY or OK ends",
    severities="`message_type`: CRITICAL, WARNING, INFO",
    steps="""\
1. In Splunk On-Call open **Integrations → Outgoing Webhooks → Add Webhook**.
2. **Event**: Any-Incident; **Method**: POST; **Content type**: application/json;
   **To**: `{address}`
3. Put the template below into **Payload** and save.

Tools that post to the REST endpoint of Splunk On-Call can post the same body to `{address}`.
For webhooks of escalation policies make another source, and give it the *Auth Code* as its secret:
with a secret, only messages signed with it are taken.
""",
    snippet="""\
{
  "incident_number": "${{INCIDENT.INCIDENT_ID}}",
  "alert_phase": "${{INCIDENT.CURRENT_PHASE}}",
  "message_type": "${{ALERT.message_type}}",
  "entity_id": "${{ALERT.entity_id}}",
  "display_name": "${{ALERT.entity_display_name}}",
  "state_message": "${{ALERT.state_message}}",
  "monitoring_tool": "${{ALERT.monitoring_tool}}",
  "vo_alert_rcv_time": "${{ALERT.VO_ALERT_RCV_TIME}}",
  "incident_timestamp": "${{INCIDENT.INCIDENT_TIMESTAMP}}"
}
""",
    language="json",
)
