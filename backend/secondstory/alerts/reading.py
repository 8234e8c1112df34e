"""Reading a message with the settings of its source."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from secondstory.alerts.formats.contract import Message, SourceSettings
from secondstory.alerts.hiding import hide_addresses
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.source_queries import settings_of
from secondstory.alerts.speaker import Speaker
from secondstory.incidents.models import Severity


def signals_of(
    source: Speaker, message: Message, now: datetime, settings: SourceSettings | None = None
) -> list[Signal]:
    """Return what a message says; its severities in the words of the source's own map.

    Some senders repeat the address they post to: its key is not for those who read alerts.
    """
    message = replace(message, body=hide_addresses(message.body))
    signals = FORMATS[source.kind].read(message, settings or settings_of(source, now))
    if not source.severity_map:
        return list(signals)
    own = {word.casefold(): Severity(meant) for word, meant in source.severity_map.items()}
    return [replace(signal, severity=_severity(signal, own)) for signal in signals]


def with_key(signal: Signal) -> Signal:
    """Give a key to a trigger that came without one, as PagerDuty does."""
    if signal.dedup_key is None and signal.event is SignalEvent.TRIGGER:
        return replace(signal, dedup_key=uuid.uuid4().hex)
    return signal


def in_order(signals: Sequence[Signal]) -> list[tuple[int, Signal]]:
    """Return numbered signals by key: messages about the same alerts lock them in one order."""
    return sorted(enumerate(signals), key=lambda numbered: numbered[1].dedup_key or "")


def _severity(signal: Signal, own: Mapping[str, Severity]) -> Severity | None:
    return own.get((signal.severity_raw or "").strip().casefold(), signal.severity)
