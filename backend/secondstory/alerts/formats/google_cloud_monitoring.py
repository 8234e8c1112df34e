"""Google Cloud Monitoring webhooks, schema 1.2, and 1.1 from when it was called Stackdriver.

Source of the rules: cloud.google.com/monitoring/support/notification-options (webhooks, schema) and
recorded deliveries. Times are Unix seconds; `version` is `test` for a connection test.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.facts import told
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    first,
    identity,
    instant,
    items,
    links,
    paragraph,
    parse_json,
    text,
    within,
)
from secondstory.alerts.severities import severity_of
from secondstory.alerts.signals import AlertState, Signal, SignalEvent

_LABEL = "Google Cloud Monitoring"

_STATES: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "open": (SignalEvent.TRIGGER, AlertState.OPEN),
    "acknowledged": (SignalEvent.ACK, AlertState.ACKNOWLEDGED),
    "closed": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_TITLES = ("summary", "policy_name", "condition_name")
_SERVICES = ("resource_name", "resource_type_display_name")
# Where the resource has no name of its own, `resource_name` only lists its labels.
_LABELS = ("service_name", "job_name", "function_name", "container_name", "module_id", "host")


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification."""
    body = parse_json(message.body)
    incident = within(body, "incident")
    key = identity(incident, "incident_id")
    title = first(text(incident, name, limit=MAX_TITLE) for name in _TITLES)
    if key is None and title is None:
        return ()
    if key is None or text(body, "version") == "test":
        other = SignalEvent.OTHER
        named, pages = _service(incident), _pages(incident)
        return (Signal(event=other, title=title, service=named, links=pages),)
    return (_signal(incident, key, title),)


def _signal(incident: JsonValue, key: str, title: str | None) -> Signal:
    state_word = (text(incident, "state") or "").lower()
    event, state = _STATES.get(state_word, (SignalEvent.UPDATE, None))
    started_at = instant(incident, "started_at")
    resolved = event is SignalEvent.RESOLVE
    at = instant(incident, "ended_at") if resolved else started_at
    raw = _severity(incident)
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw),
        service=_service(incident),
        state=state,
        opened_at=started_at,
        sent_at=at or started_at,
        links=_pages(incident),
        facts=told(_LABEL, event, title, at=at, said=_documentation(incident)),
        details=_details(incident),
    )


def _severity(incident: JsonValue) -> str | None:
    """Return the word of the policy; a label of that name is from before policies had one."""
    set_on_policy = text(incident, "severity")
    if severity_of(set_on_policy):
        return set_on_policy
    return text(incident, "policy_user_labels", "severity") or set_on_policy


def _service(incident: JsonValue) -> str | None:
    return (
        text(incident, "resource_display_name")
        or text(incident, "policy_user_labels", "service")
        or first(text(incident, "resource", "labels", name) for name in _LABELS)
        or first(text(incident, name) for name in _SERVICES)
    )


def _pages(incident: JsonValue) -> tuple[str, ...]:
    documents = [within(page, "url") for page in items(incident, "documentation", "links")]
    return links([*documents, within(incident, "url"), within(incident, "apigee_url")])


def _documentation(incident: JsonValue) -> str | None:
    """Return what the policy's authors wrote; a plain text in older messages."""
    return paragraph(incident, "documentation", "content") or paragraph(incident, "documentation")


def _details(incident: JsonValue) -> dict[str, str]:
    names = ("policy_name", "condition_name", "observed_value", "threshold_value")
    labels = details(incident, "resource", "labels") | details(incident, "policy_user_labels")
    return details({name: within(incident, name) for name in names}) | labels


GUIDE = Guide(
    proof="the key in the address; Google can send no headers of ours",
    identifier="`incident.incident_id`",
    lifecycle="open opens, closed ends; there is no acknowledgement",
    severities="Critical, Error, Warning, where the policy sets one; else its label `severity`",
    steps="""\
1. In the Google Cloud console open **Monitoring → Alerting → Edit notification channels**.
2. Under **Webhooks** choose **Add new** and give this **Endpoint URL**: `{address}`
3. **Test connection**: the delivery shows up here and opens nothing. **Save**.
4. Choose the channel in the alerting policies, and switch on **Notify on incident closure** there,
   or an alert never ends here. A **severity** set on the policy comes along.
""",
)

FORMAT = Format(kind=SourceKind.GOOGLE_CLOUD_MONITORING, label=_LABEL, guide=GUIDE, read=read)
