"""Keeping what was delivered, raw and once, and what was made of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, bindparam, not_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from secondstory.alerts.formats.contract import Message
from secondstory.alerts.formats.values import shorten, storable
from secondstory.alerts.joining import Joinable
from secondstory.alerts.known import Newcomer
from secondstory.alerts.models import Alert, AlertDelivery, AlertSignal, Decision
from secondstory.alerts.portrait import service_label
from secondstory.alerts.reading import signals_of
from secondstory.alerts.schemas import Outcome, SignalRead
from secondstory.alerts.signals import TELLING, AlertState, Fact, Signal
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.standing import MUTABLE, Standing
from secondstory.identity.models import Role
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.platform.columns import new_id
from secondstory.platform.prepared import Driver, Prepared, driver_of

# Whatever may hold a credential: names as senders' custom headers really have them.
_SECRET_NAME = re.compile(r"auth|cookie|token|secret|passw|key", re.IGNORECASE)
_MAX_HEADERS = 50
_MAX_HEADER = 1000
# Messages that overtook their trigger are few.
_MAX_REREAD = 20

_ALERT = SQLModel.metadata.tables["alert"]
_DELIVERY = SQLModel.metadata.tables["alert_delivery"]
_SIGNAL = insert(SQLModel.metadata.tables["alert_signal"])
_INSERT_DELIVERY = Prepared(
    insert(_DELIVERY)
    .on_conflict_do_nothing(
        index_elements=["source_id", "message_id"], index_where=text("message_id IS NOT NULL")
    )
    .returning(_DELIVERY.c.id)
)
_INSERT_SIGNAL = Prepared(_SIGNAL)
_INSERT_SIGNAL_AND_CHANGE = Prepared(
    _SIGNAL.add_cte(
        update(_ALERT)
        .where(_ALERT.c.id == bindparam("of_alert"))
        .values({name: bindparam(f"new_{name}") for name in MUTABLE})
        .cte("changed")
    )
)


class Before(NamedTuple):
    """What a message that is read again belongs to since it was read before.

    `incident` is what it opened or joined then: it never opens another.
    """

    alerts: frozenset[UUID]
    incident: Joinable | None


class Delivery(NamedTuple):
    """The message at hand: where it is kept, who speaks, and the transaction that takes it in.

    `before` is there when it is not new, but read again.
    """

    session: AsyncSession
    driver: Driver
    id: UUID
    source: Speaker
    principal: Principal
    received_at: datetime
    before: Before | None = None


class Touched(NamedTuple):
    """An alert that a delivery belongs to, and its incident, if it has one."""

    alert_id: UUID
    dedup_key: str
    state: AlertState
    incident_id: UUID | None
    incident_number: int | None
    newcomer: Newcomer | None = None


async def store_delivery(
    session: AsyncSession,
    source: Speaker,
    message: Message,
    message_id: str | None,
    received_at: datetime,
) -> Delivery | None:
    """Keep a message; return None when the same one was kept before.

    The unique index makes a second process wait for the first, so both cannot be the first.
    """
    driver = await driver_of(session)
    delivery = Delivery(session, driver, new_id(), source, principal_of(source), received_at)
    row = {
        "id": delivery.id,
        "source_id": source.id,
        "message_id": message_id,
        "received_at": received_at,
        "headers": kept_headers(message.headers),
        "body": message.body,
    }
    stored = await _INSERT_DELIVERY.run(driver, row)
    return None if stored is None else delivery


async def store_signal(
    delivery: Delivery,
    position: int,
    signal: Signal | None,
    outcome: Outcome,
    alert_id: UUID | None = None,
    changed: Standing | None = None,
) -> None:
    """Keep what a message said and what was done; a changed alert shares the round trip."""
    row = {
        "delivery_id": delivery.id,
        "position": position,
        "alert_id": alert_id,
        "signal": signal_read(signal, delivery.source).model_dump(mode="json") if signal else None,
        "decision": outcome.decision,
        "reason": outcome.reason,
        "superseded": False,
    }
    if changed is None:
        await _INSERT_SIGNAL.run(delivery.driver, row)
        return
    after = {f"new_{name}": getattr(changed, name) for name in MUTABLE}
    values = row | after | {"of_alert": changed.id}
    await _INSERT_SIGNAL_AND_CHANGE.run(delivery.driver, values)


async def touched_before(
    session: AsyncSession, source: Speaker, message_id: str
) -> Sequence[Touched]:
    """Return what a message that came before belongs to, and what it brought in then."""
    rows = await session.execute(
        select(
            col(Alert.id),
            col(Alert.dedup_key),
            col(Alert.state),
            col(Alert.incident_id),
            col(Incident.number),
            *(col(Alert.service), col(AlertSignal.decision)),
        )
        .join(AlertSignal, col(AlertSignal.alert_id) == Alert.id)
        .join(AlertDelivery, col(AlertDelivery.id) == AlertSignal.delivery_id)
        .outerjoin(Incident, col(Incident.id) == Alert.incident_id)
        .where(
            col(AlertDelivery.source_id) == source.id,
            col(AlertDelivery.message_id) == message_id,
            not_(col(AlertSignal.superseded)),
        )
        .order_by(col(AlertSignal.position))
    )
    return [_touched(source, row) for row in rows]


def _touched(source: Speaker, row: Row[*tuple[Any, ...]]) -> Touched:
    newcomer = None
    if row.incident_id is not None and row.decision in {Decision.OPEN_INCIDENT, Decision.ATTACH}:
        newcomer = Newcomer(source.id, row.dedup_key, service_label(row.service), row.incident_id)
    return Touched(row.id, row.dedup_key, row.state, row.incident_id, row.number, newcomer)


async def facts_before(delivery: Delivery, alert: Standing) -> list[Fact]:
    """Return what the kept messages of an alert said, by reading them once more."""
    rows = await delivery.session.execute(
        select(col(AlertDelivery.headers), col(AlertDelivery.body))
        .join(AlertSignal, col(AlertSignal.delivery_id) == AlertDelivery.id)
        .where(col(AlertSignal.alert_id) == alert.id)
        .order_by(col(AlertDelivery.id))
        .limit(_MAX_REREAD)
    )
    messages = [Message(headers, body) for headers, body in rows]
    return [
        fact
        for message in messages
        for signal in signals_of(delivery.source, message, delivery.received_at)
        if signal.dedup_key == alert.dedup_key
        for fact in signal.facts
    ]


def principal_of(source: Speaker) -> Principal:
    """Return the source as the author of what it sets off."""
    return Principal("alert_source", source.id, source.name, None, Role.MEMBER, frozenset())


def signal_read(signal: Signal, source: Speaker) -> SignalRead:
    """Show a signal, with the severity it has where it gives none, or a word nobody knows."""
    usual = source.default_severity if signal.event in TELLING else None
    return SignalRead(
        event=signal.event,
        title=signal.title,
        severity_raw=signal.severity_raw,
        severity=signal.severity or usual,
        dedup_key=signal.dedup_key,
        service=signal.service,
        opened_at=signal.opened_at,
        links=list(signal.links),
        state=signal.state,
    )


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers worth keeping, without what may hold a credential."""
    kept = {
        storable(name)[:_MAX_HEADER]: shorten(storable(value), _MAX_HEADER)
        for name, value in headers.items()
        if not _SECRET_NAME.search(name)
    }
    return dict(list(kept.items())[:_MAX_HEADERS])
