"""Groups of alerts in one message, as Alertmanager has them and Grafana took them over.

A group is one alert of ours, tied together by `groupKey`; each alert in it is a member.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from pydantic import JsonValue

from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    identity,
    instant,
    items,
    paragraph,
    text,
    within,
)
from secondstory.alerts.severities import severity_of, worst
from secondstory.alerts.signals import AlertState, Fact, Member, Signal, SignalEvent, digest

MAX_MEMBERS = 500
MAX_FACTS = 20

_NAMES = ("alertname",)
_TITLES = ("summary", "title", "message", "description")
_SERVICES = ("service", "service_name", "app", "application")
# Grafana's alerts about a rule that cannot be evaluated; the rule is named by another label.
_BROKEN_RULES = frozenset({"DatasourceNoData", "DatasourceError"})
# What templates of Go write for a value that is missing.
_NO_VALUE = "<no value>"

Pages = Callable[[JsonValue, Sequence[JsonValue]], tuple[str, ...]]


def read_group(body: JsonValue, pages: Pages) -> tuple[Signal, ...]:
    """Return the signal of one group notification; `pages` finds its links."""
    alerts = [alert for alert in items(body, "alerts") if isinstance(alert, dict)]
    key = identity(body, "groupKey") or _stand_in(body, alerts)
    if not alerts or key is None:
        return ()
    firing = [alert for alert in alerts if _fires(alert)]
    ended = [alert for alert in alerts if not _fires(alert)]
    resolved = not firing
    raw = _severity(body, firing or alerts)
    return (
        Signal(
            event=SignalEvent.RESOLVE if resolved else SignalEvent.TRIGGER,
            dedup_key=key,
            title=_title(body, alerts),
            severity_raw=raw,
            severity=severity_of(raw),
            service=_service(body, alerts),
            state=AlertState.RESOLVED if resolved else AlertState.OPEN,
            opened_at=min(_times(alerts, "startsAt"), default=None),
            sent_at=max((*_times(alerts, "startsAt"), *_times(ended, "endsAt")), default=None),
            links=pages(body, alerts),
            facts=_facts(body, alerts),
            members=tuple(_member(alert) for alert in alerts[:MAX_MEMBERS]),
            details=details(body, "commonLabels"),
        ),
    )


def _fires(alert: JsonValue) -> bool:
    return text(alert, "status") != "resolved"


def _stand_in(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    """Tie messages without `groupKey` by what the group was made from, or by the first alert."""
    labels = details(body, "groupLabels")
    if labels:
        return digest(text(body, "receiver"), *sorted(map(str, labels.items())))
    return _first(text(alert, "fingerprint") for alert in alerts)


def _title(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    """Return what all alerts of the group say, else what they are called."""
    shared: list[tuple[JsonValue, tuple[str, ...]]] = [
        (within(body, "commonAnnotations"), _TITLES[:3])
    ]
    if len(alerts) == 1:
        shared.append((within(alerts[0], "annotations"), _TITLES[:3]))
    shared += [
        (within(body, "commonLabels"), _NAMES),
        (within(body, "groupLabels"), _NAMES),
        (within(alerts[0], "annotations"), _TITLES),
        (within(alerts[0], "labels"), _NAMES),
        (body, ("title",)),
    ]
    candidates = [_called(where, name) for where, names in shared for name in names]
    whole = (found for found in candidates if found and _NO_VALUE not in found)
    return next(whole, None) or _first(candidates)


def _called(where: JsonValue, name: str) -> str | None:
    """Return the title at `name`; an alert about a broken rule names the rule too."""
    found = text(where, name, limit=MAX_TITLE)
    rule = text(where, "rulename") if found in _BROKEN_RULES else None
    return f"{found}: {rule}" if rule else found


def _severity(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    common = text(body, "commonLabels", "severity")
    return common or worst(text(alert, "labels", "severity") for alert in alerts)


def _service(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    places = (
        within(body, "commonLabels"),
        within(body, "groupLabels"),
        within(alerts[0], "labels"),
    )
    return _first(text(labels, name) for labels in places for name in _SERVICES)


def _times(alerts: Sequence[JsonValue], name: str) -> list[datetime]:
    return [found for alert in alerts if (found := instant(alert, name)) is not None]


def _member(alert: JsonValue) -> Member:
    return Member(
        fingerprint=text(alert, "fingerprint", limit=32)
        or digest(*sorted(map(str, details(alert, "labels").items()))),
        since=instant(alert, "startsAt"),
        firing=_fires(alert),
    )


def _facts(body: JsonValue, alerts: Sequence[JsonValue]) -> tuple[Fact, ...]:
    told = [_fact(alert) for alert in alerts[:MAX_FACTS]]
    truncated = within(body, "truncatedAlerts")
    more = len(alerts) - len(told) + (truncated if isinstance(truncated, int) else 0)
    if more > 0:
        mark = digest("more", str(more))
        told.append(Fact(mark=mark, text=f"{more} more alerts are in this group"))
    return tuple(told)


def _fact(alert: JsonValue) -> Fact:
    member = _member(alert)
    name = text(alert, "labels", "alertname") or "Alert"
    instance = text(alert, "labels", "instance")
    where = f" on {instance}" if instance else ""
    if not member.firing:
        ended_at = instant(alert, "endsAt")
        return Fact(mark=member.closed_mark, text=f"{name} resolved{where}", occurred_at=ended_at)
    summary = _first(text(alert, "annotations", title, limit=MAX_TITLE) for title in _TITLES[:3])
    description = paragraph(alert, "annotations", "description")
    line = f"{name} fired{where}" + (f": {summary}" if summary else "")
    return Fact(
        mark=member.opened_mark,
        text=line + (f"\n\n{description}" if description else ""),
        occurred_at=member.since,
    )


def _first(candidates: Iterable[str | None]) -> str | None:
    return next((found for found in candidates if found), None)
