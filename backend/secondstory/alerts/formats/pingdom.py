"""Pingdom state change webhooks.

Source of the rules: pingdom.com/resources/webhooks. A check keeps its id over all episodes;
`state_changed_timestamp` (Unix seconds) is that of the change the message tells of, and
`state_changed_utc_time` the same without a zone. `check_params` differ with the type of the check.
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
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    contents,
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
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Pingdom"

# Uptime checks are DOWN or UP, transaction checks FAILING or SUCCESS.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "DOWN": (SignalEvent.TRIGGER, AlertState.OPEN),
    "FAILING": (SignalEvent.TRIGGER, AlertState.OPEN),
    "UP": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "SUCCESS": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one change of state."""
    body = parse_json(message.body)
    key = identity(body, "check_id")
    if key is None:
        return ()
    word = (text(body, "current_state") or "").upper()
    event, state = _STATES.get(word, (SignalEvent.UPDATE, None))
    title = text(body, "check_name", limit=MAX_TITLE) or text(body, "description", limit=MAX_TITLE)
    utc = text(body, "state_changed_utc_time") or ""
    at = instant(body, "state_changed_timestamp") or instant(f"{utc}Z")
    raw = text(body, "importance_level")
    said = paragraph(body, "long_description") or paragraph(body, "description")
    custom = paragraph(body, "custom_message")
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=_service(body),
            state=state,
            opened_at=at if event is SignalEvent.TRIGGER else None,
            sent_at=at if state else None,
            links=_pages(body),
            facts=told(
                _LABEL, event, title, at=at, said="\n\n".join(filter(None, (said, custom))) or None
            ),
            details=_details(body),
        ),
    )


def _pages(body: JsonValue) -> tuple[str, ...]:
    params = within(body, "check_params")
    return links([within(params, "full_url"), *contents(params)])


def _service(body: JsonValue) -> str | None:
    host = text(body, "check_params", "hostname")
    return first((*_pages(body), host, text(body, "check_name")))


def _details(body: JsonValue) -> dict[str, str]:
    return details(
        {
            "check_type": within(body, "check_type"),
            "first_probe": within(body, "first_probe", "location"),
            "second_probe": within(body, "second_probe", "location"),
            "tags": ", ".join(filter(None, map(text, items(body, "tags")))),
        }
    )


GUIDE = Guide(
    proof="the key in the address",
    identifier="`check_id`",
    lifecycle="DOWN and FAILING open, UP and SUCCESS end; there is no acknowledgement",
    severities="`importance_level`: HIGH is sev2, LOW sev4",
    steps="""\
1. In Pingdom open **Settings → Integrations → Add integration**, and choose the type **Webhook**.
2. **URL**: `{address}`, and tick **Active**.
3. Open each check that belongs here, and under **Connect integrations** tick the new one.
""",
)

FORMAT = Format(kind=SourceKind.PINGDOM, label=_LABEL, guide=GUIDE, read=read)
