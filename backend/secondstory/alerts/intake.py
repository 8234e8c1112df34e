"""Taking a message in: kept raw, tied to its alert, told in its incident, in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.alerts.decisions import outcome_of, paused, unread
from secondstory.alerts.deliveries import (
    Delivery,
    Touched,
    facts_before,
    store_delivery,
    store_signal,
    touched_before,
)
from secondstory.alerts.formats.contract import Message, SignatureMismatch
from secondstory.alerts.life import Course, Step, advance, begin
from secondstory.alerts.models import Alert, AlertSource
from secondstory.alerts.portrait import improvements, life_of
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.rows import Known, begin_anew, know_alert
from secondstory.alerts.signals import AlertState, Signal, SignalEvent
from secondstory.alerts.source_queries import settings_of
from secondstory.alerts.telling import open_for_alert, tell
from secondstory.changes.service import appeared, record
from secondstory.platform.problems import Unauthenticated


class WrongSignature(Unauthenticated):
    code, title = "wrong_signature", "The message is not signed with a secret of this source"


class Receipt(NamedTuple):
    """What a message belongs to, and the dedup keys it came with or was given."""

    touched: Sequence[Touched]
    dedup_keys: Sequence[str]


async def receive(
    session: AsyncSession, source: AlertSource, message: Message, received_at: datetime
) -> Receipt:
    """Take in one message of a source. Raises `WrongSignature`, and nothing for its content."""
    format_ = FORMATS[source.kind]
    settings = settings_of(source, received_at)
    try:
        format_.verify(message, settings)
    except SignatureMismatch:
        raise WrongSignature from None
    signals = [_with_key(signal) for signal in format_.read(message, settings)]
    keys = [signal.dedup_key for signal in signals if signal.dedup_key]
    message_id = next((signal.message_id for signal in signals if signal.message_id), None)
    delivery = await store_delivery(session, source, message, message_id, received_at)
    if delivery is None:
        return Receipt(await touched_before(session, source, message_id or ""), keys)
    if not signals:
        await store_signal(session, delivery, 0, None, unread(source))
    touched = [
        await _take(session, delivery, position, signal) for position, signal in enumerate(signals)
    ]
    return Receipt([found for found in touched if found is not None], keys)


def _with_key(signal: Signal) -> Signal:
    """Give a key to a trigger that came without one, as PagerDuty does."""
    if signal.dedup_key is None and signal.event is SignalEvent.TRIGGER:
        return replace(signal, dedup_key=uuid.uuid4().hex)
    return signal


async def _take(
    session: AsyncSession, delivery: Delivery, position: int, signal: Signal
) -> Touched | None:
    """Apply a signal to its alert, and keep what was done."""
    if not delivery.source.active:
        await store_signal(session, delivery, position, signal, paused())
        return None
    known = await know_alert(session, delivery, signal)
    if known is None:
        await store_signal(session, delivery, position, signal, outcome_of(signal, None, None))
        return None
    return await _apply(session, delivery, position, signal, known)


async def _apply(
    session: AsyncSession, delivery: Delivery, position: int, signal: Signal, known: Known
) -> Touched:
    step = _step(delivery, signal, known)
    joins = known.seen_at is not None and step.course is Course.JOIN
    alert, changes = known.alert, dict[str, Any]()
    if joins:
        changes = improvements(alert, delivery.source, signal, step)
    elif known.seen_at is not None:
        alert = await begin_anew(session, delivery, known, signal, step)
    after = Alert(**(alert.model_dump() | changes))
    number = known.incident_number if joins else None
    if step.opens:
        before = await facts_before(session, alert, delivery.source) if joins else []
        facts = {fact.mark: fact for fact in [*before, *step.facts]}
        incident = await open_for_alert(session, delivery, after, list(facts.values()))
        number = incident.number
        changes["incident_id"] = after.incident_id = incident.id
    elif step.facts and after.incident_id is not None:
        await tell(session, delivery, after.incident_id, after, step.facts)
    await store_signal(
        session,
        delivery,
        position,
        replace(signal, event=step.event),
        outcome_of(signal, step, known.alert if known.seen_at else None),
        alert.id,
        update(Alert).where(col(Alert.id) == alert.id).values(changes) if changes else None,
    )
    if not joins or "state" in changes:
        await _record_state(session, delivery, alert.state if joins else None, after)
    return Touched(after.id, after.dedup_key, after.state, after.incident_id, number)


def _step(delivery: Delivery, signal: Signal, known: Known) -> Step:
    if known.seen_at is None:
        return begin(signal, delivery.received_at)
    return advance(life_of(known.alert, known.seen_at), signal, delivery.received_at)


async def _record_state(
    session: AsyncSession, delivery: Delivery, before: AlertState | None, alert: Alert
) -> None:
    fields = {"state": {"before": before, "after": alert.state}}
    if before is None:
        fields |= appeared(title=alert.title)
    await record(
        session,
        delivery.principal,
        "updated" if before else "created",
        "alert",
        alert.id,
        incident_id=alert.incident_id,
        fields=fields,
    )
