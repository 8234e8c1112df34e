"""Finding and beginning alert rows: one statement each that counts the delivery and locks the row.

Everything about one alert happens under that lock, so any number of processes agree on it.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Uuid, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.alerts.deliveries import Delivery
from secondstory.alerts.life import Step, begin, may_begin
from secondstory.alerts.models import Alert
from secondstory.alerts.portrait import first_alert
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.incidents.models import Incident
from secondstory.platform.columns import Instant


class Known(NamedTuple):
    """The alert of a signal with this delivery counted.

    `seen_at` is when it was heard of before; None when this delivery began it.
    """

    alert: Alert
    incident_number: int | None
    seen_at: datetime | None


async def know_alert(session: AsyncSession, delivery: Delivery, signal: Signal) -> Known | None:
    """Find or begin the alert of a signal and lock it; None when the signal is about none."""
    if signal.event is SignalEvent.OTHER:
        return None
    statement = _upsert(delivery, signal) if may_begin(signal) else _count(delivery, signal)
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    known = Known(*row)
    if known.alert.incident_id is not None and known.incident_number is None:
        # The incident was committed while the statement waited for the row: look again.
        number = await session.scalar(_numbers().where(col(Incident.id) == known.alert.incident_id))
        return known._replace(incident_number=number)
    return known


async def begin_anew(
    session: AsyncSession, delivery: Delivery, known: Known, signal: Signal, step: Step
) -> Alert:
    """Leave the alert that ended as it was, and begin the next one of its key."""
    await session.execute(
        update(Alert)
        .where(col(Alert.id) == known.alert.id)
        .values(current=False, deliveries=Alert.deliveries - 1, updated_at=known.seen_at)
    )
    alert = first_alert(delivery.source, signal, step, delivery.received_at)
    await session.execute(insert(Alert).values(alert.model_dump()))
    return alert


def _upsert(delivery: Delivery, signal: Signal) -> Any:
    """Begin or count: waits for a process that just begins the same alert, then sees its row."""
    step = begin(signal, delivery.received_at)
    first = first_alert(delivery.source, signal, step, delivery.received_at)
    return (
        insert(Alert)
        .values(first.model_dump())
        .on_conflict_do_update(
            index_elements=["source_id", "dedup_key"],
            index_where=text("current"),
            set_=_counted(delivery),
        )
        .returning(*_known())
    )


def _count(delivery: Delivery, signal: Signal) -> Any:
    return (
        update(Alert)
        .where(
            col(Alert.source_id) == delivery.source.id,
            col(Alert.dedup_key) == signal.dedup_key,
            col(Alert.current),
        )
        .values(_counted(delivery))
        .returning(*_known())
    )


def _counted(delivery: Delivery) -> dict[str, Any]:
    return {
        "deliveries": Alert.deliveries + 1,
        "updated_at": func.greatest(Alert.updated_at, delivery.received_at),
    }


def _known() -> tuple[Any, ...]:
    # Written out, because a subselect does not see the table of the statement it returns from.
    mine = col(Incident.id) == literal_column("alert.incident_id", Uuid)
    number = _numbers().where(mine).scalar_subquery()
    return Alert, number, literal_column("old.updated_at", Instant)


def _numbers() -> Select[int]:
    return select(col(Incident.number))
