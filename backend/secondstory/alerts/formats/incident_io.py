"""incident.io: its webhooks about alerts and incidents, and what tools send to its HTTP source.

Source of the rules: docs.incident.io/integrations/webhooks and the API reference (alert-v1,
webhooks, alert-events-v2/createhttp). A webhook's body sits under a member named like its type; of
private things it has the id alone.
"""

from urllib.parse import parse_qs, urlsplit

from secondstory.alerts.formats import standard_webhooks
from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
    any_equal,
)
from secondstory.alerts.formats.incident_io_bodies import of_alert, of_incident, of_posted
from secondstory.alerts.formats.values import identity, paragraph, parse_json, text, within
from secondstory.alerts.signals import Signal, SignalEvent


def verify(message: Message, settings: SourceSettings) -> None:
    """Check the signature of a webhook, or the token of a tool that speaks to the HTTP source.

    Raises `SignatureMismatch`.
    """
    if standard_webhooks.header(message, "signature"):
        standard_webhooks.verify(message, settings)
    elif not any_equal(_tokens(message), settings.secrets):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one webhook, or of one posted alert event."""
    body = parse_json(message.body)
    message_id = identity(standard_webhooks.header(message, "id"))
    event_type = text(body, "event_type")
    if event_type is None:
        named = text(body, "title") or identity(body, "deduplication_key")
        return (of_posted(body),) if named and text(body, "status") else ()
    told = within(body, event_type)
    if event_type.startswith("public_alert.") and identity(told, "id"):
        return (of_alert(told, message_id),)
    incident = within(told, "incident") or told
    if event_type.startswith("public_incident.incident_") and text(incident, "name"):
        created, news = "incident_created" in event_type, paragraph(told, "message")
        return (of_incident(incident, created=created, news=news, message_id=message_id),)
    return (Signal(event=SignalEvent.OTHER, message_id=message_id),)


def _tokens(message: Message) -> list[str]:
    """Return what the HTTP source takes for its token: a Bearer header, or `?token=`."""
    scheme, _, credentials = message.headers.get("authorization", "").partition(" ")
    offered = [credentials.strip()] if scheme.lower() == "bearer" else []
    try:
        offered += parse_qs(urlsplit(message.url).query, max_num_fields=20).get("token", [])
    except ValueError:
        return offered
    return offered


GUIDE = Guide(
    proof="Svix (Standard Webhooks): `webhook-signature` over id, timestamp and body, not older "
    "than five minutes; the HTTP source's shape: a Bearer token",
    identifier="`deduplication_key` of an alert, else its `id`; `id` of an incident",
    lifecycle="firing opens, resolved ends; an incident ends when it leaves its live statuses",
    severities="the attribute of type AlertPriority, or one called priority or severity; of an "
    "incident its severity",
    steps="""\
1. In incident.io open **Settings → Webhooks → Add endpoint**. **Endpoint URL**: `{address}`
2. Subscribe to `public_alert.alert_created_v1` and `public_alert.alert_resolved_v1`; or, to get
   what people declared and nothing else, to `public_incident.incident_created_v2` and
   `public_incident.incident_status_updated_v2`.
3. Copy the endpoint's **Signing secret** (`whsec_…`), and paste it here as the secret of this
   source.

A tool that sends to incident.io's HTTP alert source can send here instead: same body, with the
secret of this source as its token.
""",
    snippet="""\
curl '{address}' --header 'Authorization: Bearer {secret}' --json '{
  "title": "Checkout is slow",
  "status": "firing",
  "deduplication_key": "checkout/slow",
  "source_url": "https://example.com/alerts/1",
  "metadata": {"service": "checkout"}
}'
""",
    language="shell",
)

FORMAT = Format(
    kind=SourceKind.INCIDENT_IO,
    label="incident.io",
    guide=GUIDE,
    signing=Signing.ALWAYS,
    verify=verify,
    read=read,
)
