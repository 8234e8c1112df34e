"""How to set a webhook up in New Relic: a destination and a workflow."""

from secondstory.alerts.formats.contract import Guide

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
