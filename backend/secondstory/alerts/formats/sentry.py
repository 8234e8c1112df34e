"""Sentry's integration platform: issues, issue alerts, metric alerts, errors and comments.

Source of the rules: getsentry/sentry-docs, integrations/integration-platform/webhooks. The header
`Sentry-Hook-Resource` names the shape; here the members of `data` tell it, as they do for a body
that somebody pastes. The older per-project plugin has a shape of its own and does not sign.
"""

from collections.abc import Callable, Mapping

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
from secondstory.alerts.formats.sentry_resources import (
    Resource,
    read_analysis,
    read_comment,
    read_event,
    read_issue,
    read_metric_alert,
    read_plugin,
)
from secondstory.alerts.formats.values import identity, instant, links, parse_json, text, within
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import Signal, SignalEvent

_LABEL = "Sentry"

_READERS: Mapping[str, Callable[[JsonValue], Resource]] = {
    "metric_alert": read_metric_alert,
    "issue": read_issue,
    "comment": read_comment,
    "event": read_event,
    "error": read_event,
    "group_id": read_analysis,
}


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `Sentry-Hook-Signature`: hex HMAC-SHA256 of the body.

    `Sentry-Hook-Timestamp` is not signed, so its age proves nothing; `Request-ID` tells doubles.
    Raises `SignatureMismatch`.
    """
    offered = message.headers.get("sentry-hook-signature", "")
    expected = [sign_sha256(secret, message.body) for secret in settings.secrets]
    if not any_equal([offered], expected):
        raise SignatureMismatch


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one webhook, whichever resource it is about."""
    resource = _resource(parse_json(message.body))
    if resource is None:
        return ()
    message_id = identity(message.headers.get("request-id"))
    if resource.key is None:
        return (Signal(event=SignalEvent.OTHER, message_id=message_id),)
    return (_signal(message, resource, message_id),)


def _resource(body: JsonValue) -> Resource | None:
    data = within(body, "data")
    for name, reader in _READERS.items():
        if within(data, name) is not None:
            return reader(body)
    if isinstance(data, dict) and text(body, "action"):
        # An installation, or what Sentry adds next.
        return Resource(event=SignalEvent.OTHER, key=None)
    if text(body, "project_slug") or text(body, "project"):
        return read_plugin(body)
    return None


def _signal(message: Message, resource: Resource, message_id: str | None) -> Signal:
    sent_at = instant(message.headers.get("sentry-hook-timestamp"))
    opened_at = instant(resource.opened)
    event, title = resource.event, resource.title
    at = opened_at if event is SignalEvent.TRIGGER else sent_at
    return Signal(
        event=event,
        dedup_key=resource.key,
        title=title,
        severity_raw=resource.raw,
        severity=severity_of(resource.raw),
        service=resource.service,
        state=resource.state,
        opened_at=opened_at,
        sent_at=sent_at,
        message_id=message_id,
        links=links(resource.pages),
        facts=told(_LABEL, event, title, at=at, said=resource.said, by=resource.by),
    )


GUIDE = Guide(
    proof="`Sentry-Hook-Signature`: HMAC-SHA256 of the body with the client secret; "
    "`Request-ID` tells doubles",
    identifier="the id of the issue; for metric alerts the id of the firing",
    lifecycle="issues: created and unresolved open, resolved ends; issue alerts only open; metric "
    "alerts: critical and warning open, resolved ends; assigning, archiving, comments and "
    "what Seer finds are updates",
    severities="`level`: fatal, error, warning, info, debug; for metric alerts critical, warning",
    steps="""\
1. In Sentry open **Settings → Custom Integrations → Create New Integration** and choose
   **Internal Integration**.
2. **Webhook URL**: `{address}`
3. Turn **Alert Rule Action** on, so that alert rules can notify this integration. Under
   **Permissions** give **Issue & Event** read access, and under **Webhooks** check **issue**, so
   that resolving an issue is told too.
4. Save, copy the **Client Secret**, and paste it here as the secret of this source.
5. In an issue alert or metric alert add the action **Send a notification via** this integration.

The older **WebHooks** plugin of a project does not sign, and is refused.
""",
)

FORMAT = Format(
    kind=SourceKind.SENTRY,
    label=_LABEL,
    guide=GUIDE,
    signing=Signing.ALWAYS,
    verify=verify,
    read=read,
)
