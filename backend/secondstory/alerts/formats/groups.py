"""Groups of alerts in one message, as Alertmanager has them and Grafana took them over.

A group is one alert of ours, tied together by `groupKey`; each alert in it is a member.
For the source of the rules see `alertmanager` and `grafana`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import JsonValue

from secondstory.alerts.formats.group_members import (
    NAMES,
    RULES,
    SUMMARIES,
    facts,
    fires,
    member,
    name_of_labels,
    status_of,
)
from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    first,
    identity,
    instant,
    items,
    text,
    within,
)
from secondstory.alerts.severities import severity_of, worst
from secondstory.alerts.signals import AlertState, Member, Signal, SignalEvent, digest

MAX_MEMBERS = 500

SERVICES = ("service", "service_name", "app", "application", "app_kubernetes_io_name")
_SEVERITIES = ("severity", "priority")
# Grafana's alerts about a rule that cannot be evaluated; the rule is named by another label.
_BROKEN_RULES = frozenset({"DatasourceNoData", "DatasourceError"})
# What templates of Go, and those of Grafana, write for a value that is missing.
_NO_VALUE = re.compile(r"<no value>|\[no value\]")
# `[FIRING:2] ` and `[OK] ` change with every message.
_COUNT = re.compile(r"^\[[^\]]*\]\s*")

Pages = Callable[[JsonValue, Sequence[JsonValue]], tuple[str, ...]]


def read_group(body: JsonValue, pages: Pages) -> tuple[Signal, ...]:
    """Return the signal of one group notification; `pages` finds its links."""
    alerts = _alerts(body)
    key = identity(body, "groupKey") or _stand_in(body, alerts)
    if not alerts or key is None:
        return ()
    firing = [alert for alert in alerts if fires(alert)]
    ended = [alert for alert in alerts if not fires(alert)]
    resolved = not firing
    talked_of = firing or alerts
    raw = _severity(body, talked_of)
    return (
        Signal(
            event=SignalEvent.RESOLVE if resolved else SignalEvent.TRIGGER,
            dedup_key=key,
            title=_title(body, talked_of, only=len(alerts) == 1),
            severity_raw=raw,
            severity=severity_of(raw),
            service=_service(body, talked_of),
            state=AlertState.RESOLVED if resolved else AlertState.OPEN,
            opened_at=min(_times(alerts, "startsAt"), default=None),
            sent_at=max((*_times(alerts, "startsAt"), *_times(ended, "endsAt")), default=None),
            links=pages(body, alerts),
            facts=facts(body, alerts),
            members=_members(alerts),
            details=details(body, "commonLabels") or details(body, "labels"),
        ),
    )


def _alerts(body: JsonValue) -> list[JsonValue]:
    """Return the alerts, each with a status; a template may leave out that, or the whole list.

    Grafana OnCall hands on one alert as it is.
    """
    if not isinstance(body, dict):
        return []
    status = {"status": body.get("status")}
    listed = [alert for alert in items(body, "alerts") if isinstance(alert, dict)]
    if listed or status_of(body) not in ("firing", "resolved"):
        return [status | alert for alert in listed]
    labels, annotations = body.get("commonLabels"), body.get("commonAnnotations")
    return [{"labels": labels, "annotations": annotations} | body]


def _stand_in(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    """Tie messages without `groupKey`: by what the group was made from, by an alert, by name."""
    labels = details(body, "groupLabels")
    if labels:
        return digest(text(body, "receiver"), *sorted(map(str, labels.items())))
    return (
        first(identity(alert, "fingerprint") for alert in alerts)
        or first(name_of_labels(alert) for alert in alerts if details(alert, "labels"))
        or steady_name(body)
    )


def steady_name(body: JsonValue) -> str | None:
    """Return what a message is called, without how many alerts of which state it is about."""
    named = (identity(body, name) for name in NAMES)
    return first(_COUNT.sub("", name) for name in named if name)


def _title(body: JsonValue, alerts: Sequence[JsonValue], *, only: bool) -> str | None:
    """Return what all alerts of the group say, else what they are called."""
    shared: list[tuple[JsonValue, tuple[str, ...]]] = [
        (within(body, "commonAnnotations"), SUMMARIES)
    ]
    if only:
        shared.append((within(alerts[0], "annotations"), SUMMARIES))
    shared += [
        (within(body, "commonLabels"), RULES),
        (within(body, "groupLabels"), RULES),
        (within(alerts[0], "annotations"), SUMMARIES),
        (within(alerts[0], "labels"), RULES),
        (within(alerts[0], "annotations"), ("description",)),
        (body, NAMES),
    ]
    candidates = [_called(where, name) for where, names in shared for name in names]
    whole = (found for found in candidates if found and not _NO_VALUE.search(found))
    return first(whole) or first(candidates)


def _called(where: JsonValue, name: str) -> str | None:
    """Return the title at `name`; an alert about a broken rule names the rule too."""
    found = text(where, name, limit=MAX_TITLE)
    rule = text(where, "rulename") if found in _BROKEN_RULES else None
    return f"{found}: {rule}" if rule else found


def _severity(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    for name in _SEVERITIES:
        common = text(body, "commonLabels", name)
        found = common or worst(text(alert, "labels", name) for alert in alerts)
        if found:
            return found
    return first(text(body, name) for name in _SEVERITIES)


def _service(body: JsonValue, alerts: Sequence[JsonValue]) -> str | None:
    places = (
        within(body, "commonLabels"),
        within(body, "groupLabels"),
        within(alerts[0], "labels"),
        body,
    )
    return first(text(labels, name) for labels in places for name in SERVICES)


def _members(alerts: Sequence[JsonValue]) -> tuple[Member, ...]:
    """Return the firings; none where a template leaves out their starts, which tell them apart."""
    found = tuple(member(alert) for alert in alerts[:MAX_MEMBERS])
    return found if all(firing.since for firing in found) else ()


def _times(alerts: Sequence[JsonValue], name: str) -> list[datetime]:
    return [found for alert in alerts if (found := instant(alert, name)) is not None]
