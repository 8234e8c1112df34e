"""Finding and beginning alert rows: one statement each that counts the delivery and locks the row.

Everything about one alert happens under that lock, so any number of processes agree on it.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Uuid, bindparam, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel

from secondstory.alerts.deliveries import Delivery
from secondstory.alerts.life import Step, begin, may_begin
from secondstory.alerts.portrait import first_standing
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.standing import Standing
from secondstory.platform.columns import Instant
from secondstory.platform.prepared import Prepared

_ALERT = SQLModel.metadata.tables["alert"]
_INCIDENT = SQLModel.metadata.tables["incident"]
_NUMBER = select(_INCIDENT.c.number)
_KNOWN = (
    *_ALERT.c,
    # Written out, because a subselect does not see the table of the statement it returns from.
    _NUMBER.where(_INCIDENT.c.id == literal_column("alert.incident_id", Uuid))
    .scalar_subquery()
    .label("incident_number"),
    literal_column("old.updated_at", Instant).label("seen_at"),
)
_NEW = insert(_ALERT)
_INSERT = Prepared(_NEW)
_UPSERT = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=["source_id", "dedup_key"],
        index_where=text("current"),
        set_={
            "deliveries": _ALERT.c.deliveries + 1,
            "updated_at": func.greatest(_ALERT.c.updated_at, _NEW.excluded.updated_at),
        },
    ).returning(*_KNOWN)
)
_COUNT = Prepared(
    update(_ALERT)
    .where(
        _ALERT.c.source_id == bindparam("of_source"),
        _ALERT.c.dedup_key == bindparam("of_key"),
        _ALERT.c.current,
    )
    .values(
        deliveries=_ALERT.c.deliveries + 1,
        updated_at=func.greatest(_ALERT.c.updated_at, bindparam("received_at", type_=Instant)),
    )
    .returning(*_KNOWN)
)


class Known(NamedTuple):
    """The alert of a signal with this delivery counted.

    `seen_at` is when it was heard of before; None when this delivery began it.
    """

    alert: Standing
    incident_number: int | None
    seen_at: datetime | None


async def know_alert(delivery: Delivery, signal: Signal) -> Known | None:
    """Find or begin the alert of a signal and lock it; None when the signal is about none."""
    if signal.event is SignalEvent.OTHER:
        return None
    if may_begin(signal):
        step = begin(signal, delivery.received_at)
        first = first_standing(delivery.source, signal, step, delivery.received_at)
        # Waits for a process that is just beginning the same alert, and then sees its row.
        values = await _UPSERT.run(delivery.driver, first.row())
    else:
        values = await _COUNT.run(delivery.driver, _named(delivery, signal))
    if values is None:
        return None
    number, seen_at = values.pop("incident_number"), values.pop("seen_at")
    if values["incident_id"] is not None and number is None:
        # The incident was committed while the statement waited for the row: look again.
        mine = _NUMBER.where(_INCIDENT.c.id == values["incident_id"])
        number = await delivery.session.scalar(mine)
    return Known(Standing(**values), number, seen_at)


async def begin_anew(delivery: Delivery, known: Known, signal: Signal, step: Step) -> Standing:
    """Leave the alert that ended as it was, and begin the next one of its key."""
    await delivery.session.execute(
        update(_ALERT)
        .where(_ALERT.c.id == known.alert.id)
        .values(current=False, deliveries=_ALERT.c.deliveries - 1, updated_at=known.seen_at)
    )
    alert = first_standing(delivery.source, signal, step, delivery.received_at)
    await _INSERT.run(delivery.driver, alert.row())
    return alert


async def uncount(delivery: Delivery, alert: Standing) -> None:
    """Take back the counting of a message that the alert had counted before."""
    await delivery.session.execute(
        update(_ALERT).where(_ALERT.c.id == alert.id).values(deliveries=_ALERT.c.deliveries - 1)
    )


def _named(delivery: Delivery, signal: Signal) -> dict[str, Any]:
    return {
        "of_source": delivery.source.id,
        "of_key": signal.dedup_key,
        "received_at": delivery.received_at,
    }
