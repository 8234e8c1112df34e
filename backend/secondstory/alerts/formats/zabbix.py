"""Zabbix webhooks: a script of the media type makes the body; ours and widespread ones are read.

Source of the rules: zabbix.com/documentation, "Webhook media type" and "Supported macros", and the
parameters of the media types in zabbix/zabbix, templates/media. Dates and times have no zone and
are not read; Unix timestamps are, which newer versions have. Macros stay as they are (`{EVENT.ID}`)
in a test of the media type, and where a version does not know them; one that cannot be resolved is
`*UNKNOWN*`.
"""

import re
from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_LINK,
    MAX_TITLE,
    identity,
    instant,
    links,
    paragraph,
    parse_json,
    text,
)
from secondstory.alerts.formats.zabbix_guide import GUIDE
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest
from secondstory.incidents.models import Severity

_LABEL = "Zabbix"

_EVENT_IDS = ("event_id", "eventid", "eventId", "problem_id", "problemId", "id")
_TRIGGER_IDS = ("trigger_id", "triggerid", "triggerId")
_TITLES = ("event_name", "trigger_name", "name", "trigger", "alert_subject", "subject")
_HOSTS = ("service", "host", "host_host", "hostname", "host_name", "HOST")
_SEVERITIES = ("event_severity", "trigger_severity", "severity", "event_nseverity", "nseverity")
_STATES = ("event_value", "value", "event_status", "trigger_status", "status")
_PAGES = ("event_url", "problem_url", "link", "trigger_url")
_MOMENTS: Mapping[SignalEvent, tuple[str, ...]] = {
    SignalEvent.TRIGGER: ("event_timestamp",),
    SignalEvent.RESOLVE: ("event_recovery_timestamp",),
}
_UPDATED = ("event_update_timestamp",)
_MESSAGES = ("alert_message", "message")

# By {EVENT.NSEVERITY}; the numbers rise with the severity.
_NUMBERS: Mapping[str, Severity] = {
    "1": Severity.SEV5,
    "2": Severity.SEV3,
    "3": Severity.SEV3,
    "4": Severity.SEV2,
    "5": Severity.SEV1,
}
_ENDED = frozenset({"0", "ok", "resolved", "recovery", "closed"})
_UNRESOLVED = re.compile(r"\{[$#A-Z][A-Z0-9_.$#]*\}|\*UNKNOWN\*")
_OF_PAGE = re.compile(r"[?&](triggerid|eventid)=(\d{1,30})", re.ASCII)


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one message; a test of the media type is about no alert."""
    body = parse_json(message.body)
    title, host = _first(body, _TITLES), _first(body, _HOSTS)
    key = _key(body) or (digest(title, host) if title and _first(body, _STATES) else None)
    if key is None:
        known = any(_UNRESOLVED.search(text(body, name) or "") for name in _EVENT_IDS + _TITLES)
        return (Signal(event=SignalEvent.OTHER),) if known else ()
    event, state = _event(body)
    raw, by_number = _severity(body)
    sent_at = instant(_first(body, _MOMENTS.get(event, _UPDATED)))
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw, by_number),
            service=host,
            state=state,
            opened_at=instant(_first(body, _MOMENTS[SignalEvent.TRIGGER])),
            sent_at=sent_at,
            links=_links(body),
            facts=told(_LABEL, event, title, at=sent_at, said=_first_paragraph(body)),
            details=_details(body),
        ),
    )


def _first(body: JsonValue, names: tuple[str, ...], limit: int = MAX_TITLE) -> str | None:
    """Return the first member that has a value, and not just a macro in its place."""
    found = (text(body, name, limit=limit) for name in names)
    return next((value for value in found if value and _UNRESOLVED.sub("", value).strip()), None)


def _first_paragraph(body: JsonValue) -> str | None:
    return next(filter(None, (paragraph(body, name) for name in _MESSAGES)), None)


def _key(body: JsonValue) -> str | None:
    """Return the problem's event id, which its recovery repeats, or the trigger's.

    The event id in the link of a recovery can be the recovery's own, so there the trigger counts.
    """
    found = _first(body, _EVENT_IDS) or _first(body, _TRIGGER_IDS)
    pages = (dict(_OF_PAGE.findall(_first(body, (name,), MAX_LINK) or "")) for name in _PAGES)
    linked = next(filter(None, pages), {})
    return identity(found or linked.get("triggerid") or linked.get("eventid"))


def _event(body: JsonValue) -> tuple[SignalEvent, AlertState | None]:
    if (_first(body, _STATES) or "").casefold() in _ENDED:
        return SignalEvent.RESOLVE, AlertState.RESOLVED
    acknowledged = (_first(body, ("event_ack", "event_ack_status")) or "").casefold() == "yes"
    actions = (_first(body, ("update_action", "event_update_action")) or "").casefold().split(", ")
    if "unacknowledged" in actions:
        return SignalEvent.UPDATE, AlertState.OPEN
    if "acknowledged" in actions or (acknowledged and actions == [""]):
        return SignalEvent.ACK, AlertState.ACKNOWLEDGED
    updates = actions != [""] or _first(body, ("event_update_status", "update_status")) == "1"
    if updates:
        return SignalEvent.UPDATE, AlertState.ACKNOWLEDGED if acknowledged else None
    return SignalEvent.TRIGGER, AlertState.OPEN


def _severity(body: JsonValue) -> tuple[str | None, Mapping[str, Severity] | None]:
    raw = _first(body, _SEVERITIES)
    return raw, _NUMBERS if raw is not None and raw.isdecimal() else None


def _links(body: JsonValue) -> tuple[str, ...]:
    """Return the pages given, or the page of the event made from the address of the frontend."""
    given = [_first(body, (name,), MAX_LINK) for name in _PAGES]
    base = _first(body, ("zabbix_url", "url"), MAX_LINK)
    event, trigger = _first(body, _EVENT_IDS), _first(body, _TRIGGER_IDS)
    if base and event and trigger and not _OF_PAGE.search(base):
        base = f"{base.rstrip('/')}/tr_events.php?triggerid={trigger}&eventid={event}"
    return links([*given, base])


def _details(body: JsonValue) -> dict[str, str]:
    named = ("host_ip", "item", "event_opdata", "trigger_description", "description")
    found = ((name, _first(body, (name,))) for name in named)
    return {name: value for name, value in found if value}


FORMAT = Format(kind=SourceKind.ZABBIX, label=_LABEL, guide=GUIDE, read=read)
