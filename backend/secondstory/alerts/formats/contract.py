"""What a format is given, and what it promises."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.signals import Signal


class SourceKind(StrEnum):
    """Senders we understand."""

    PAGERDUTY_V3 = "pagerduty_v3"
    PAGERDUTY_EVENTS_V2 = "pagerduty_events_v2"
    ALERTMANAGER = "alertmanager"
    GENERIC = "generic"


class SignatureMismatch(Exception):  # noqa: N818 - says what it is; becomes the 401 problem
    """The message is not signed with any secret of the source."""


@dataclass(frozen=True, slots=True)
class Message:
    """One request as it came in; header names are lower-case."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """What a format may know of the source that is spoken to.

    `secrets` holds two while one is being exchanged for the other.
    """

    secrets: tuple[str, ...] = ()
    mapping: PayloadMapping | None = None


def _trust(_message: Message, _settings: SourceSettings) -> None:
    """Accept a sender that cannot sign: the key in the address is its proof."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one sender speaks.

    `read` never raises: what it does not understand gives no signal. `verify` raises
    `SignatureMismatch`. `redact` takes secrets out of a body before a person sees it.
    """

    kind: SourceKind
    label: str
    signed: bool = False
    verify: Callable[[Message, SourceSettings], None] = _trust
    read: Callable[[Message, SourceSettings], tuple[Signal, ...]]
    redact: Callable[[str], str] = str


def sign_sha256(secret: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 that most senders sign with."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def any_equal(offered: Iterable[str], expected: Iterable[str]) -> bool:
    """Compare signatures in constant time per pair; header values may hold any Latin-1."""
    known = [value.encode() for value in expected]
    pairs = ((sent.encode(), value) for sent in offered for value in known)
    # A list, so that every pair is compared and the time does not tell which one matched.
    return any([hmac.compare_digest(sent, value) for sent, value in pairs])  # noqa: C419
