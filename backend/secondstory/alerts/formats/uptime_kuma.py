"""Uptime Kuma webhooks: one message per change of a monitor.

Source of the rules: louislam/uptime-kuma, server/notification-providers/webhook.js (the three
ways to send), server/model/monitor.js (certificates) and server/model/domain_expiry.js.
`monitor.id` is a small number, unique within one Uptime Kuma; times are UTC without a zone.
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
from secondstory.alerts.formats.values import (
    MAX_TITLE,
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

# heartbeat.status; what else there is (2 pending, 3 maintenance) changes nothing.
_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "0": (SignalEvent.TRIGGER, AlertState.OPEN),
    "1": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
# Sent like the test button, without monitor and heartbeat; days left is all that changes.
_EXPIRY = re.compile(
    r"(?P<what>(?:\[.*\] \w[\w ]* certificate|Domain name) .+) will expire in -?\d+ days", re.ASCII
)
# Monitors of other types keep the form's `https://`, which is no address.
_UNSET = frozenset({"http://", "https://"})


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    form = form_fields(message)
    body = parse_json(form["data"].encode() if "data" in form else message.body)
    title = text(body, "msg", limit=MAX_TITLE)
    monitor_id = identity(body, "monitor", "id")
    if monitor_id is not None:
        return (_of_monitor(body, monitor_id),)
    return () if title is None else (_of_message(title),)


def _of_monitor(body: JsonValue, monitor_id: str) -> Signal:
    heartbeat, monitor = within(body, "heartbeat"), within(body, "monitor")
    status = text(heartbeat, "status") or ""
    event, state = _STATES.get(status, (SignalEvent.UPDATE, None))
    title = text(monitor, "name", limit=MAX_TITLE) or text(body, "msg", limit=MAX_TITLE)
    at = _utc(heartbeat, "time")
    return Signal(
        event=event,
        dedup_key=monitor_id,
        title=title,
        service=_service(monitor),
        state=state,
        opened_at=at if event is SignalEvent.TRIGGER else _utc(heartbeat, "lastDownTime"),
        sent_at=at,
        links=links([within(monitor, "url")]),
        facts=told(_LABEL, event, title, at=at, said=paragraph(heartbeat, "msg")),
        details=_details(monitor),
    )


def _of_message(title: str) -> Signal:
    """Return what stands alone: a certificate or domain that runs out, else the test button."""
    expiry = _EXPIRY.fullmatch(title)
    if expiry is None:
        return Signal(event=SignalEvent.OTHER, title=title)
    return Signal(
        event=SignalEvent.TRIGGER,
        dedup_key=digest("expiry", expiry["what"]),
        title=title,
        severity=Severity.SEV4,
        state=AlertState.OPEN,
        facts=told(_LABEL, SignalEvent.TRIGGER, title),
    )


def _service(monitor: JsonValue) -> str | None:
    """Return what is watched, in the form that Uptime Kuma itself shows it in."""
    url, host = text(monitor, "url"), text(monitor, "hostname")
    if url and url not in _UNSET:
        return url
    port = text(monitor, "port")
    if host:
        return f"{host}:{port}" if port else host
    return text(monitor, "name")


def _details(monitor: JsonValue) -> dict[str, str]:
    tags = {text(tag, "name"): text(tag, "value") for tag in items(monitor, "tags")}
    named = {"type": text(monitor, "type"), "group": text(monitor, "pathName"), **tags}
    return {name: value for name, value in named.items() if name and value}


def _utc(value: JsonValue, name: str) -> datetime | None:
    written = text(value, name)
    return instant(f"{written}Z") if written else None


GUIDE = Guide(
    proof="the key in the address",
    identifier="`monitor.id`: one source for each Uptime Kuma, for each numbers its own from 1",
    lifecycle="down opens, up ends, pending and maintenance change nothing; a certificate or "
    "domain that runs out opens an alert that never ends",
    severities="none; what runs out is sev4",
    steps="""\
1. In Uptime Kuma open **Settings → Notifications → Setup Notification**, type **Webhook**.
2. **Post URL**: `{address}`
3. **Request Body**: *Preset - application/json*.
4. **Test** shows up here and opens nothing. Then tick the notification on the monitors, or choose
   **Default enabled** and **Apply on all existing monitors**.

Uptime Kuma sends each message once. What it sends while nobody can answer here is lost.
""",
)

FORMAT = Format(kind=SourceKind.UPTIME_KUMA, label=_LABEL, guide=GUIDE, read=read)
