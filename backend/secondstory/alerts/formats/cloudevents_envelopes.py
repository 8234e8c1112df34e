"""The three ways CloudEvents 1.0 come over HTTP: structured, in a batch, and binary.

Source of the rules: cloudevents/spec, bindings/http-protocol-binding.md (modes, header values) and
formats/json-format.md (envelope, `data_base64`, batch). CDEvents say in their `context` what an
envelope would, and are sent without one too.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from pydantic import JsonValue

from secondstory.alerts.formats.contract import Message
from secondstory.alerts.formats.values import identity, instant, parse_json, text

MAX_EVENTS = 500

_MEDIA_TYPE = "application/cloudevents"
_PREFIX = "ce-"
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event: its attributes, extensions among them, and its data."""

    attributes: Mapping[str, JsonValue]
    data: JsonValue

    @property
    def type(self) -> str:
        """Return what kind of thing happened, such as `dev.cdevents.incident.detected.0.3.0`."""
        return text(self.attributes.get("type")) or ""

    @property
    def subject(self) -> str | None:
        """Return what it happened to, if the sender says so."""
        return identity(self.attributes.get("subject"))

    @property
    def id(self) -> str | None:
        """Return its name, which only its source makes unique."""
        return identity(self.attributes.get("id"))

    @property
    def name(self) -> tuple[str | None, str | None]:
        """Return what names this one event: the same twice is the same event again."""
        return identity(self.attributes.get("source")), self.id

    @property
    def time(self) -> datetime | None:
        """Return when it happened, which senders may leave out."""
        return instant(self.attributes.get("time"))


def envelopes(message: Message) -> Sequence[Envelope]:
    """Return the events of a request, each once; none if it holds none."""
    content_type = message.headers.get("content-type", "").lower()
    if not content_type.startswith(_MEDIA_TYPE) and f"{_PREFIX}id" in message.headers:
        return (_binary(message),)
    body = parse_json(message.body)
    found = body[:MAX_EVENTS] if isinstance(body, list) else [body]
    read = (_structured(item) for item in found if isinstance(item, dict))
    events = [event for event in read if event.attributes.get("type")]
    # Without id and source nothing says that two are the same.
    once: dict[object, Envelope] = {}
    for position, event in enumerate(events):
        once.setdefault(event.name if all(event.name) else position, event)
    return tuple(once.values())


def _structured(item: Mapping[str, JsonValue]) -> Envelope:
    context = item.get("context")
    if isinstance(context, dict) and "type" not in item:
        return Envelope({**context, "time": context.get("timestamp")}, dict(item))
    data = item.get("data")
    # Version 0.3 says so in a member of its own.
    encoded = data if item.get("datacontentencoding") == "base64" else item.get("data_base64")
    data = _decoded(encoded) if isinstance(encoded, str) else data
    return Envelope({name: item[name] for name in item if not name.startswith("data")}, data)


def _binary(message: Message) -> Envelope:
    attributes: dict[str, JsonValue] = {
        name.removeprefix(_PREFIX): _header_value(value)
        for name, value in message.headers.items()
        if name.startswith(_PREFIX)
    }
    return Envelope(attributes, _data(message.body))


def _decoded(encoded: str) -> JsonValue:
    try:
        return _data(base64.b64decode(encoded))
    except ValueError:
        return None


def _data(body: bytes) -> JsonValue:
    """Return the data as JSON, else as text."""
    parsed = parse_json(body)
    return parsed if parsed is not None else body.decode(errors="replace")


def _header_value(value: str) -> str:
    """Undo quotes, which older senders write, and percent-encoding."""
    quoted = len(value) > 1 and value.startswith('"') and value.endswith('"')
    return unquote(_ESCAPED.sub(r"\1", value[1:-1]) if quoted else value)
