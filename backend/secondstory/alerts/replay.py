"""Reading kept messages again, after a mapping or a rule was corrected. It opens at most once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import exists, not_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.alerts.decisions import known_before, unread
from secondstory.alerts.deliveries import Before, Delivery, principal_of, store_signal
from secondstory.alerts.formats.contract import Message
from secondstory.alerts.intake import take
from secondstory.alerts.joining import Joinable
from secondstory.alerts.models import Alert, AlertDelivery, AlertSignal
from secondstory.alerts.queries import of_source, read_delivery
from secondstory.alerts.reading import in_order, signals_of
from secondstory.alerts.schemas import DeliveryRead, Outcome, ReplayRead
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.source_queries import get_source
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.taking import again_after_deadlock
from secondstory.changes.service import record
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.platform import clock
from secondstory.platform.database import Database, fetch
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.prepared import driver_of
from secondstory.platform.problems import NotFound


class _Alert(NamedTuple):
    """An alert that the message belongs to already."""

    id: UUID
    key: str
    current: bool


class _Earlier(NamedTuple):
    """What is known of a message: `keys` are those its signals had, by their position."""

    alerts: Sequence[_Alert]
    before: Before
    keys: dict[int, str]
    next_position: int


async def replay(
    database: Database, principal: Principal, source_id: UUID, delivery_id: UUID
) -> DeliveryRead:
    """Read a kept message again with the settings of now. Raises `NotFound`.

    What was decided before stays on record; doing it again changes nothing more.
    """

    async def take() -> DeliveryRead:
        async with database.transaction() as session:
            source = await get_source(session, source_id)
            return await _replay(session, principal, source, delivery_id)

    return await again_after_deadlock(take)


async def _replay(
    session: AsyncSession, principal: Principal, source: Speaker, delivery_id: UUID
) -> DeliveryRead:
    kept = await session.scalar(
        select(AlertDelivery)
        .where(col(AlertDelivery.id) == delivery_id, of_source(principal, source.id))
        .with_for_update()
    )
    if kept is None:
        raise NotFound
    shown = await read_delivery(session, principal, source.id, kept.id)
    earlier = await _earlier(session, kept.id)
    delivery = Delivery(
        session,
        await driver_of(session),
        kept.id,
        source,
        principal_of(source),
        kept.received_at,
        earlier.before,
    )
    message = Message(kept.headers, kept.body)
    signals = signals_of(source, message, kept.received_at)
    await _supersede(session, kept.id)
    if not signals:
        await store_signal(delivery, earlier.next_position, None, unread(source))
    named = [
        _named(signal, earlier.keys.get(number, f"{kept.id.hex}-{number}"))
        for number, signal in enumerate(signals)
    ]
    for number, signal in in_order(named):
        await _take_again(delivery, earlier.next_position + number, signal, earlier.alerts)
    kept.replayed_at = clock.now()
    await session.flush()  # read back by SQL below
    after = await read_delivery(session, principal, source.id, kept.id)
    fields = {"outcome": {"before": _told(shown.outcome), "after": _told(after.outcome)}}
    await record(
        *(session, principal, "replayed", "alert_delivery", kept.id),
        incident_id=None,
        fields=fields,
    )
    return after


async def replay_undecided(
    database: Database, principal: Principal, source_id: UUID, since: datetime, page: PageRequest
) -> Page[ReplayRead]:
    """Read the messages again that belong to no alert, oldest first, each in its own transaction.

    Raises `NotFound` for an unknown source.
    """
    async with database.reading() as session:
        source = await get_source(session, source_id)
        mine = exists().where(
            col(AlertSignal.delivery_id) == AlertDelivery.id,
            col(AlertSignal.alert_id).is_not(None),
            not_(col(AlertSignal.superseded)),
        )
        query = select(col(AlertDelivery.id), col(AlertDelivery.received_at)).where(
            of_source(principal, source.id), col(AlertDelivery.received_at) >= since, not_(mine)
        )
        keys = [col(AlertDelivery.received_at), col(AlertDelivery.id)]
        query = after_key(query, page, keys, [datetime, UUID])
        rows, last = cut((await session.execute(query)).all(), page)
    items = [await _replay_one(database, principal, source_id, row.id) for row in rows]
    return Page(
        items=[item for item in items if item is not None],
        next_cursor=encode_cursor(last.received_at, last.id) if last is not None else None,
    )


async def _replay_one(
    database: Database, principal: Principal, source_id: UUID, delivery_id: UUID
) -> ReplayRead | None:
    try:
        found = await replay(database, principal, source_id, delivery_id)
    except NotFound:
        return None  # it was kept long enough, and is gone since it was listed
    return ReplayRead(id=found.id, received_at=found.received_at, outcome=found.outcome)


async def _earlier(session: AsyncSession, delivery_id: UUID) -> _Earlier:
    """Return what was made of a message whenever it was read."""
    rows = await fetch(
        session,
        select(
            *(col(AlertSignal.position), col(AlertSignal.signal)),
            *(col(Alert.id), col(Alert.dedup_key).label("key"), col(Alert.current)),
            col(Incident.id).label("incident_id"),
            *(col(Incident.number), col(Incident.severity)),
        )
        .outerjoin(Alert, col(Alert.id) == AlertSignal.alert_id)
        .outerjoin(Incident, col(Incident.id) == Alert.incident_id)
        .where(col(AlertSignal.delivery_id) == delivery_id)
        .order_by(col(AlertSignal.position)),
    )
    alerts = {row["id"]: _Alert(row["id"], row["key"], row["current"]) for row in rows if row["id"]}
    incidents = [
        Joinable(row["incident_id"], row["number"], row["severity"], is_full=False)
        for row in rows
        if row["incident_id"]
    ]
    before = Before(frozenset(alerts), incidents[0] if incidents else None)
    keys = {
        row["position"]: row["signal"]["dedup_key"]
        for row in rows
        if row["signal"] and row["signal"]["dedup_key"]
    }
    next_position = max((row["position"] for row in rows), default=-1) + 1
    return _Earlier([*alerts.values()], before, keys, next_position)


async def _take_again(
    delivery: Delivery, position: int, signal: Signal, alerts: Sequence[_Alert]
) -> None:
    same = [alert for alert in alerts if alert.key == signal.dedup_key]
    if same and not any(alert.current for alert in same):
        await store_signal(delivery, position, signal, known_before(), same[-1].id)
        return
    await take(delivery, position, signal)


async def _supersede(session: AsyncSession, delivery_id: UUID) -> None:
    await session.execute(
        update(AlertSignal)
        .where(col(AlertSignal.delivery_id) == delivery_id)
        .values(superseded=True)
    )


def _named(signal: Signal, key: str) -> Signal:
    """Give a trigger without a key the one its sender was told, and the same each time."""
    if signal.dedup_key is not None or signal.event is not SignalEvent.TRIGGER:
        return signal
    return replace(signal, dedup_key=key)


def _told(outcome: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in outcome]
