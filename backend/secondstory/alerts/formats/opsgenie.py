"""Opsgenie webhooks: one message per action on an alert.

Source of the rules: docs.opsgenie.com, webhook-integration and marid-alert-action-data. Jira
Service Management took the shape over, and is read here too.
"""

import re
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

_LABEL = "Opsgenie"

# All other actions, custom ones included, are news about an alert and leave its state alone.
_ACTIONS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "Create": (SignalEvent.TRIGGER, AlertState.OPEN),
    "Acknowledge": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "UnAcknowledge": (SignalEvent.UPDATE, AlertState.OPEN),
    "Close": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "Delete": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# Where an alert says what it is about, the first that is there.
_SERVICES = (("entity",), ("details", "service"), ("source",))
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What an action is about; of others their note, if they have one.
_ABOUT: Mapping[str, str] = {
    "AssignOwnership": "owner",
    "AddRecipient": "recipient",
    "AddTeam": "team",
    "AddTags": "addedTags",
    "RemoveTags": "removedTags",
    "UpdatePriority": "priority",
    "UpdateMessage": "message",
    "UpdateDescription": "description",
    "Snooze": "snoozeEndDate",
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one action in Opsgenie."""
    return read_action(message, _LABEL)


def read_action(message: Message, sender: str) -> tuple[Signal, ...]:
    """Return the signal of one action, told in the name of `sender`.

    An alert is known by `alertId`: `alias` may be what its sender chose, or a mere `-`.
    """
    body = parse_json(message.body)
    alert, action = within(body, "alert"), text(body, "action")
    key = identity(alert, "alertId")
    if key is None or action is None:
        return ()
    event, state = _ACTIONS.get(action, (SignalEvent.UPDATE, None))
    title = text(alert, "message", limit=MAX_TITLE)
    created_at = instant(alert, "createdAt")
    sent_at = instant(alert, "updatedAt") or (created_at if action == "Create" else None)
    raw = text(alert, "priority")
    told_of = paragraph(alert, "description") or paragraph(alert, "note")
    said = _said(body, action) if event is SignalEvent.UPDATE else told_of
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=first(text(alert, *path) for path in _SERVICES),
            state=state,
            opened_at=created_at,
            sent_at=sent_at,
            links=links([*contents(alert, "details"), within(alert, "source")]),
            facts=told(sender, event, title, at=sent_at, said=said, by=text(alert, "username")),
            details=_details(alert),
        ),
    )


def _said(body: JsonValue, action: str) -> str:
    """Return in words what an action did: "Add note: looking into it"."""
    alert, about = within(body, "alert"), _ABOUT.get(action, "note")
    what = paragraph(alert, about) or _listed(alert, about) or text(body, "escalationName")
    named = _WORD_BREAK.sub(" ", action).capitalize()
    return f"{named}: {what}" if what else named


def _listed(alert: JsonValue, name: str) -> str:
    return ", ".join(filter(None, map(text, items(alert, name)[:10])))


def _details(alert: JsonValue) -> dict[str, str]:
    named: dict[str, JsonValue] = {
        "tiny_id": within(alert, "tinyId"),
        "alias": within(alert, "alias"),
        "tags": _listed(alert, "tags"),
        "team": within(alert, "team"),
    }
    return details(named) | details(alert, "details")


GUIDE = Guide(
    proof="the key in the address",
    identifier="`alert.alertId`",
    lifecycle="Create opens, Acknowledge, UnAcknowledge, Close and Delete end; all other actions "
    "are updates",
    severities="`alert.priority`: P1 to P5; some alerts have none",
    steps="""\
1. In Opsgenie open **Settings → Integrations → Add integration** and choose **Webhook**.
2. **Webhook URL**: `{address}`
3. Under **Edit alert actions** let it post when an alert is created, acknowledged, unacknowledged,
   closed and deleted; add notes and changes of priority if the timeline should tell them.
4. Check **Add alert description** and **Add alert details**, save, and turn the integration on.
""",
)

FORMAT = Format(kind=SourceKind.OPSGENIE, label=_LABEL, guide=GUIDE, read=read)
