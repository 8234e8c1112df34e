"""Splunk On-Call (VictorOps): its outgoing and escalation webhooks, and what tools post to it.

Source of the rules: help.splunk.com, splunk-on-call "REST endpoint integration", "Custom outgoing
webhooks" and "Use webhooks in escalation policies" (the signature). Outgoing bodies are templates
of the user, or without one all variables under their names (`INCIDENT.CURRENT_PHASE`).
"""

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
    any_equal,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.forms import form_fields
from secondstory.alerts.formats.splunk_on_call_guide import GUIDE
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    instant,
    links,
    paragraph,
    parse_json,
    text,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Splunk On-Call"

# INFO never opens anything.
_TYPES: Mapping[str, tuple[SignalEvent, AlertState | None]] = {
    "critical": (SignalEvent.TRIGGER, AlertState.OPEN),
    "warning": (SignalEvent.TRIGGER, AlertState.OPEN),
    "info": (SignalEvent.UPDATE, None),
    "acknowledgement": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "acknowledgment": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "recovery": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_PHASES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "unacked": (SignalEvent.TRIGGER, AlertState.OPEN),
    "triggered": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acked": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_NUMBERS = ("incident_number", "incident_id", "incident")
_TITLES = ("entity_display_name", "display_name", "service", "incident_name")
_HOSTS = ("host_name", "host", "service")
_WORDS = ("message_type", "entity_state", "current_state")
_PHASE = ("alert_phase", "phase", "current_phase", "current_alert_phase")
_MESSAGES = ("state_message", "message")
_SENT = ("vo_alert_rcv_time", "timestamp", "state_start_time")
_OPENED = ("incident_timestamp", "state_start_time")
# Groups of variables, in the order in which the same name counts.
_GROUPS = ("INCIDENT.", "ALERT.", "STATE.")
# Alertmanager writes labels into the message.
_SERVICE = re.compile(r"^ - service = (\S{1,200})", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `X-VictorOps-Signature` of escalation webhooks, if a secret is set.

    Signed is the address as it was set up, then every name and value of the form, sorted by name:
    base64 of HMAC-SHA1. Raises `SignatureMismatch`.
    """
    if not settings.secrets:
        return
    fields = sorted(parse_qsl(message.body.decode(errors="replace"), keep_blank_values=True))
    signed = (message.url + "".join(name + value for name, value in fields)).encode()
    keys = (secret.encode() for secret in settings.secrets)
    expected = [base64.b64encode(hmac.digest(key, signed, "sha1")).decode() for key in keys]
    if not any_equal([message.headers.get("x-victorops-signature", "")], expected):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one message, whichever direction it was made for."""
    body = _members(message)
    word, phase = _first(body, _WORDS), _first(body, _PHASE)
    if word is None and phase is None:
        return ()
    event, state = _event(word, phase)
    entity = identity(_first(body, ("entity_id",)))
    key = identity(_first(body, _NUMBERS)) or entity
    if key is None and event is not SignalEvent.TRIGGER:
        return (Signal(event=SignalEvent.OTHER),)
    story = next(filter(None, (paragraph(body, name) for name in _MESSAGES)), "")
    title = _first(body, _TITLES) or text(entity or story.partition("\n")[0], limit=MAX_TITLE)
    sent_at = instant(_first(body, _SENT))
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=text(word),
            severity=severity_of(word),
            service=_service(body, story, entity),
            state=state,
            opened_at=_opened_at(body, sent_at) if event is SignalEvent.TRIGGER else None,
            sent_at=sent_at,
            links=_links(body, story),
            facts=told(_LABEL, event, title, at=sent_at, said=story or None),
        ),
    )


def _members(message: Message) -> dict[str, JsonValue]:
    """Return the members by their plain names: of `INCIDENT.CURRENT_PHASE` the last part.

    The values of escalation webhooks are JSON inside a form.
    """
    form: dict[str, JsonValue] = {
        name: parse_json(value.encode()) if value.startswith('"') else value
        for name, value in form_fields(message).items()
    }
    body = form or parse_json(message.body)
    if not isinstance(body, dict):
        return {}
    plain: dict[str, JsonValue] = {}
    for group in reversed(_GROUPS):
        of_group = {name: value for name, value in body.items() if name.startswith(group)}
        plain |= {name.removeprefix(group).lower(): value for name, value in of_group.items()}
    return plain | body


def _opened_at(body: JsonValue, sent_at: datetime | None) -> datetime | None:
    return instant(_first(body, _OPENED)) or sent_at


def _event(word: str | None, phase: str | None) -> tuple[SignalEvent, AlertState | None]:
    """Return what a message says; the phase of the incident counts before the last alert in it."""
    by_phase = _PHASES.get((phase or "").casefold())
    return by_phase or _TYPES.get((word or "").casefold(), (SignalEvent.UPDATE, None))


def _service(body: JsonValue, story: str, entity: str | None) -> str | None:
    """Return what the alert is about; entities are often named `host/check`."""
    labelled = _SERVICE.search(story)
    host = (entity or "").partition("/")[0] if "/" in (entity or "") else None
    named = _first(body, _HOSTS) or (labelled[1] if labelled else None) or host
    return text(named or _first(body, ("monitoring_tool",)))


def _links(body: dict[str, JsonValue], story: str) -> tuple[str, ...]:
    annotated = [value for name, value in body.items() if name.startswith("vo_annotate.u.")]
    pages = (body.get(name) for name in ("alert_url", "info_url"))
    return links([*annotated, *pages, *_ADDRESS.findall(story)])


def _first(body: JsonValue, names: tuple[str, ...]) -> str | None:
    found = (text(body, name, limit=MAX_TITLE) for name in names)
    # A variable that has no value stays as it was written.
    return next((value for value in found if value and not value.startswith("${{")), None)


FORMAT = Format(
    kind=SourceKind.SPLUNK_ON_CALL,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.OPTIONAL,
    verify=verify,
    read=read,
)
