"""What every sender's message is translated into before anything is stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from secondstory.incidents.models import Severity
from secondstory.timeline.models import EventKind

# Marks of group members: `+…` it fires, `-…` the same firing ended, `~…` it must have ended, since
# the whole group did, but no message has said so yet.
OPENED, CLOSED, INFERRED = "+", "-", "~"


class SignalEvent(StrEnum):
    """What the message says happened to the alert; `other` is about no alert at all."""

    TRIGGER = "trigger"
    UPDATE = "update"
    ACK = "ack"
    RESOLVE = "resolve"
    OTHER = "other"


# Acknowledgements and resolves repeat a severity at most; what they say of it does not count.
TELLING = frozenset({SignalEvent.TRIGGER, SignalEvent.UPDATE})


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing worth a timeline event.

    `mark` names it within its alert, so that the same fact is told once however often it comes.
    Without `occurred_at` the time of receipt stands in.
    """

    mark: str
    text: str
    occurred_at: datetime | None = None
    kind: EventKind = EventKind.EFFECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One firing of one alert inside a group; the same alert firing again is another member."""

    fingerprint: str
    since: datetime | None
    firing: bool

    @property
    def opened_mark(self) -> str:
        """Return the mark of the fact that it fires; the start time tells firings apart."""
        since = 0 if self.since is None else int(self.since.timestamp() * 1000)
        return f"{OPENED}{self.fingerprint}@{since}"

    @property
    def closed_mark(self) -> str:
        """Return the mark of the fact that it ended."""
        return CLOSED + self.opened_mark.removeprefix(OPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One statement of a sender about one alert.

    `dedup_key` ties the messages of one alert together; None where the receiver has to make one.
    `sent_at` is the sender's own clock for this message and puts messages in order; None where
    the sender gives no such time, so that the order of arrival counts.
    """

    event: SignalEvent
    dedup_key: str | None = None
    title: str | None = None
    severity_raw: str | None = None
    severity: Severity | None = None
    service: str | None = None
    state: AlertState | None = None
    opened_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: str | None = None
    links: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    members: tuple[Member, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


def digest(*parts: str | None) -> str:
    """Return a short name for a longer identity."""
    joined = "\x1f".join(part or "" for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
