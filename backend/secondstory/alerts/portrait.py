"""What is shown of an alert, and how later signals improve it."""

from datetime import datetime
from typing import Any

from secondstory.alerts.formats.values import MAX_DETAILS, MAX_LINKS, MAX_TITLE, shorten
from secondstory.alerts.life import Life, Step
from secondstory.alerts.models import AlertSource
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.standing import Standing
from secondstory.platform.columns import new_id


def life_of(alert: Standing, seen_at: datetime) -> Life:
    """Return what decides about the next signal of an alert last heard of at `seen_at`."""
    return Life(
        state=alert.state,
        state_at=alert.state_at,
        resolved_at=alert.resolved_at,
        seen_at=seen_at,
        triggered=alert.triggered,
        marks=tuple(alert.marks),
    )


def first_standing(
    source: AlertSource, signal: Signal, step: Step, received_at: datetime
) -> Standing:
    """Return the alert that a signal begins; its `dedup_key` is there by now."""
    key = signal.dedup_key or ""
    return Standing(
        id=new_id(),
        source_id=source.id,
        dedup_key=key,
        current=True,
        incident_id=None,
        event=step.event,
        title=signal.title or _stand_in(key),
        severity_raw=signal.severity_raw,
        severity=signal.severity or source.default_severity,
        service=signal.service,
        state=step.life.state,
        state_at=step.life.state_at,
        opened_at=signal.opened_at or received_at,
        resolved_at=step.life.resolved_at,
        links=list(signal.links),
        details=dict(signal.details),
        marks=list(step.life.marks),
        triggered=step.life.triggered,
        deliveries=1,
        created_at=received_at,
        updated_at=received_at,
    )


def improvements(
    alert: Standing, source: AlertSource, signal: Signal, step: Step
) -> dict[str, Any]:
    """Return the columns that a signal changes.

    The trigger's title stays: a resolve often has an emptier one. Facts are added, not replaced.
    """
    life = step.life
    after: dict[str, Any] = {
        "state": life.state,
        "state_at": life.state_at,
        "resolved_at": life.resolved_at,
        "triggered": life.triggered,
        "marks": list(life.marks),
        "event": alert.event if step.late else step.event,
        "service": alert.service or signal.service,
        "links": list(dict.fromkeys([*alert.links, *signal.links]))[:MAX_LINKS],
        "details": dict([*{**signal.details, **alert.details}.items()][:MAX_DETAILS]),
    }
    if step.opens and signal.opened_at:
        after["opened_at"] = min(alert.opened_at, signal.opened_at)
    if signal.title and (step.opens or alert.title == _stand_in(alert.dedup_key)):
        after["title"] = signal.title
    if signal.severity_raw and (step.opens or _tells_severity(alert, step)):
        after["severity_raw"] = signal.severity_raw
        after["severity"] = signal.severity or source.default_severity
    return {name: value for name, value in after.items() if getattr(alert, name) != value}


def _tells_severity(alert: Standing, step: Step) -> bool:
    rises = step.event is SignalEvent.UPDATE and not step.late
    return rises or alert.severity_raw is None


def _stand_in(dedup_key: str) -> str:
    return shorten(f"Alert {dedup_key}", MAX_TITLE)
