"""New Relic: issues sent by workflows, and incidents of the older notification channels.

Source of the rules: docs.newrelic.com, "Notification integrations: webhook", "Workflow variables",
and "Understand webhook payloads" for the older channels. Bodies are templates; members are looked
for by the names of the default ones and of the variables, in any spelling, and those that are left
out are done without.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.members import members, plain, said, written
from secondstory.alerts.formats.newrelic_guide import GUIDE
from secondstory.alerts.formats.values import (
    MAX_LINK,
    identity,
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
# Of the older channels, the test.
_TEST = "test"
_ISSUE_IDS = ("id", "issue_id", "incident_id")
_ISSUE_URLS = ("issue_url", "issue_page_url")
_TITLES = ("title", "issue_title", "name")
_CONDITIONS = ("alert_condition_names", "condition_names", "condition_name")
_POLICIES = ("alert_policy_names", "policy_names", "policy_name")
_ENTITIES = ("impacted_entities", "entity_names", "entities_data_names", "radar_entity_name")
_SEVERITIES = ("priority", "severity", "issue_priority")
_ISSUE_STATES = ("state", "status", "issue_state")
_TRIGGERS = ("trigger", "trigger_event")
_ACKNOWLEDGED = ("acknowledged_by", "acknowledged_at", "issue_acknowledged_at")
# Who owns an issue from its first moments on has not acknowledged it.
_FIRST_MOMENTS = timedelta(seconds=10)
_ISSUE_OF_URL = re.compile(r"/issues/([\w-]{1,100})", re.ASCII)
_PAGE = re.compile(r"(?!.*(?:icon|logo)).*(?:url|link)")
# What templates write for an entity that is none.
_NOBODY = frozenset({"NA", "N/A"})
_UNSET = re.compile(r"\$[A-Z_]+|<no value>|N/A")


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification, of either shape."""
    found = members(parse_json(message.body), _UNSET)
    if "currentstate" in found or ("incidentid" in found and not said(found, _ISSUE_STATES)):
        return (_incident(found),)
    key = _issue_key(found)
    known = said(found, _ISSUE_STATES) or _listed(found, _TITLES)
    return (_issue(found, key),) if key and known else ()


def _issue_key(found: JsonValue) -> str | None:
    url = _ISSUE_OF_URL.search(said(found, _ISSUE_URLS, MAX_LINK) or "")
    return identity(said(found, _ISSUE_IDS)) or (url[1] if url else None)


def _issue(found: dict[str, JsonValue], key: str) -> Signal:
    by = said(found, ("owner", "acknowledged_by"))
    condition = _listed(found, _CONDITIONS)
    title = _listed(found, _TITLES) or condition
    raw = said(found, _SEVERITIES)
    created_at = instant(said(found, ("created_at", "issue_created_at")))
    updated_at = instant(said(found, ("updated_at", "issue_updated_at")))
    changed = bool(created_at and updated_at and updated_at - created_at > _FIRST_MOMENTS)
    event, state = _event(said(found, _ISSUE_STATES) or "created")
    if event is SignalEvent.TRIGGER and _is_acknowledged(found, changed=changed):
        event, state = _STATES["acknowledged"]
    sent_at = updated_at or (created_at if event is SignalEvent.TRIGGER else None)
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=text(_listed(found, _ENTITIES) or _listed(found, _POLICIES)),
        state=state,
        opened_at=created_at,
        sent_at=sent_at,
        links=_links(found),
        facts=told(_LABEL, event, title, at=sent_at, said=condition, by=by),
        details=_details(found),
    )


def _is_acknowledged(found: JsonValue, *, changed: bool) -> bool:
    """Say whether people acted on an active issue: its state does not tell."""
    trigger = said(found, _TRIGGERS)
    owned = changed and trigger is None and said(found, ("owner",)) is not None
    return trigger == "USER_ACTION" or said(found, _ACKNOWLEDGED) is not None or owned


def _incident(found: dict[str, JsonValue]) -> Signal:
    """Read the older shape; its id is a number, and 0 in a test is one too.

    Workflows that imitate it know the issue too, and may leave out the incident.
    """
    word = said(found, ("current_state",)) or "open"
    event, state = _event(word)
    key = identity(said(found, ("incident_id",))) or _issue_key(found)
    if word == _TEST or (key is None and event is not SignalEvent.TRIGGER):
        return Signal(event=SignalEvent.OTHER)
    details = written(found, ("details",))
    title = said(found, ("condition_name", "details"))
    raw, sent_at = said(found, _SEVERITIES), instant(said(found, ("timestamp",)))
    targets = items(found, "targets")
    named = (name for name in (text(target, "name") for target in targets) if name not in _NOBODY)
    places = (*named, said(found, _POLICIES), said(found, ("account_name",)))
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=text(next(filter(None, places), None)),
        state=state,
        opened_at=sent_at if event is SignalEvent.TRIGGER else None,
        sent_at=sent_at,
        links=links([*_links(found), *(within(target, "link") for target in targets)]),
        facts=told(_LABEL, event, title, at=sent_at, said=details, by=said(found, ("owner",))),
    )


def _event(word: str) -> tuple[SignalEvent, AlertState | None]:
    return _STATES.get(word.casefold(), (SignalEvent.UPDATE, None))


def _listed(found: JsonValue, names: tuple[str, ...]) -> str | None:
    """Return the first text of several members, each a text or a list of them."""
    values = (value for name in names for value in _texts(found, name))
    return next(values, None)


def _texts(found: JsonValue, name: str) -> list[str]:
    given = [said(found, (name,)), *map(text, items(found, plain(name)))]
    return [value for value in given if value]


def _links(found: dict[str, JsonValue]) -> tuple[str, ...]:
    """Return all pages: the members whose name says so."""
    return links(
        page
        for name, value in found.items()
        if _PAGE.fullmatch(name)
        for page in (value if isinstance(value, list) else [value])
    )


def _details(found: JsonValue) -> dict[str, str]:
    named = {
        "policy": _listed(found, _POLICIES),
        "condition": _listed(found, _CONDITIONS),
        "workflow": said(found, ("workflow_name",)),
        "incidents": said(found, ("total_incidents",)),
    }
    return {name: value for name, value in named.items() if value}


FORMAT = Format(kind=SourceKind.NEWRELIC, label=_LABEL, guide=GUIDE, read=read)
