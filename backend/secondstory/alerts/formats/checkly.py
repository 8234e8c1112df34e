"""Checkly webhooks: what they say is a template of the user; ours to paste is in the guide.

Source of the rules: checklyhq.com/docs, alerting: webhooks (variables, signature) and alert states
(`ALERT_TYPE`). All values are strings. The signature is there only if a secret was set.
"""

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
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    identity,
    instant,
    links,
    paragraph,
    parse_json,
    text,
)
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Checkly"

# A check that goes on failing, or fails less than before, is not over.
_RECOVERIES = frozenset({"ALERT_RECOVERY", "ALERT_DEGRADED_RECOVERY"})
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
    body = _lowered(parse_json(message.body))
    title = _any(body, "check_name") or _any(body, "event", "alert_title", "title")
    word = (text(body, "alert_type") or "").upper()
    key = identity(body, "check_id")
    if title is None and key is None:
        return ()
    if key is None or not word.startswith("ALERT_"):
        return (Signal(event=SignalEvent.OTHER, title=title),)
    return (_signal(body, key, title, word),)


def _signal(body: JsonValue, key: str, title: str | None, word: str) -> Signal:
    recovered = word in _RECOVERIES
    event = SignalEvent.RESOLVE if recovered else SignalEvent.TRIGGER
    # When this run began, also of a recovery.
    at = instant(body, "started_at")
    said = paragraph(body, "check_error_message") or text(body, "event", limit=MAX_TITLE)
    return Signal(
        event=event,
        # A certificate that runs out is told once and not taken back: the check must not stay
        # open for it, nor hide it.
        dedup_key=f"{key}/ssl" if word == "ALERT_SSL" else key,
        title=title,
        service=text(body, "check_name") or text(body, "group_name"),
        state=AlertState.RESOLVED if recovered else AlertState.OPEN,
        opened_at=None if recovered else at,
        sent_at=at,
        links=links([_any(body, "link", "result_link", limit=2000)]),
        facts=told(_LABEL, event, title, at=at, said=said),
        details={name: value for name in _DETAILS if (value := text(body, name))},
    )


def _lowered(body: JsonValue) -> JsonValue:
    """Return the body with member names as in our template; others name variables in capitals."""
    if not isinstance(body, dict):
        return None
    return {name.lower(): value for name, value in body.items()}


def _any(body: JsonValue, *names: str, limit: int = MAX_TITLE) -> str | None:
    found = (text(body, name, limit=limit) for name in names)
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
    identifier="`check_id`; a certificate that runs out is an alert beside that of its check",
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
