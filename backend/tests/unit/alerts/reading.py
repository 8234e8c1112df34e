"""Reading a message as its sender's format does."""

import json
from typing import Any

from secondstory.alerts.formats.contract import Message, SourceKind, SourceSettings
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal


def read_all(kind: SourceKind, body: Any, **headers: str) -> tuple[Signal, ...]:
    """Return the signals of JSON, or of bytes as they are; `_` in header names is a hyphen."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return FORMATS[kind].read(Message(headers=named, body=raw), SourceSettings())


def read_one(kind: SourceKind, body: Any, **headers: str) -> Signal:
    """Return the one signal of a message."""
    (signal,) = read_all(kind, body, **headers)
    return signal
