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
from secondstory.alerts.formats.members import members, said, texts, tied, written
from secondstory.alerts.formats.values import (
    MAX_WORD,
    addresses,
    details,
    first,
    identity,
    instant,
    links,
    parse_json,
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
# Of `RESULT_LINK`, which names the check.
_RESULT = re.compile(r"/checks/([\w-]+)")

_NAMES = ("check_name", "check", "name")
_TITLES = ("alert_title", "event", "title", "message", "summary")
_KEYS = ("check_id", "deduplication_key", "alias")
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
    found = members(parse_json(message.body), vague=())
    mentioned = [link for value in texts(found) for link in addresses(value)]
    results = [result for link in mentioned if (result := _RESULT.search(link))]
    title, word = said(found, (*_NAMES, *_TITLES)), _type(found)
    key = tied(found, _KEYS) or first(result[1] for result in results)
    # The name of the check stays the same too, but people change it.
    key = key or tied(found, ["check_name"]) or _titled_name(found)
    if title is None and key is None:
        return ()
    pages = links([*texts(found), *(result.string for result in results)])
    if key is None or not word.startswith("ALERT_"):
        return (Signal(event=SignalEvent.OTHER, title=title, links=pages),)
    return (replace(_signal(found, key, title, word), links=pages),)


def _type(found: dict[str, JsonValue]) -> str:
    """Return the type of the alert, or an empty text."""
    given = said(found, ["alert_type"])
    if given is not None:
        return given.upper()
    inside = first(_TYPE.search(value) for value in texts(found))
    titled = _TITLED.search(said(found, _TITLES) or "")
    return inside[0] if inside else _TITLE_TYPES[titled[1]] if titled else ""


def _titled_name(found: JsonValue) -> str | None:
    titled = _TITLED_NAME.search(said(found, _TITLES) or "")
    return identity(titled[1]) if titled else None


def _signal(found: JsonValue, key: str, title: str | None, word: str) -> Signal:
    recovered = word in _RECOVERIES
    event = SignalEvent.RESOLVE if recovered else SignalEvent.TRIGGER
    # When this run began, also of a recovery.
    at = instant(said(found, ["started_at"])) or instant(said(found, ["timestamp"]))
    story = written(found, ["check_error_message"]) or said(found, _TITLES)
    raw = said(found, ["severity", "priority"], MAX_WORD)
    return Signal(
        event=event,
        # A certificate that runs out is told once and not taken back: the check must not stay
        # open for it, nor hide it.
        dedup_key=f"{key}/ssl" if word == "ALERT_SSL" else key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=said(found, (*_NAMES, "group_name"), MAX_WORD),
        state=AlertState.RESOLVED if recovered else AlertState.OPEN,
        opened_at=None if recovered else at,
        sent_at=at,
        facts=told(_LABEL, event, title, at=at, said=story),
        details=details({name: said(found, [name]) for name in _DETAILS}),
    )


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
    severities="none in the template; `severity` or `priority` where another adds one",
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
