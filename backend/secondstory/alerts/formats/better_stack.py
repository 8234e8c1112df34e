"""Better Stack (formerly Better Uptime) incident webhooks.

Source of the rules: docs.betteruptime.com/integrations/webhooks, and betterstack.com/docs, uptime
API (attributes of an incident). Webhooks about monitors and on-call changes have the same envelope
and ids of their own, or several things in it; they are about no alert. What comes from a heartbeat,
a mail or a person has no address.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.members import members
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    first,
    identity,
    instant,
    items,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Better Stack"

_EVENTS: Mapping[str, tuple[SignalEvent, AlertState | None]] = {
    "started": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "reopened": (SignalEvent.UPDATE, AlertState.OPEN),
}
_MOMENTS: Mapping[SignalEvent, str] = {
    SignalEvent.TRIGGER: "started_at",
    SignalEvent.ACK: "acknowledged_at",
    SignalEvent.RESOLVE: "resolved_at",
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one webhook."""
    body = parse_json(message.body)
    data, attributes = within(body, "data"), within(body, "data", "attributes")
    if text(data, "type") is None:
        # The people on call are a list.
        several = any(text(item, "type") for item in items(body, "data"))
        return (Signal(event=SignalEvent.OTHER),) if several else ()
    key = identity(data, "id")
    if text(data, "type") == "incident" and key is not None:
        word = text(body, "event") or text(attributes, "status") or ""
        return (_signal(attributes, key, word.lower(), within(body, "comment")),)
    # A monitor's name is as it is pronounced on the phone.
    named = text(attributes, "pronounceable_name", limit=MAX_TITLE) or _title(attributes)
    watched, pages = text(attributes, "url") or named, _pages(attributes)
    return (Signal(event=SignalEvent.OTHER, title=named, service=watched, links=pages),)


def _signal(incident: JsonValue, key: str, word: str, comment: JsonValue) -> Signal:
    event, state = _EVENTS.get(word, (SignalEvent.UPDATE, None))
    title = _title(incident)
    started_at = instant(incident, "started_at")
    # A comment, and a second beginning, have no time of their own.
    moment = _MOMENTS.get(event)
    happened_at = instant(incident, moment) if moment else None
    by = text(incident, f"{word}_by")
    said = paragraph(comment, "content") or paragraph(incident, "cause")
    # An acknowledgement dated before the start has been published as an example.
    sent_at = max((at for at in (started_at, happened_at) if at), default=None)
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        service=text(incident, "url") or text(incident, "name"),
        state=state,
        opened_at=started_at,
        sent_at=sent_at if word in _EVENTS and word != "reopened" else None,
        links=_pages(incident),
        facts=told(_LABEL, event, title, at=happened_at, said=said, by=by),
        details=_details(incident),
    )


def _title(about: JsonValue) -> str | None:
    return first(text(about, name, limit=MAX_TITLE) for name in ("name", "cause"))


def _pages(about: JsonValue) -> tuple[str, ...]:
    """Return the address watched, and those of the answer and the screenshot."""
    return links(page for name, page in members(about).items() if name.endswith("url"))


def _details(incident: JsonValue) -> dict[str, str]:
    return details({name: within(incident, name) for name in ("cause", "http_method", "team_name")})


GUIDE = Guide(
    proof="the key in the address",
    identifier="`data.id` of an incident",
    lifecycle="started opens, acknowledged, resolved ends; webhooks about monitors and on-call "
    "changes open nothing",
    severities="none",
    steps="""\
1. In Better Stack open **Uptime → Integrations → Exporting data**, and next to **Outgoing
   webhooks** choose **Configure**.
2. Add a webhook of the type **Incident** with this **URL**: `{address}`
3. Keep **started**, **acknowledged** and **resolved** ticked, and save.
""",
)

FORMAT = Format(kind=SourceKind.BETTER_STACK, label=_LABEL, guide=GUIDE, read=read)
