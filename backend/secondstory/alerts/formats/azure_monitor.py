"""Azure Monitor action groups: the common alert schema, and the shapes from before it.

Source of the rules: MicrosoftDocs/azure-monitor-docs, alerts-common-schema.md and
alerts-payload-samples.md; for the older shapes see `azure_monitor_older`.
"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from secondstory.alerts.formats.azure_monitor_older import read_older
from secondstory.alerts.formats.azure_monitor_words import (
    LABEL,
    SEARCHES,
    SEVERITIES,
    last_part,
)
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
    contents,
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
from secondstory.alerts.signals import AlertState, Signal, SignalEvent, digest

_TITLES = ("alertRule", "description")
_CONDITIONS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "Fired": (SignalEvent.TRIGGER, AlertState.OPEN),
    "Resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one notification, whether or not the common schema is switched on."""
    body = _unwrapped(parse_json(message.body))
    essentials = within(body, "data", "essentials")
    if not isinstance(essentials, dict):
        return read_older(body)
    title = first(text(essentials, name, limit=MAX_TITLE) for name in _TITLES)
    key = _key(essentials, title)
    if key is None:
        return (Signal(event=SignalEvent.OTHER, title=title),) if title else ()
    return (_signal(body, essentials, title, key),)


def _unwrapped(body: JsonValue) -> JsonValue:
    """Return the message; the test of an action group wraps some of the older shapes twice."""
    data = within(body, "data")
    return data if isinstance(within(data, "data"), dict) else body


def _key(essentials: JsonValue, title: str | None) -> str | None:
    """Return what ties an alert together; the test of a budget has hardly anything else."""
    named = identity(essentials, "alertId") or identity(essentials, "originAlertId")
    fired = text(essentials, "firedDateTime")
    return named or (digest(title, fired) if title and fired else None)


def _signal(body: JsonValue, essentials: JsonValue, title: str | None, key: str) -> Signal:
    # Budgets have no condition and are never resolved: they fire.
    condition = text(essentials, "monitorCondition") or "Fired"
    event, state = _CONDITIONS.get(condition, (SignalEvent.UPDATE, None))
    fired_at = instant(essentials, "firedDateTime")
    at: datetime | None = fired_at
    if event is SignalEvent.RESOLVE:
        at = instant(essentials, "resolvedDateTime") or fired_at
    raw = text(essentials, "severity")
    return Signal(
        event=event,
        dedup_key=key,
        title=title,
        severity_raw=raw,
        severity=severity_of(raw, SEVERITIES),
        service=_service(body, essentials),
        state=state,
        opened_at=fired_at,
        sent_at=at,
        links=_links(body, essentials),
        facts=told(LABEL, event, title, at=at, said=_said(body, essentials)),
        details=_details(essentials) | details(body, "data", "customProperties"),
    )


def _service(body: JsonValue, essentials: JsonValue) -> str | None:
    """Return the resource; service health has a service of Azure, and a subscription at most."""
    configured = (text(item) for item in items(essentials, "configurationItems"))
    azure = text(body, "data", "alertContext", "properties", "service")
    targets = (text(item, limit=1000) for item in items(essentials, "alertTargetIDs"))
    parts = (last_part(target) for target in targets if target)
    return first((*configured, azure, *parts))


def _said(body: JsonValue, essentials: JsonValue) -> str | None:
    """Return what happened, where health and Prometheus alerts say so, and what the rule is for."""
    context = within(body, "data", "alertContext")
    happened = text(context, "properties", "title") or text(context, "annotations", "summary")
    described = paragraph(essentials, "description")
    return "\n\n".join(dict.fromkeys(filter(None, (happened, described)))) or None


def _links(body: JsonValue, essentials: JsonValue) -> tuple[str, ...]:
    """Return what people open; the other links of log alerts are for programs."""
    context = within(body, "data", "alertContext")
    places = (context, *items(context, "condition", "allOf"))
    searches = (within(place, name) for place in places for name in SEARCHES)
    own = (*contents(context, "annotations"), *contents(body, "data", "customProperties"))
    return links([within(essentials, "investigationLink"), *searches, *own])


def _details(essentials: JsonValue) -> dict[str, str]:
    names = ("signalType", "monitoringService", "targetResourceGroup", "targetResourceType")
    return details({name: within(essentials, name) for name in names})


GUIDE = Guide(
    proof="the key in the address",
    identifier="`essentials.alertId`; in the older shapes the rule's `context.id`, and the "
    "`trackingId` of service health",
    lifecycle="Fired opens, Resolved ends; activity log, service health and budget alerts are "
    "never resolved; there is no acknowledgement",
    severities="Sev0 is sev1, and so on to Sev4, which is sev5; budgets have none",
    steps="""\
1. In the Azure portal open **Monitor → Alerts → Action groups**, and an action group or **Create**.
2. Under **Actions** add one of type **Webhook** with this **URI**: `{address}`
3. Switch on **Enable the common alert schema**. Without it older messages say less: some have no
   severity, and the same rule is one alert for all its resources.
4. Log alerts are resolved only where the rule says **Automatically resolve alerts**.
5. **Test action group** sends what looks like a real alert, and opens an incident.
""",
)

FORMAT = Format(kind=SourceKind.AZURE_MONITOR, label=LABEL, guide=GUIDE, read=read)
