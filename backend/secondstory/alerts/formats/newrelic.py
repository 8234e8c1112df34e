"""New Relic: issues sent by workflows, and incidents of the older notification channels.

Source of the rules: docs.newrelic.com, "Notification integrations: webhook", "Workflow variables",
and "Understand webhook payloads" for the older channels. Bodies are templates; members are looked
for by the names of the default ones and of the variables, in any spelling, and those that are left
out are done without.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.members import members, pages, plain, said, tied, written
from secondstory.alerts.formats.values import (
    MAX_LINK,
    MAX_WORD,
    details,
    first,
    instant,
    items,
    links,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "New Relic"

# An issue that is deactivated may become active again, so that is news only.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "created": (SignalEvent.TRIGGER, AlertState.OPEN),
    "activated": (SignalEvent.TRIGGER, AlertState.OPEN),
    "open": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "closed": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# Of the older channels, what the test says.
_TEST = "test"
_IDS = ("id", "issue_id", "incident_id")
_ISSUE_URLS = ("issue_url", "issue_page_url")
_STATE_NAMES = ("current_state", "state", "status", "issue_state")
_TITLES = ("title", "issue_title", "name")
_CONDITIONS = ("alert_condition_names", "condition_name")
_POLICIES = ("alert_policy_names", "policy_name")
_ENTITIES = ("impacted_entities", "entities_data_names")
_SEVERITIES = ("priority", "severity", "issue_priority")
_TRIGGERS = ("trigger", "trigger_event")
_ACKNOWLEDGED = ("acknowledged_by", "acknowledged_at", "issue_acknowledged_at")
# Who owns an issue from its first moments on has not acknowledged it.
_FIRST_MOMENTS = timedelta(seconds=10)
_ISSUE_OF_URL = re.compile(r"/issues/([\w-]{1,100})", re.ASCII)
# What templates write for an entity that is none.
_NOBODY = frozenset({"NA", "N/A"})
_UNSET = re.compile(r"\$[A-Z_]+|<no value>|N/A")


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification, of either shape.

    The older one has a state under another name, and the id of an incident, a number; 0 in a test
    is one too. Workflows that imitate it know the issue as well.
    """
    found = members(parse_json(message.body), _UNSET)
    older = "currentstate" in found or "incidentid" in found
    word, key = said(found, _STATE_NAMES), _key(found)
    if not older and (key is None or not (word or _listed(found, _TITLES))):
        return ()
    event, state = _event(found, word or "created")
    if word == _TEST or (key is None and event is not SignalEvent.TRIGGER):
        event, state, key = SignalEvent.OTHER, None, None
    condition = _listed(found, _CONDITIONS)
    title = _listed(found, _TITLES) or condition or said(found, ("details",))
    raw = said(found, _SEVERITIES, MAX_WORD)
    sent_at = _updated_at(found) or (_created_at(found) if event is SignalEvent.TRIGGER else None)
    by = said(found, ("owner", "acknowledged_by"))
    story = written(found, ("details",)) or condition
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw),
            service=_service(found),
            state=state,
            opened_at=_opened_at(found, event),
            sent_at=sent_at,
            links=_links(found),
            facts=told(_LABEL, event, title, at=sent_at, said=story, by=by),
            details=_details(found),
        ),
    )


def _key(found: JsonValue) -> str | None:
    url = _ISSUE_OF_URL.search(said(found, _ISSUE_URLS, MAX_LINK) or "")
    return tied(found, _IDS) or (url[1] if url else None)


def _event(found: JsonValue, word: str) -> tuple[SignalEvent, AlertState | None]:
    event, state = _STATES.get(word.casefold(), (SignalEvent.UPDATE, None))
    if event is SignalEvent.TRIGGER and _is_acknowledged(found):
        return _STATES["acknowledged"]
    return event, state


def _is_acknowledged(found: JsonValue) -> bool:
    """Say whether people acted on an active issue: its state does not tell."""
    trigger = said(found, _TRIGGERS)
    if trigger == "USER_ACTION" or said(found, _ACKNOWLEDGED):
        return True
    began, changed = _created_at(found), _updated_at(found)
    later = began is not None and changed is not None and changed - began > _FIRST_MOMENTS
    return later and trigger is None and said(found, ("owner",)) is not None


def _created_at(found: JsonValue) -> datetime | None:
    return instant(said(found, ("created_at", "issue_created_at")))


def _updated_at(found: JsonValue) -> datetime | None:
    return instant(said(found, ("updated_at", "issue_updated_at", "timestamp")))


def _opened_at(found: JsonValue, event: SignalEvent) -> datetime | None:
    """Return the beginning; the older shape knows only when the message was made."""
    return _created_at(found) or (_updated_at(found) if event is SignalEvent.TRIGGER else None)


def _service(found: JsonValue) -> str | None:
    targets = (text(target, "name") for target in items(found, "targets"))
    named = (name for name in (_listed(found, _ENTITIES), *targets) if name not in _NOBODY)
    places = (*named, _listed(found, _POLICIES), said(found, ("account_name",)))
    return text(first(places))


def _listed(found: JsonValue, names: tuple[str, ...]) -> str | None:
    """Return the first text of several members, each a text or a list of them."""
    return first(
        value
        for name in names
        for value in (said(found, (name,)), *map(text, items(found, plain(name))))
    )


def _links(found: dict[str, JsonValue]) -> tuple[str, ...]:
    """Return all pages: of members whose name says so, and of what is affected."""
    return links([*pages(found), *(within(at, "link") for at in items(found, "targets"))])


def _details(found: JsonValue) -> dict[str, str]:
    return details(
        {
            "policy": _listed(found, _POLICIES),
            "condition": _listed(found, _CONDITIONS),
            "workflow": said(found, ("workflow_name",)),
            "incidents": said(found, ("total_incidents",)),
        }
    )


GUIDE = Guide(
    proof="the key in the address",
    identifier="`id` of the issue, else that in its address; `incident_id` of the older channels",
    lifecycle="CREATED and ACTIVATED open, ACTIVATED acknowledges where it says that somebody did, "
    "CLOSED ends; older channels: open, acknowledged, closed",
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

FORMAT = Format(kind=SourceKind.NEWRELIC, label=_LABEL, guide=GUIDE, read=read)
