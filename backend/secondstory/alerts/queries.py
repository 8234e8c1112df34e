"""Reading alerts and what was delivered."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.formats.values import identity, storable
from secondstory.alerts.hiding import hide
from secondstory.alerts.models import Alert, AlertDelivery, AlertSignal, AlertSource
from secondstory.alerts.policy import alert_visible_to
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.schemas import (
    AlertFilter,
    AlertRead,
    DeliveryRead,
    KeptOutcome,
    SignalRead,
)
from secondstory.alerts.standing import Standing
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.incidents.names import incident_key, incident_number
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound

# What the intake goes by, and nobody has to see.
_INSIDE = {
    *("current", "state_at", "title_at", "severity_at", "triggered_at", "triggered", "marks"),
    "begun_after",
}


async def list_alerts(
    session: AsyncSession, principal: Principal, wanted: AlertFilter, page: PageRequest
) -> Page[AlertRead]:
    """Return alerts the caller may see, newest first."""
    query = _alerts(principal).where(*_conditions(wanted))
    query = after_key(query, page, [col(Alert.id)], [UUID], descending=True)
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_alert_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].id) if last is not None else None,
    )


async def read_alert(session: AsyncSession, principal: Principal, alert_id: UUID) -> AlertRead:
    """Return one alert. Raises `NotFound`, also for what the caller may not see."""
    query = _alerts(principal).where(col(Alert.id) == alert_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _alert_read(row)


async def current_alert(
    session: AsyncSession, source_id: UUID, dedup_key: str | None
) -> Standing | None:
    """Return the alert that a message with this key would belong to."""
    alert = await session.scalar(
        select(Alert).where(
            col(Alert.source_id) == source_id,
            col(Alert.dedup_key) == dedup_key,
            col(Alert.current),
        )
    )
    return None if alert is None else Standing(**alert.model_dump())


async def list_alert_deliveries(
    session: AsyncSession, principal: Principal, alert_id: UUID, page: PageRequest
) -> Page[DeliveryRead]:
    """Return the messages of an alert, newest first."""
    mine = select(col(AlertSignal.delivery_id)).where(col(AlertSignal.alert_id) == alert_id)
    condition = and_(col(AlertDelivery.id).in_(mine), _delivery_visible_to(principal))
    return await _list_deliveries(session, condition, page)


async def list_source_deliveries(
    session: AsyncSession, principal: Principal, source_id: UUID, page: PageRequest
) -> Page[DeliveryRead]:
    """Return the messages of a source, also those that were not understood, newest first."""
    return await _list_deliveries(session, of_source(principal, source_id), page)


async def read_delivery(
    session: AsyncSession, principal: Principal, source_id: UUID, delivery_id: UUID
) -> DeliveryRead:
    """Return one message of a source. Raises `NotFound`, also for what the caller may not see."""
    query = _deliveries().where(
        col(AlertDelivery.id) == delivery_id, of_source(principal, source_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _delivery_read(row)


def of_source(principal: Principal, source_id: UUID) -> ColumnElement[bool]:
    """Return the clause for the messages of a source that the caller may see."""
    return and_(col(AlertDelivery.source_id) == source_id, _delivery_visible_to(principal))


def _delivery_visible_to(principal: Principal) -> ColumnElement[bool]:
    """Return the clause for messages none of which is about an incident hidden from the caller."""
    hidden = (
        select(col(AlertSignal.alert_id))
        .join(Alert, col(Alert.id) == AlertSignal.alert_id)
        .outerjoin(Incident, col(Incident.id) == Alert.incident_id)
        .where(col(AlertSignal.delivery_id) == AlertDelivery.id, not_(alert_visible_to(principal)))
        .correlate(AlertDelivery)
    )
    return not_(hidden.exists())


async def _list_deliveries(
    session: AsyncSession, condition: ColumnElement[bool], page: PageRequest
) -> Page[DeliveryRead]:
    query = _deliveries().where(condition)
    query = after_key(query, page, [col(AlertDelivery.id)], [UUID], descending=True)
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_delivery_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].id) if last is not None else None,
    )


def _alerts(principal: Principal) -> Select[*tuple[Any, ...]]:
    return (
        select(Alert, col(Incident.number))
        .outerjoin(Incident, col(Incident.id) == Alert.incident_id)
        .where(alert_visible_to(principal))
    )


def _deliveries() -> Select[*tuple[Any, ...]]:
    """Select delivery, its signals in their order, and of its source the kind and the secrets."""
    signals = (
        select(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_object(
                        *("signal", AlertSignal.signal),
                        *("decision", AlertSignal.decision),
                        *("reason", AlertSignal.reason),
                        *("incident_number", Incident.number),
                    ),
                    col(AlertSignal.position),
                )
            )
        )
        .outerjoin(Alert, col(Alert.id) == AlertSignal.alert_id)
        .outerjoin(Incident, col(Incident.id) == Alert.incident_id)
        .where(col(AlertSignal.delivery_id) == AlertDelivery.id, not_(col(AlertSignal.superseded)))
        .correlate(AlertDelivery)
        .scalar_subquery()
    )
    secrets = (col(AlertSource.key), col(AlertSource.secret), col(AlertSource.previous_secret))
    return select(AlertDelivery, signals, col(AlertSource.kind), *secrets).join(
        AlertSource, col(AlertSource.id) == AlertDelivery.source_id
    )


def _conditions(wanted: AlertFilter) -> list[ColumnElement[bool]]:
    # As it was stored; a blank one is the key of no alert.
    key = None if wanted.dedup_key is None else identity(wanted.dedup_key) or ""
    conditions: list[ColumnElement[bool] | None] = [
        col(Alert.source_id) == wanted.source_id if wanted.source_id else None,
        col(Alert.dedup_key) == key if key is not None else None,
        col(Alert.state).in_(wanted.state) if wanted.state else None,
        _belongs_to(wanted.incident) if wanted.incident else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _belongs_to(ref: str) -> ColumnElement[bool]:
    """Return the clause for an incident named by key or id. Raises `NotFound` for neither."""
    number = incident_number(ref)
    if number is not None:
        return col(Incident.number) == number
    try:
        return col(Alert.incident_id) == UUID(ref)
    except ValueError:
        raise NotFound from None


def _alert_read(row: Row[*tuple[Any, ...]]) -> AlertRead:
    alert, number = row
    return AlertRead(
        **alert.model_dump(exclude=_INSIDE),
        incident_key=_key_of(number),
    )


def _delivery_read(row: Row[*tuple[Any, ...]]) -> DeliveryRead:
    delivery, entries, kind, *secrets = row
    redact = FORMATS[SourceKind(kind)].redact
    body = redact(storable(delivery.body.decode(errors="replace")))
    return DeliveryRead(
        id=delivery.id,
        received_at=delivery.received_at,
        headers={name: hide(value, secrets) for name, value in delivery.headers.items()},
        body=hide(body, secrets),
        replayed_at=delivery.replayed_at,
        signals=[SignalRead(**entry["signal"]) for entry in entries if entry["signal"]],
        outcome=[_outcome(entry) for entry in entries],
    )


def _outcome(entry: dict[str, Any]) -> KeptOutcome:
    return KeptOutcome(
        decision=entry["decision"],
        reason=entry["reason"],
        incident_key=_key_of(entry["incident_number"]),
    )


def _key_of(number: int | None) -> str | None:
    return None if number is None else incident_key(number)
