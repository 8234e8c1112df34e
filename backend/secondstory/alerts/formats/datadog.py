"""Datadog webhooks: bodies are templates of the user; ours, the default one and others are read.

Source of the rules: docs.datadoghq.com/integrations/webhooks (variables, retries, encoding as
form). All values are text; a variable without a value is empty or stays as `$NAME`. Members are
looked for by the names of the variables, in any spelling.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from secondstory.alerts.formats import datadog_words as words
from secondstory.alerts.formats.contract import (
    Format,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.datadog_guide import GUIDE
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.forms import form_fields
from secondstory.alerts.formats.members import members, pages, plain, said, tied, written
from secondstory.alerts.formats.values import (
    MAX_WORD,
    details,
    first,
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

_LABEL = "Datadog"

# For example: [TEST] [P2] [Triggered on {host:a}] Disk is full
_HEADLINE = re.compile(
    r"(?:\[TEST\]\s*|\[(?P<priority>P[1-5])\]\s*)*"
    r"(?:\[(?P<transition>(?:Re-)?(?:Triggered|Warn|No Data)|Renotify|[A-Za-z ]{0,9}Recovered)"
    r"(?: on \{(?P<scope>[^}]*)\})?\]\s*)?"
    r"(?P<title>.*)",
    re.DOTALL | re.IGNORECASE,
)
_MARKDOWN_LINK = re.compile(r"\]\((https://[^\s()]+)\)")
_MONITOR = re.compile(r"/monitors[/#](\d{1,19})\b", re.ASCII)
_UNSET = re.compile(r"\$[A-Z_]+(?:\[[^\]]{0,100}\])?")
# Pages stand at the end of a text.
_WHOLE = 50_000
# $ID has 19 digits; what is shorter is not new with each event.
_EVENT_NUMBER = re.compile(r"\d{15,}", re.ASCII)


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification of a monitor."""
    form: dict[str, JsonValue] = {**form_fields(message)}
    body = form or parse_json(message.body)
    found = members(body, _UNSET)
    headline = said(found, words.TITLES) or _first_line(found)
    if headline is None:
        unfilled = any(_UNSET.fullmatch(text(body, name) or "") for name in words.TITLES)
        return (Signal(event=SignalEvent.OTHER),) if unfilled else ()
    parts = _HEADLINE.fullmatch(headline)
    named = {name: value for name, value in (parts.groupdict() if parts else {}).items() if value}
    title = named.get("title") or headline
    transition = (
        said(found, words.TRANSITIONS)
        or named.get("transition")
        or _one_of(found, words.STATES, words.OPENING | words.REMINDING | words.ENDED)
    )
    event, state = _event(transition, _one_of(found, words.KINDS, words.TYPES))
    fresh = transition is None or transition.casefold() in words.OPENING
    opened_at = (
        instant(said(found, words.DATES)) if fresh and event is SignalEvent.TRIGGER else None
    )
    number = text(body, "event_id") or ""
    message_id = number if _EVENT_NUMBER.fullmatch(number) else None
    signal = _signal(found, event, state, title, named)
    return (replace(signal, opened_at=opened_at, message_id=message_id),)


def _first_line(found: JsonValue) -> str | None:
    """Return the first line of the text if it, or another member, tells of an alert."""
    parts = _HEADLINE.match(_story(found).partition("\n")[0])
    known = said(found, (*words.TRANSITIONS, *words.KEYS, *words.MONITORS))
    return parts[0] or None if parts and (parts["transition"] or known) else None


def _story(found: JsonValue) -> str:
    """Return the text without the signs that tell Datadog that it is Markdown."""
    return (written(found, words.STORIES) or "").removeprefix("%%%").removesuffix("%%%").strip()


def _one_of(found: JsonValue, names: tuple[str, ...], known: frozenset[str]) -> str | None:
    """Return the first of several members that has one of some words."""
    given = (said(found, (name,)) for name in names)
    return first(word for word in given if word and word.casefold() in known)


def _event(transition: str | None, kind: str | None) -> tuple[SignalEvent, AlertState | None]:
    """Return what a transition means; templates without one may still tell the type."""
    ended = kind is not None and kind.casefold() == "success"
    word = transition.casefold() if transition else "recovered" if ended else "warn"
    if word in words.OPENING | words.REMINDING:
        return SignalEvent.TRIGGER, AlertState.OPEN
    if word in words.ENDED or word.endswith("recovered"):
        return SignalEvent.RESOLVE, AlertState.RESOLVED
    return SignalEvent.OTHER, None


def _signal(
    found: dict[str, JsonValue],
    event: SignalEvent,
    state: AlertState | None,
    title: str,
    named: Mapping[str, str],
) -> Signal:
    sent_at = instant(said(found, words.UPDATED)) or instant(said(found, words.DATES))
    raw = _severity(found, event, named)
    scope = named.get("scope")
    mentioned = _MARKDOWN_LINK.findall(written(found, words.STORIES, _WHOLE) or "")
    page = first(link for link in mentioned if _MONITOR.search(link))
    offered = _links(found) or links([page])
    monitor = first(_MONITOR.search(link) for link in (page or "", *offered))
    return Signal(
        event=event,
        dedup_key=None if state is None else _key(found, monitor[1] if monitor else title, scope),
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_service(found),
        state=state,
        sent_at=sent_at,
        links=offered,
        facts=told(_LABEL, event, title, at=sent_at, said=_story(found) or None),
        details=_details(found),
    )


def _severity(found: JsonValue, event: SignalEvent, named: Mapping[str, str]) -> str | None:
    given = (said(found, (name,), MAX_WORD) for name in words.SEVERITIES)
    raw = first(word for word in given if word and word.casefold() not in words.EVERYDAY)
    kind = _one_of(found, words.KINDS, words.TYPES) if event is SignalEvent.TRIGGER else None
    return raw or named.get("priority") or kind


def _key(found: JsonValue, otherwise: str, scope: str | None) -> str | None:
    """Return what is the same from trigger to recovery; `$ID` is not."""
    monitor = said(found, words.MONITORS) or otherwise
    parts = filter(None, (monitor, said(found, words.SCOPES) or scope))
    return tied(found, words.KEYS) or identity("|".join(parts))


def _service(found: JsonValue) -> str | None:
    named = said(found, ("service",)) or _tagged(found, "service")
    return text(named or said(found, ("hostname", "host")) or _tagged(found, "host"))


def _tagged(found: JsonValue, name: str) -> str | None:
    """Return the value of a tag such as `service:checkout`; tags are text, seldom a list."""
    for member in ("tags", "event_tags", *words.SCOPES):
        listed = [text(tag) or "" for tag in items(found, plain(member))]
        for tag in listed or (written(found, (member,)) or "").split(","):
            key, _, value = tag.strip().partition(":")
            if key == name and value:
                return text(value)
    return None


def _links(found: dict[str, JsonValue]) -> tuple[str, ...]:
    return links([*pages(found), *(within(link, "href") for link in items(found, "links"))])


def _details(found: JsonValue) -> dict[str, str]:
    named = ("monitor_id", "scopes", "tags", "alert_query", "alert_metric", "hostname")
    return details({name: said(found, (name,)) for name in named})


FORMAT = Format(kind=SourceKind.DATADOG, label=_LABEL, guide=GUIDE, read=read)
