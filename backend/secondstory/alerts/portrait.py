"""What is shown of an alert, and how later signals improve it."""

from datetime import datetime
from typing import Any

from secondstory.alerts.formats.values import MAX_DETAILS, MAX_LINKS, MAX_TITLE, shorten
from secondstory.alerts.life import Life, Step, is_past
from secondstory.alerts.signals import TELLING, Signal, SignalEvent
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.standing import Standing
from secondstory.incidents.models import Severity
from secondstory.platform.columns import new_id

_LONGEST_SERVICE = 80


def life_of(alert: Standing, seen_at: datetime) -> Life:
    """Return what decides about the next signal of an alert last heard of at `seen_at`."""
    return Life(
        state=alert.state,
        state_at=alert.state_at,
        resolved_at=alert.resolved_at,
        seen_at=seen_at,
        triggered=alert.triggered,
        triggered_at=alert.triggered_at,
        begun_after=alert.begun_after,
        marks=tuple(alert.marks),
    )


def first_standing(source: Speaker, signal: Signal, step: Step, received_at: datetime) -> Standing:
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
        title_at=signal.sent_at if signal.title and signal.event is SignalEvent.TRIGGER else None,
        severity_raw=signal.severity_raw,
        severity=signal.severity or source.default_severity,
        severity_at=signal.sent_at if signal.severity_raw and signal.event in TELLING else None,
        service=signal.service,
        state=step.life.state,
        state_at=step.life.state_at,
        begun_after=step.life.begun_after,
        opened_at=signal.opened_at or received_at,
        resolved_at=step.life.resolved_at,
        links=list(signal.links),
        details=dict(signal.details),
        marks=list(step.life.marks),
        triggered=step.life.triggered,
        triggered_at=step.life.triggered_at,
        deliveries=1,
        created_at=received_at,
        updated_at=received_at,
    )


def improvements(
    alert: Standing, source: Speaker, signal: Signal, step: Step, *, corrects: bool = False
) -> dict[str, Any]:
    """Return the columns that a signal changes.

    The first trigger's title stays, as a resolve often has an emptier one, and the newest severity
    counts; first and newest by the sender's clock, whatever order they come in. Facts are added.
    `corrects`: the alert knows the message, which is read in another way now.
    """
    if is_past(alert.begun_after, signal):
        return {}
    life = step.life
    names = _names_it(alert, signal, step, corrects=corrects)
    older, newer = (alert.details, signal.details) if names else (signal.details, alert.details)
    after: dict[str, Any] = {
        "state": life.state,
        "state_at": life.state_at,
        "resolved_at": life.resolved_at,
        "triggered": life.triggered,
        "triggered_at": life.triggered_at,
        "marks": list(life.marks),
        "event": alert.event if step.late or _is_older(signal, alert) else step.event,
        "service": _first(signal.service, alert.service, prefer_new=names),
        "links": list(dict.fromkeys([*alert.links, *signal.links]))[:MAX_LINKS],
        "details": dict([*{**older, **newer}.items()][:MAX_DETAILS]),
    }
    if signal.opened_at:
        after["opened_at"] = min(alert.opened_at, signal.opened_at)
    if names or (signal.title and alert.title == _stand_in(alert.dedup_key)):
        after["title"] = signal.title
        after["title_at"] = signal.sent_at if names else None
    severity = signal.severity or source.default_severity
    again = corrects and signal.event in TELLING and signal.sent_at == alert.severity_at
    if signal.severity_raw and (again or _tells_severity(alert, signal, severity, step)):
        after["severity_raw"] = signal.severity_raw
        after["severity"] = severity
        after["severity_at"] = signal.sent_at if signal.event in TELLING else None
    return {name: value for name, value in after.items() if getattr(alert, name) != value}


def _names_it(alert: Standing, signal: Signal, step: Step, *, corrects: bool) -> bool:
    """Say whether this is, as far as we know, the first trigger, whose words stay."""
    if signal.event is not SignalEvent.TRIGGER or not signal.title:
        return False
    if step.opens or (corrects and signal.sent_at == alert.title_at):
        return True
    return signal.sent_at is not None and (
        alert.title_at is None or signal.sent_at < alert.title_at
    )


def _tells_severity(alert: Standing, signal: Signal, severity: Severity, step: Step) -> bool:
    if alert.severity_raw is None:
        return True
    # Of what was said at once, or in passing, the worst counts, in whatever order it comes.
    worse = (severity, signal.severity_raw or "") < (alert.severity, alert.severity_raw)
    if signal.event not in TELLING:
        return worse and signal.sent_at is not None and alert.severity_at is None
    if signal.sent_at is None:
        return step.opens or not step.late
    if alert.severity_at is None:
        return True
    if signal.sent_at == alert.severity_at:
        return worse
    return signal.sent_at > alert.severity_at


def service_label(service: str | None) -> str | None:
    """Return an alert's service as incidents name it: shorter than what senders call things."""
    return (service or "")[:_LONGEST_SERVICE].strip() or None


def _is_older(signal: Signal, alert: Standing) -> bool:
    return (
        signal.sent_at is not None
        and alert.state_at is not None
        and signal.sent_at < alert.state_at
    )


def _first(new: str | None, known: str | None, *, prefer_new: bool) -> str | None:
    return (new or known) if prefer_new else (known or new)


def _stand_in(dedup_key: str) -> str:
    return shorten(f"Alert {dedup_key}", MAX_TITLE)
