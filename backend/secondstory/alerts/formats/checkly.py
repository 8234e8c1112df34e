"""Checkly webhooks: what they say is a template of the user; ours to paste is in the guide.

Source of the rules: checklyhq.com/docs, alerting: webhooks (variables, examples, signature) and
alert states (`ALERT_TYPE`); checkly/checkly-cli and the Terraform provider (templates for other
tools). The signature is there only if a secret was set.
"""

import re
from dataclasses import replace

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
    any_equal,
    sign_sha256,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.templates import flattened, sentences
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

_LABEL = "Checkly"

# The words of `ALERT_TYPE`, which some templates put into a sentence.
_TYPE = re.compile(r"\b(?:NO_ALERT|ALERT_(?:FAIL(?:URE)?|DEGRADED|RECOVERY|SSL)(?:_[A-Z]+)?)\b")
# Those of `ALERT_TITLE`, where a template has nothing else.
_TITLED = re.compile(r"\b(?:has|is|will) (failed|recovered|degraded|expire)\b")
_TITLE_TYPES = {
    "failed": "ALERT_FAILURE",
    "recovered": "ALERT_RECOVERY",
    "degraded": "ALERT_DEGRADED",
    "expire": "ALERT_SSL",
}
# The check that `ALERT_TITLE` names, in quotes or not.
_TITLED_NAME = re.compile(r"^(?:Check )?\"?(.+?)\"? (?:has|is) (?:failed|recovered|degraded)\b")
# A check that goes on failing, or fails less than before, is not over.
_RECOVERIES = frozenset({"ALERT_RECOVERY", "ALERT_DEGRADED_RECOVERY"})
# `RESULT_LINK` names the check.
_RESULT = re.compile(r"https?://[^\s<>\"]{1,200}?/checks/([\w-]+)[^\s<>\"]*")

# Plain names, as in `flattened`.
_NAMES = ("checkname", "check", "name")
_TITLES = ("alerttitle", "event", "title", "message", "summary")
_KEYS = ("checkid", "deduplicationkey", "alias")
_DETAILS = (
    "check_type",
    "group_name",
    "run_location",
    "response_time",
    "api_check_response_status_code",
    "ssl_days_remaining",
    "ssl_check_domain",
    "tags",
)


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `x-checkly-signature`, where the source has a secret. Raises `SignatureMismatch`."""
    if not settings.secrets:
        return
    offered = message.headers.get("x-checkly-signature", "")
    expected = [sign_sha256(secret, message.body) for secret in settings.secrets]
    if not any_equal([offered], expected):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    body = parse_json(message.body)
    members, texts = flattened(body), sentences(body)
    results = [found for value in texts if (found := _RESULT.search(value))]
    title, word = _first(members, *_NAMES, *_TITLES), _type(members, texts)
    named = [identity(members, name) for name in _KEYS]
    # The name of the check stays the same too, but people change it.
    names = [identity(members, "checkname"), _titled_name(members)]
    ties = [*named, *(found[1] for found in results), *names]
    key = next((tie for tie in ties if tie), None)
    if title is None and key is None:
        return ()
    pages = links([*texts, *(found[0] for found in results)])
    if key is None or not word.startswith("ALERT_"):
        return (Signal(event=SignalEvent.OTHER, title=title, links=pages),)
    return (replace(_signal(members, key, title, word), links=pages),)


def _type(members: dict[str, JsonValue], texts: list[str]) -> str:
    """Return the type of the alert, or an empty text."""
    if "alerttype" in members:
        return (text(members, "alerttype") or "").upper()
    found = next((match[0] for value in texts if (match := _TYPE.search(value))), "")
    titled = _TITLED.search(_first(members, *_TITLES) or "")
    return found or (_TITLE_TYPES[titled[1]] if titled else "")


def _titled_name(members: JsonValue) -> str | None:
    found = _TITLED_NAME.search(_first(members, *_TITLES) or "")
    return identity(found[1]) if found else None


def _signal(members: JsonValue, key: str, title: str | None, word: str) -> Signal:
    recovered = word in _RECOVERIES
    event = SignalEvent.RESOLVE if recovered else SignalEvent.TRIGGER
    # When this run began, also of a recovery.
    at = instant(members, "startedat") or instant(members, "timestamp")
    said = paragraph(members, "checkerrormessage") or _first(members, *_TITLES)
    raw = _first(members, "severity", "priority")
    details = {name: text(members, name.replace("_", "")) for name in _DETAILS}
    return Signal(
        event=event,
        # A certificate that runs out is told once and not taken back: the check must not stay
        # open for it, nor hide it.
        dedup_key=f"{key}/ssl" if word == "ALERT_SSL" else key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_first(members, *_NAMES, "groupname"),
        state=AlertState.RESOLVED if recovered else AlertState.OPEN,
        opened_at=None if recovered else at,
        sent_at=at,
        facts=told(_LABEL, event, title, at=at, said=said),
        details={name: value for name, value in details.items() if value},
    )


def _first(body: JsonValue, *names: str) -> str | None:
    found = (text(body, name, limit=MAX_TITLE) for name in names)
    return next((value for value in found if value), None)


TEMPLATE = """\
{
  "event": "{{ALERT_TITLE}}",
  "alert_type": "{{ALERT_TYPE}}",
  "check_id": "{{CHECK_ID}}",
  "check_name": "{{CHECK_NAME}}",
  "group_name": "{{GROUP_NAME}}",
  "check_type": "{{CHECK_TYPE}}",
  "check_result_id": "{{CHECK_RESULT_ID}}",
  "check_error_message": "{{CHECK_ERROR_MESSAGE}}",
  "response_time": "{{RESPONSE_TIME}}",
  "api_check_response_status_code": "{{API_CHECK_RESPONSE_STATUS_CODE}}",
  "run_location": "{{RUN_LOCATION}}",
  "ssl_days_remaining": "{{SSL_DAYS_REMAINING}}",
  "ssl_check_domain": "{{SSL_CHECK_DOMAIN}}",
  "started_at": "{{STARTED_AT}}",
  "tags": "{{TAGS}}",
  "link": "{{RESULT_LINK}}"
}
"""

GUIDE = Guide(
    proof="`x-checkly-signature`: HMAC-SHA256 of the body, if the webhook has a secret",
    identifier="`check_id`, else the check that the link or the title names; a certificate "
    "that runs out is an alert beside that of its check",
    lifecycle="failure and degradation open, ALERT_RECOVERY and ALERT_DEGRADED_RECOVERY end; "
    "there is no acknowledgement",
    severities="none",
    steps="""\
1. In Checkly open **Alerts → Alert channels → Add more channels → Webhook**.
2. **Method** `POST`, **URL**: `{address}`
3. Paste the template below as the **body**. Checkly fills in what stands in double braces.
4. **Webhook secret**, if you want messages signed: make one up, and set it as the secret of this
   source too.
5. Choose **Failure**, **Degradation** and **Recovery**, and subscribe the checks.
""",
    snippet=TEMPLATE,
    language="json",
)

FORMAT = Format(
    kind=SourceKind.CHECKLY,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.OPTIONAL,
    verify=verify,
    read=read,
)
