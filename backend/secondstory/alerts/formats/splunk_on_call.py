"""Splunk On-Call (VictorOps): its outgoing and escalation webhooks, and what tools post to it.

Source of the rules: help.splunk.com, splunk-on-call "REST endpoint integration", "Custom outgoing
webhooks" and "Use webhooks in escalation policies" (the signature). Outgoing bodies are templates
of the user, or without one all variables under their names (`INCIDENT.CURRENT_PHASE`). Members are
looked for by the names of the variables, in any spelling.
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
from secondstory.alerts.formats.members import members, said, tied, written
from secondstory.alerts.formats.splunk_on_call_guide import GUIDE
from secondstory.alerts.formats.values import (
    MAX_LINK,
    MAX_TITLE,
    addresses,
    first,
    instant,
    links,
    parse_json,
    text,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Splunk On-Call"

# Another word for RECOVERY; it tells no severity.
_FINE = "OK"
# INFO never opens anything.
_TYPES: Mapping[str, tuple[SignalEvent, AlertState | None]] = {
    "critical": (SignalEvent.TRIGGER, AlertState.OPEN),
    "warning": (SignalEvent.TRIGGER, AlertState.OPEN),
    "info": (SignalEvent.UPDATE, None),
    "acknowledgement": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "acknowledgment": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "recovery": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    _FINE.casefold(): (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_PHASES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "unacked": (SignalEvent.TRIGGER, AlertState.OPEN),
    "triggered": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acked": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_NUMBERS = ("incident_number", "incident_id", "incident_num", "incident")
_TITLES = ("entity_display_name", "display_name", "title", "service", "incident_name")
_HOSTS = ("host_name", "host", "service")
_WORDS = ("message_type", "entity_state", "current_state")
_PHASE = ("phase", "current_phase", "current_alert_phase")
_MESSAGES = ("state_message", "message")
_SENT = (
    *("vo_alert_rcv_time", "alert_vo_alert_rcv_time", "timestamp", "alert_timestamp"),
    *("last_timestamp", "state_last_timestamp", "state_start_time", "state_state_start_time"),
)
# Who acknowledged until somebody does.
_NOBODY = "SYSTEM"
_OPENED = ("incident_timestamp", "state_start_time")
_PAGES = (
    *("alert_url", "incident_url", "link", "url"),
    # What other tools that post to it call theirs.
    *("issue_url", "event_url", "detector_url", "runbook_url", "results_link"),
)
# Groups of variables, in the order in which the same name counts.
_GROUPS = ("", "incident_", "alert_", "state_")
_UNSET = re.compile(r"\$\{\{[^{}]{0,100}\}\}")
# Alertmanager writes labels into the message.
_SERVICE = re.compile(r"^ - service = (\S{1,200})", re.MULTILINE)


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
    body = _body(message)
    found = members(body, _UNSET)
    word, phase = _said(found, *_WORDS), _said(found, *_PHASE)
    if word is None and phase is None:
        return ()
    event, state = _event(word, phase)
    entity = tied(found, _grouped("entity_id"))
    key = tied(found, _grouped(*_NUMBERS)) or entity
    if key is None and event is not SignalEvent.TRIGGER:
        return (Signal(event=SignalEvent.OTHER),)
    story = written(found, _grouped(*_MESSAGES)) or ""
    title = _said(found, *_TITLES) or text(entity or story.partition("\n")[0], limit=MAX_TITLE)
    sent_at = instant(said(found, _SENT))
    return (
        Signal(
            event=event,
            dedup_key=key,
            title=title,
            severity_raw=text(word),
            severity=None if (word or "").upper() == _FINE else severity_of(word),
            service=_service(found, story, entity, title),
            state=state,
            opened_at=_opened_at(found, sent_at) if event is SignalEvent.TRIGGER else None,
            sent_at=sent_at,
            links=_links(body, found, story),
            facts=told(_LABEL, event, title, at=sent_at, said=story or None, by=_person(found)),
        ),
    )


def _body(message: Message) -> JsonValue:
    """Return the body; the values of escalation webhooks are JSON inside a form."""
    form: dict[str, JsonValue] = {
        name: parse_json(value.encode()) if value.startswith('"') else value
        for name, value in form_fields(message).items()
    }
    return form or parse_json(message.body)


def _grouped(*names: str) -> tuple[str, ...]:
    return tuple(group + name for name in names for group in _GROUPS)


def _said(found: JsonValue, *names: str, limit: int = MAX_TITLE) -> str | None:
    return said(found, _grouped(*names), limit)


def _person(found: JsonValue) -> str | None:
    by = _said(found, "ack_author", "acked_by", "ack_user")
    return None if by == _NOBODY else by


def _opened_at(found: JsonValue, sent_at: datetime | None) -> datetime | None:
    return instant(_said(found, *_OPENED)) or sent_at


def _event(word: str | None, phase: str | None) -> tuple[SignalEvent, AlertState | None]:
    """Return what a message says; the phase of the incident counts before the last alert in it."""
    by_phase = _PHASES.get((phase or "").casefold())
    return by_phase or _TYPES.get((word or "").casefold(), (SignalEvent.UPDATE, None))


def _service(found: JsonValue, story: str, entity: str | None, title: str | None) -> str | None:
    """Return what the alert is about; entities are often named `host/check`, or `check/host`.

    Which it is tells the title.
    """
    labelled = _SERVICE.search(story)
    parts = (entity or "").split("/") if "/" in (entity or "") else []
    # Checks and tools are named in words, and what they count in digits; hosts in neither.
    parts = [part for part in parts if " " not in part and not part.isdecimal()] or parts
    told_of = (title or "").casefold()
    host = first(part for part in parts if part.casefold() in told_of)
    named = _said(found, *_HOSTS) or (labelled[1] if labelled else None) or host
    return text(named or first(parts) or _said(found, "monitoring_tool"))


def _links(body: JsonValue, found: JsonValue, story: str) -> tuple[str, ...]:
    own = body.items() if isinstance(body, dict) else ()
    annotated = [value for name, value in own if "vo_annotate.u." in name.lower()]
    pages = (_said(found, name, limit=MAX_LINK) for name in _PAGES)
    return links([*annotated, *pages, *addresses(story)])


FORMAT = Format(
    kind=SourceKind.SPLUNK_ON_CALL,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.OPTIONAL,
    verify=verify,
    read=read,
)
