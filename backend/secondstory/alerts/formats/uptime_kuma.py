"""Uptime Kuma webhooks: one message per change of a monitor.

Source of the rules: louislam/uptime-kuma, server/notification-providers/webhook.js (the ways to
send) and notification-provider.js (templates, address), server/model/monitor.js (`msg`,
certificates) and server/model/domain_expiry.js. `monitor.id` is a small number, unique within one
Uptime Kuma; times are UTC without a zone.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.forms import form_fields
from secondstory.alerts.formats.members import members, plain, texts
from secondstory.alerts.formats.values import (
    MAX_TITLE,
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
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest
from secondstory.incidents.models import Severity

_LABEL = "Uptime Kuma"

# heartbeat.status and its word; what else there is (2 pending, 3 maintenance) changes nothing.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "0": (SignalEvent.TRIGGER, AlertState.OPEN),
    "1": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "down": (SignalEvent.TRIGGER, AlertState.OPEN),
    "up": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# What is between name and reason in the `msg` of every change: `[Shop] [🔴 Down] timeout`.
_CHANGE = re.compile(r"\] \[[^\]\w]{0,9}(Down|Up)\] ?")
# Sent like the test button, without heartbeat and mostly without monitor; days left is all that
# changes.
_EXPIRY = re.compile(
    r"(?P<what>\[.*\]\[(?P<url>.*)\] (?:\w[\w ]* )?certificate.*|Domain name (?P<domain>.+))"
    r" will (?:be expired|expire) in -?\d+ days",
    re.ASCII | re.IGNORECASE,
)
# Monitors of other types keep the form's `https://`, which is no address, or that of their past.
_UNSET = frozenset({"http://", "https://"})
_PAGES = frozenset({"http", "keyword", "json-query", "real-browser", "websocket-upgrade"})
_OBJECTS = ("heartbeat", "monitor")
# What templates call their parts.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "id": ("monitor_id", "id"),
    "name": ("monitor_name", "name", "monitor"),
    "url": ("hostname_or_url", "monitor_url", "url"),
    "status": ("status", "heartbeat_status", "state"),
    "time": ("time", "heartbeat_time", "timestamp"),
    "msg": ("msg", "message", "body", "title"),
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    body = _body(message)
    heartbeat, monitor = within(body, "heartbeat"), within(body, "monitor")
    title = text(body, "msg", limit=MAX_TITLE)
    if identity(monitor, "id") and isinstance(heartbeat, dict):
        return (_change(heartbeat, monitor, title),)
    if expiry := _EXPIRY.fullmatch(title or ""):
        return (_expiry(expiry),)
    parts = _laid_out(body)
    status = (text(parts, "status") or "").split(" ")[-1].lower()
    if status in _STATES and text(parts, "name"):
        return (_change({**parts, "status": status}, parts, title),)
    title = title or text(parts, "name", limit=MAX_TITLE) or text(parts, "msg", limit=MAX_TITLE)
    return () if title is None else (Signal(event=SignalEvent.OTHER, title=title),)


def _body(message: Message) -> JsonValue:
    """Return the notification: JSON, or a form with all of it in one field, or a field a part."""
    form = form_fields(message)
    body = parse_json(form["data"].encode()) if "data" in form else form or parse_json(message.body)
    if not isinstance(body, dict):
        return body
    written = {name: value for name in _OBJECTS if isinstance(value := body.get(name), str)}
    read = {name: parse_json(value.encode(errors="replace")) for name, value in written.items()}
    return {**body, **{name: value for name, value in read.items() if isinstance(value, dict)}}


def _laid_out(body: JsonValue) -> dict[str, JsonValue]:
    """Return the parts of a template of the user; the sender's own sentence says most of them."""
    found = members(body, vague=())
    parts = {
        part: next((found[name] for name in map(plain, names) if text(found, name)), None)
        for part, names in _PARTS.items()
    }
    for sentence in texts(found):
        change = _CHANGE.search(sentence)
        if change:
            name = sentence[: change.start()].partition("[")[2]
            return {**parts, "name": name, "status": change[1], "msg": sentence[change.end() :]}
    return parts


def _change(heartbeat: JsonValue, monitor: JsonValue, said: str | None) -> Signal:
    event, state = _STATES.get(text(heartbeat, "status") or "", (SignalEvent.UPDATE, None))
    title = text(monitor, "name", limit=MAX_TITLE) or said
    at, service = _utc(heartbeat, "time"), _service(monitor)
    pages = [within(monitor, "url")] if service == text(monitor, "url") else []
    return Signal(
        event=event,
        dedup_key=identity(monitor, "id") or identity(monitor, "name"),
        title=title,
        service=service,
        state=state,
        opened_at=at if event is SignalEvent.TRIGGER else _utc(heartbeat, "lastDownTime"),
        sent_at=at if state else None,
        links=links(pages),
        facts=told(_LABEL, event, title, at=at, said=paragraph(heartbeat, "msg")),
        details=_details(monitor),
    )


def _expiry(expiry: re.Match[str]) -> Signal:
    """Return what stands alone: a certificate or domain that runs out."""
    return Signal(
        event=SignalEvent.TRIGGER,
        dedup_key=digest("expiry", expiry["what"]),
        title=expiry[0],
        severity=Severity.SEV4,
        service=expiry["url"] or expiry["domain"],
        state=AlertState.OPEN,
        links=links([expiry["url"]]),
        facts=told(_LABEL, SignalEvent.TRIGGER, expiry[0]),
    )


def _service(monitor: JsonValue) -> str | None:
    """Return what is watched, in the form that Uptime Kuma itself shows it in."""
    url, host, port = text(monitor, "url"), text(monitor, "hostname"), text(monitor, "port")
    page = url if url not in _UNSET else None
    if text(monitor, "type") not in _PAGES and host:
        return f"{host}:{port}" if port else host
    return page or text(monitor, "grpcUrl") or text(monitor, "name")


def _details(monitor: JsonValue) -> dict[str, str]:
    tags: dict[str, JsonValue] = {
        text(tag, "name") or "": within(tag, "value") for tag in items(monitor, "tags")
    }
    return details({"type": within(monitor, "type"), "group": within(monitor, "pathName"), **tags})


def _utc(value: JsonValue, name: str) -> datetime | None:
    written = text(value, name)
    return instant(value, name) or instant(f"{written}Z")


GUIDE = Guide(
    proof="the key in the address",
    identifier="`monitor.id`, in a template without it the name: one source for each Uptime Kuma, "
    "for each numbers its own from 1",
    lifecycle="down opens, up ends, pending and maintenance change nothing; a certificate or "
    "domain that runs out opens an alert that never ends",
    severities="none; what runs out is sev4",
    steps="""\
1. In Uptime Kuma open **Settings → Notifications → Setup Notification**, type **Webhook**.
2. **Post URL**: `{address}`
3. **Request Body**: *Preset - application/json*. (Form data, and GET with all in the query, are
   understood too.)
4. **Test** shows up here and opens nothing. Then tick the notification on the monitors, or choose
   **Default enabled** and **Apply on all existing monitors**.

Uptime Kuma sends each message once. What it sends while nobody can answer here is lost.
""",
)

FORMAT = Format(kind=SourceKind.UPTIME_KUMA, label=_LABEL, guide=GUIDE, read=read)
