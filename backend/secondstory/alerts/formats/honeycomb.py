"""Honeycomb webhooks: triggers and SLO burn alerts.

Source of the rules: docs.honeycomb.io/notify/webhooks (secret, delivery id, answers) and
honeycombio/examples, webhook-listener-triggers (body). The id is that of the trigger and the same
for every episode; messages carry no time, so the order of arrival counts.
"""

from collections.abc import Mapping

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
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    items,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Honeycomb"
_MAX_GROUPS = 5

_STATUSES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "TRIGGERED": (SignalEvent.TRIGGER, AlertState.OPEN),
    "OK": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `X-Honeycomb-Webhook-Token`, which is the shared secret itself.

    Raises `SignatureMismatch`.
    """
    offered = message.headers.get("x-honeycomb-webhook-token", "")
    if not any_equal([offered], settings.secrets):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    body = parse_json(message.body)
    status = text(body, "status")
    key = identity(body, "id") or identity(body, "name")
    # The same over all attempts to deliver one notification.
    message_id = identity(message.headers.get("x-honeycomb-webhook-delivery-id"))
    if key is None or status is None:
        title = text(body, "summary", limit=MAX_TITLE) or text(body, "name", limit=MAX_TITLE)
        other = Signal(event=SignalEvent.OTHER, title=title, message_id=message_id)
        return (other,) if title else ()
    return (_signal(body, key, status, message_id),)


def _signal(body: JsonValue, key: str, status: str, message_id: str | None) -> Signal:
    event, state = _STATUSES.get(status.upper(), (SignalEvent.UPDATE, None))
    title = text(body, "name", limit=MAX_TITLE) or text(body, "summary", limit=MAX_TITLE)
    raw = text(body, "severity")
    said = [paragraph(body, "description"), *_groups(body)]
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=text(body, "dataset") or text(body, "service"),
        state=state,
        message_id=message_id,
        links=links(within(body, name) for name in ("trigger_url", "slo_url", "url", "result_url")),
        facts=told(_LABEL, event, title, said="\n".join(line for line in said if line) or None),
        details=_details(body),
    )


def _groups(body: JsonValue) -> list[str]:
    """Return what crossed the threshold, a line each."""
    found = items(body, "result_groups_triggered")
    lines = []
    for group in found[:_MAX_GROUPS]:
        named = within(group, "Group")
        pairs = named.items() if isinstance(named, dict) else ()
        where = ", ".join(f"{text(name)} = {text(value)}" for name, value in pairs)
        lines.append(f"{where}: {text(group, 'Result')}" if where else "")
    return lines


def _details(body: JsonValue) -> dict[str, str]:
    named = {name: text(body, name) for name in ("environment", "operator", "threshold")}
    return {name: value for name, value in named.items() if value}


GUIDE = Guide(
    proof="`X-Honeycomb-Webhook-Token`: the shared secret itself",
    identifier="`id` of the trigger or burn alert",
    lifecycle="TRIGGERED opens, OK ends; there is no acknowledgement",
    severities="none in the default payload; `severity` where a template adds one",
    steps="""\
1. In Honeycomb open **Team Settings → Integrations**, and under **Trigger and SLO Recipients**
   choose **Add Integration**, provider **Webhook**.
2. **Webhook URL**: `{address}`
3. **Shared Secret**: `{secret}`
4. Add the integration as a recipient of the triggers and burn alerts that belong here.
""",
)

FORMAT = Format(
    kind=SourceKind.HONEYCOMB,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.ALWAYS,
    verify=verify,
    read=read,
)
