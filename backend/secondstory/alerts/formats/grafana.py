"""Grafana webhooks: groups of alerts, and before Grafana 9 dashboard alerts one by one.

Source of the rules: grafana/alerting, receivers/webhook/v1, templates/template_data.go and
http/hmac.go; for the older shape grafana/grafana 8, pkg/services/alerting/notifiers/webhook.go.
What tools send to OnCall's formatted webhook has the older shape with other names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
    any_equal,
    sign_sha256,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.grafana_oncall import read_oncall
from secondstory.alerts.formats.groups import read_group, steady_name
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    contents,
    details,
    first,
    identity,
    items,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of, worst
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Grafana"
# The settings page of Grafana names the first one; its library falls back to the second.
_SIGNATURES = ("x-grafana-alerting-signature", "x-grafana-alert-signature")
_TIMESTAMP = "x-grafana-alerting-timestamp"

_OLDER_KEYS = ("ruleId", "alert_uid", "ruleName")
# What the series that fired is about, of which InfluxDB and others name no `instance`.
_OLDER_SUBJECTS = ("service", "instance", "host")
_OLDER_PAGES = ("ruleUrl", "imageUrl", "link_to_upstream_details", "image_url")
_PAGES = ("dashboardURL", "panelURL", "generatorURL", "silenceURL", "imageURL")

# `pending` and `paused` are told, and change nothing.
_OLDER_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "alerting": (SignalEvent.TRIGGER, AlertState.OPEN),
    "no_data": (SignalEvent.TRIGGER, AlertState.OPEN),
    "ok": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def verify(message: Message, settings: SourceSettings) -> None:
    """Check the hex HMAC-SHA256 of the body, or of `<timestamp>:<body>` where there is a time.

    The timestamp is not held against our clock. It makes each signature the name of one message,
    which is taken once however often it comes. Raises `SignatureMismatch`.
    """
    if not settings.secrets:
        return
    offered = [message.headers[name] for name in _SIGNATURES if name in message.headers]
    timestamp = message.headers.get(_TIMESTAMP)
    signed = message.body if timestamp is None else f"{timestamp}:".encode() + message.body
    if not any_equal(offered, [sign_sha256(secret, signed) for secret in settings.secrets]):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification, of either shape."""
    body = parse_json(message.body)
    signals = read_group(body, _links) or read_oncall(body) or _read_older(body)
    return tuple(replace(signal, message_id=_message_id(message)) for signal in signals)


def _message_id(message: Message) -> str | None:
    """Return the signature where it holds a time; without one, a reminder has the same."""
    if _TIMESTAMP not in message.headers:
        return None
    return first(identity(message.headers.get(name)) for name in _SIGNATURES)


def _links(body: JsonValue, alerts: Sequence[JsonValue]) -> tuple[str, ...]:
    """Return what people may want to open; the test button has relative addresses."""
    base = text(body, "externalURL", limit=MAX_TITLE) or ""
    runbooks = (page for alert in alerts for page in contents(alert, "annotations"))
    pages = [_joined(base, within(alert, name)) for name in _PAGES for alert in alerts]
    return links([*runbooks, base, *pages])


def _joined(base: str, page: JsonValue) -> JsonValue:
    if not isinstance(page, str) or not page:
        return None
    try:
        return urljoin(base, page)
    except ValueError:
        return None


def _read_older(body: JsonValue) -> tuple[Signal, ...]:
    key = first(identity(body, name) for name in _OLDER_KEYS) or steady_name(body)
    word = text(body, "state")
    if key is None or word is None:
        return ()
    event, state = _OLDER_STATES.get(word.lower(), (SignalEvent.UPDATE, None))
    title = text(body, "ruleName", limit=MAX_TITLE) or text(body, "title", limit=MAX_TITLE)
    matches = items(body, "evalMatches")
    raw = text(body, "tags", "severity") or worst(text(at, "tags", "severity") for at in matches)
    measured = (text(at, "tags", name) for name in _OLDER_SUBJECTS for at in matches)
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=text(body, "tags", "service") or first(measured),
            state=state,
            links=links(within(body, name) for name in _OLDER_PAGES),
            facts=told(_LABEL, event, title, said=paragraph(body, "message")),
            details=details(body, "tags"),
        ),
    )


GUIDE = Guide(
    proof="the key in the address; with a secret, `X-Grafana-Alerting-Signature`: HMAC-SHA256 of "
    "the body, after `<timestamp>:` where `X-Grafana-Alerting-Timestamp` is set",
    identifier="`groupKey`, with `fingerprint` and `startsAt` for each alert; before Grafana 9 "
    "`ruleId`; the alert group's `id` from OnCall",
    lifecycle="firing (alerting, no data) opens and updates, resolved (ok) ends; only OnCall "
    "tells of an acknowledgement",
    severities="the label `severity`; where alerts of a group differ, the worst",
    steps="""\
1. In Grafana open **Alerting → Contact points → Add contact point** and choose **Webhook**.
2. **URL**: `{address}`; **HTTP Method**: POST. Leave the payload as it is.
3. To have messages signed, set a secret for this source here, and under **HMAC Signature** give the
   same secret, the header `X-Grafana-Alerting-Signature` and, as timestamp header,
   `X-Grafana-Alerting-Timestamp`. Without a secret here, nothing is checked but the address.
4. Choose **Test**: the delivery shows up here.
5. Point a notification policy to the contact point. Labels `severity` and `service` on the rules
   become severity and service here.

Grafana OnCall can page here too: an **outgoing webhook** to `{address}` with **Forward All**, one
for each trigger type: alert group created, acknowledged, resolved.
""",
    snippet="""\
apiVersion: 1
contactPoints:
  - orgId: 1
    name: second-story
    receivers:
      - uid: second-story
        type: webhook
        settings:
          url: '{address}'
          httpMethod: POST
""",
    language="yaml",
)

FORMAT = Format(
    kind=SourceKind.GRAFANA,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.OPTIONAL,
    verify=verify,
    read=read,
)
