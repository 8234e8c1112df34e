"""What a format is given, and what it promises."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.signals import Signal

_NO_CLOCK = datetime.max.replace(tzinfo=UTC)


class SourceKind(StrEnum):
    """Senders we understand."""

    PAGERDUTY_V3 = "pagerduty_v3"
    PAGERDUTY_EVENTS_V2 = "pagerduty_events_v2"
    OPSGENIE = "opsgenie"
    JIRA_SERVICE_MANAGEMENT = "jira_service_management"
    INCIDENT_IO = "incident_io"
    ALERTMANAGER = "alertmanager"
    GRAFANA = "grafana"
    AZURE_MONITOR = "azure_monitor"
    GOOGLE_CLOUD_MONITORING = "google_cloud_monitoring"
    HONEYCOMB = "honeycomb"
    UPTIME_KUMA = "uptime_kuma"
    BETTER_STACK = "better_stack"
    CHECKLY = "checkly"
    PINGDOM = "pingdom"
    CLOUDEVENTS = "cloudevents"
    DATADOG = "datadog"
    SENTRY = "sentry"
    NEWRELIC = "newrelic"
    SPLUNK_ON_CALL = "splunk_on_call"
    ZABBIX = "zabbix"
    AWS_SNS_CLOUDWATCH = "aws_sns_cloudwatch"
    GENERIC = "generic"


class SignatureMismatch(Exception):
    """The message is not signed with any secret of the source."""


@dataclass(frozen=True, slots=True)
class Message:
    """One request as it came in; header names are lower-case.

    `url` is the public address it was sent to, query included: some senders sign it, some put
    their whole message into it.
    """

    headers: Mapping[str, str]
    body: bytes
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """What a format may know of the source that is spoken to, and what was looked up for it.

    `secrets` holds two while one is being exchanged for the other. `now` is our clock, for
    signatures that age; with a clock that nobody set they are all too old. `certificate` is what
    was fetched (PEM) from the address that `certificate_url` named.
    """

    secrets: tuple[str, ...] = ()
    mapping: PayloadMapping | None = None
    now: datetime = _NO_CLOCK
    certificate: str | None = None


class Signing(StrEnum):
    """Whether a sender proves itself beyond knowing the address.

    `always`: with a secret that both know. `optional`: with one if the administrator set one.
    `certificate`: with a key of its own, whose certificate is fetched.
    """

    NEVER = "never"
    OPTIONAL = "optional"
    ALWAYS = "always"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What people read about a sender, in the settings and in the docs; all texts are Markdown.

    In `steps` and `snippet` the page puts the source's own values for {address} (the whole URL)
    and {secret}. `snippet` is what to paste at the sender, in `language`.
    """

    proof: str
    identifier: str
    lifecycle: str
    severities: str
    steps: str
    snippet: str | None = None
    language: str = "text"


def _trust(_message: Message, _settings: SourceSettings) -> None:
    """Accept a sender that cannot sign: the key in the address is its proof."""


def _nowhere(_message: Message) -> str | None:
    """Ask for nothing to be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one sender speaks.

    `read` never raises: what it does not understand gives no signal. `verify` raises
    `SignatureMismatch`. `redact` takes secrets out of a body before a person sees it.
    `certificate_url` names what has to be fetched before `verify`, and raises `SignatureMismatch`
    where the sender's rule does not allow the address; `confirm_url` what to visit once a verified
    message is stored.
    """

    kind: SourceKind
    label: str
    guide: Guide
    signing: Signing = Signing.NEVER
    verify: Callable[[Message, SourceSettings], None] = _trust
    read: Callable[[Message, SourceSettings], tuple[Signal, ...]]
    redact: Callable[[str], str] = str
    certificate_url: Callable[[Message], str | None] = _nowhere
    confirm_url: Callable[[Message], str | None] = _nowhere

    @property
    def signed(self) -> bool:
        """Whether a source of this kind is nothing without a secret."""
        return self.signing is Signing.ALWAYS


def sign_sha256(secret: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 that most senders sign with."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def any_equal(offered: Iterable[str], expected: Iterable[str]) -> bool:
    """Compare signatures in constant time per pair; header values may hold any Latin-1."""
    known = [value.encode() for value in expected]
    pairs = ((sent.encode(), value) for sent in offered for value in known)
    # A list, so that every pair is compared and the time does not tell which one matched.
    return any([hmac.compare_digest(sent, value) for sent, value in pairs])  # noqa: C419 - a generator would stop there
