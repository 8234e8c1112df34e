"""Zabbix webhooks: a script of the media type makes the body; ours and widespread ones are read.

Source of the rules: zabbix.com/documentation, "Webhook media type", "Supported macros" and
"Newline-delimited JSON export protocol", and the media types in zabbix/zabbix, templates/media.
Members are looked for by the names of the macros, in any spelling. Dates and times have no zone
and are not read; Unix timestamps are, which newer versions have. Macros stay as they are
(`{EVENT.ID}`) in a test of the media type, and where a version does not know them; one that cannot
be resolved is `*UNKNOWN*`.
"""

import re

from pydantic import JsonValue

from secondstory.alerts.formats import zabbix_words as words
from secondstory.alerts.formats.contract import (
    Format,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.members import members, plain, said, tied, written
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
)
from secondstory.alerts.formats.zabbix_guide import GUIDE
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest

_LABEL = "Zabbix"
_MAX_LINES = 100

_UNRESOLVED = re.compile(r"\{[$#A-Z][A-Z0-9_.$#]*\}|\*UNKNOWN\*")
_OF_PAGE = re.compile(r"[?&](triggerid|eventid)=(\d{1,30})", re.ASCII)
# What Zabbix proposes for subjects, such as `Resolved in 5m: Disk is full`, and for messages.
_SUBJECT = re.compile(
    r"(?:\[(?P<state>problem|ok|resolved)\]|(?P<word>problem|ok|recovery|resolved|updated problem)"
    r"(?: in [^:]{1,60})?:)\s+(?P<name>\S.*)",
    re.IGNORECASE,
)
_MESSAGE_LINE = re.compile(
    r"^(Host|Severity|Problem name|Original problem ID): +(\S.*?)\r?$", re.MULTILINE
)
_TOLD = {"Problem name": "told_name", "Original problem ID": "told_id"}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signals of one message; a test of the media type is about no alert.

    Scripts send one event; a connector sends several, each in a line of its own.
    """
    whole = parse_json(message.body)
    lines = message.body.split(b"\n", _MAX_LINES)[:_MAX_LINES] if whole is None else []
    bodies = [whole, *map(parse_json, lines)]
    return tuple(signal for body in bodies for signal in _signals(body))


def _signals(body: JsonValue) -> tuple[Signal, ...]:
    found = _members(body)
    named = said(found, words.TITLES)
    subject = _SUBJECT.fullmatch(named or "")
    title, host = subject["name"] if subject else named, said(found, words.HOSTS, MAX_WORD)
    word = said(found, words.STATES) or (subject and (subject["state"] or subject["word"])) or ""
    key = _key(found) or (digest(title, host) if title and word else None)
    if key is None or ("itemid" in found and said(found, words.EVENT_IDS) is None):
        return (Signal(event=SignalEvent.OTHER),) if _is_unfilled(body) else ()
    event, state = _event(found, word.casefold())
    raw = said(found, words.SEVERITIES, MAX_WORD)
    sent_at = instant(said(found, words.MOMENTS.get(event, words.UPDATED)))
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=raw,
            severity=severity_of(raw, words.NUMBERS if raw and raw.isdecimal() else None),
            service=host,
            state=state,
            opened_at=instant(said(found, words.BEGUN)),
            sent_at=sent_at,
            links=_links(found),
            facts=told(_LABEL, event, title, at=sent_at, said=written(found, words.MESSAGES)),
            details=_details(found),
        ),
    )


def _members(body: JsonValue) -> dict[str, JsonValue]:
    """Return the members, with what connectors call differently and what the message tells."""
    found = members(body, _UNRESOLVED)
    host = first(items(found, "hosts"))
    began = "event_recovery_timestamp" if "peventid" in found else "event_timestamp"
    more = {"host": text(host, "host"), began: text(found, "clock")}
    for label, value in _MESSAGE_LINE.findall(written(found, words.MESSAGES) or ""):
        more[_TOLD.get(label, f"told_{label}")] = value
    return {plain(name): value for name, value in more.items() if value} | found


def _is_unfilled(body: JsonValue) -> bool:
    """Say whether macros stand where an event or a title should."""
    as_sent = members(body)
    given = (said(as_sent, (name,)) or "" for name in (*words.EVENT_IDS, *words.TITLES))
    return any(map(_UNRESOLVED.search, given))


def _key(found: JsonValue) -> str | None:
    """Return the problem's event id, which its recovery repeats, or the trigger's.

    The event id in the link of a recovery can be the recovery's own, so there the trigger counts.
    """
    pages = (dict(_OF_PAGE.findall(said(found, (name,), MAX_LINK) or "")) for name in words.PAGES)
    linked = first(pages) or {}
    given = tied(found, words.EVENT_IDS) or tied(found, words.TRIGGER_IDS)
    return given or linked.get("triggerid") or linked.get("eventid")


def _event(found: JsonValue, word: str) -> tuple[SignalEvent, AlertState | None]:
    if word in words.ENDED:
        return SignalEvent.RESOLVE, AlertState.RESOLVED
    acknowledged = word == "acknowledged" or _is_yes(found, words.ACKNOWLEDGED)
    actions = (said(found, words.ACTIONS) or "").casefold().split(", ")
    if "unacknowledged" in actions:
        return SignalEvent.UPDATE, AlertState.OPEN
    if "acknowledged" in actions or (acknowledged and actions == [""]):
        return SignalEvent.ACK, AlertState.ACKNOWLEDGED
    if actions != [""] or word.startswith("update") or _is_yes(found, words.UPDATES):
        return SignalEvent.UPDATE, AlertState.ACKNOWLEDGED if acknowledged else None
    return SignalEvent.TRIGGER, AlertState.OPEN


def _is_yes(found: JsonValue, names: tuple[str, ...]) -> bool:
    return (said(found, names) or "").casefold() in words.YES


def _links(found: JsonValue) -> tuple[str, ...]:
    """Return the pages given, or the page of the event made from the address of the frontend."""
    given = [said(found, (name,), MAX_LINK) for name in words.PAGES]
    base = said(found, ("zabbix_url", "url"), MAX_LINK)
    event, trigger = said(found, words.EVENT_IDS), said(found, words.TRIGGER_IDS)
    if base and event and trigger and not _OF_PAGE.search(base):
        base = f"{base.rstrip('/')}/tr_events.php?triggerid={trigger}&eventid={event}"
    return links([*given, base])


def _details(found: JsonValue) -> dict[str, str]:
    named = ("host_ip", "item", "event_opdata", "trigger_description", "description")
    return details({name: said(found, (name,)) for name in named})


FORMAT = Format(kind=SourceKind.ZABBIX, label=_LABEL, guide=GUIDE, read=read)
