"""Honeycomb webhooks: triggers and SLO burn alerts.

Source of the rules: docs.honeycomb.io/notify/webhooks (secret, delivery id, answers, variables) and
honeycombio/examples, webhook-listener-triggers (body). Where somebody opened the payload for
editing it is a template, by default a nested one: `alert`, `links`, `result`. The id is that of the
trigger and the same for every episode; without a time the order of arrival counts.
"""

import re

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
from secondstory.alerts.formats.members import members, said, texts, tied, written
from secondstory.alerts.formats.states import EVENTS, known_state
from secondstory.alerts.formats.values import (
    MAX_WORD,
    details,
    identity,
    instant,
    items,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import Signal, SignalEvent

_LABEL = "Honeycomb"
_MAX_GROUPS = 5
# Older payloads and some templates repeat the secret in the body.
_SECRET = re.compile(r'("(?:shared_)?secret"\s*:\s*")[^"]*(")')
_ALL_DATASETS = "__all__"
_KEYS = ("id", "instance_id", "deduplication_key", "name")
_TITLES = ("name", "title", "summary")


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `X-Honeycomb-Webhook-Token`, which is the shared secret itself.

    Raises `SignatureMismatch`.
    """
    offered = message.headers.get("x-honeycomb-webhook-token", "")
    if not any_equal([offered], settings.secrets):
        raise SignatureMismatch


def redact(body: str) -> str:
    """Take the shared secret out of a body that is to be shown."""
    return _SECRET.sub(r"\1…\2", body)


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    body = parse_json(message.body)
    found = members(body, vague=())
    # The same over all attempts to deliver one notification.
    message_id = identity(message.headers.get("x-honeycomb-webhook-delivery-id"))
    key, title = tied(found, _KEYS), said(found, _TITLES)
    # The test button sends a trigger as if it had fired, and says so.
    if key and said(found, ["status"]) and said(found, ["is_test"]) != "true":
        return (_signal(body, found, key, message_id),)
    pages = links(texts(found))
    other = Signal(event=SignalEvent.OTHER, title=title, message_id=message_id, links=pages)
    return (other,) if title else ()


def _signal(
    body: JsonValue, found: dict[str, JsonValue], key: str, message_id: str | None
) -> Signal:
    state = known_state(said(found, ["status"]) or "")
    event = EVENTS[state] if state else SignalEvent.UPDATE
    title, at = said(found, _TITLES), instant(said(found, ["alert_timestamp"]))
    raw = said(found, ["severity"], MAX_WORD)
    story = [written(found, ["alert_description"]), paragraph(body, "description"), *_groups(body)]
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_service(found),
        state=state,
        opened_at=at if event is SignalEvent.TRIGGER else None,
        sent_at=at if state else None,
        message_id=message_id,
        # Those in lists are what was measured.
        links=links(texts(found)),
        facts=told(_LABEL, event, title, at=at, said="\n".join(filter(None, story)) or None),
        details=_details(found),
    )


def _service(found: JsonValue) -> str | None:
    datasets = filter(None, map(text, items(found, "datasets")))
    several = ", ".join(name for name in datasets if name != _ALL_DATASETS)
    return said(found, ["dataset", "service"], MAX_WORD) or text(several)


def _groups(body: JsonValue) -> list[str]:
    """Return what crossed the threshold, a line each."""
    lines = []
    for group in items(body, "result_groups_triggered")[:_MAX_GROUPS]:
        named = within(group, "Group")
        pairs = named.items() if isinstance(named, dict) else ()
        where = ", ".join(f"{text(name)} = {text(value)}" for name, value in pairs)
        lines.append(f"{where}: {text(group, 'Result')}" if where else "")
    for group in items(body, "result", "groupsTriggered")[:_MAX_GROUPS]:
        field, value = text(group, "field"), text(group, "value")
        lines.append(f"{field} = {value}: {text(group, 'count')}" if field else "")
    return lines


def _details(found: JsonValue) -> dict[str, str]:
    return details(
        {
            "environment": said(found, ["environment"]),
            "operator": said(found, ["operator", "threshold_op"]),
            "threshold": said(found, ["threshold", "threshold_value"]),
        }
    )


GUIDE = Guide(
    proof="`X-Honeycomb-Webhook-Token`: the shared secret itself",
    identifier="`id` of the trigger or burn alert; in a template without it `instanceId`, "
    "`deduplication_key` or the name",
    lifecycle="TRIGGERED opens, OK ends; there is no acknowledgement; a test opens nothing",
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
    redact=redact,
)
