"""Reading alert sources."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from secondstory.alerts.formats.contract import SourceKind, SourceSettings
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.models import AlertDelivery, AlertSource
from secondstory.alerts.policy import sees_keys
from secondstory.alerts.rules import RulesRead, rules_from
from secondstory.alerts.source_schemas import PayloadMappingRead, SourceRead
from secondstory.alerts.speaker import Speaker
from secondstory.identity.principal import Principal
from secondstory.identity.tokens import hash_secret
from secondstory.incidents.models import Severity
from secondstory.platform import clock
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.prepared import PreparedSelect, driver_of
from secondstory.platform.problems import NotFound

# What was exchanged holds on for as long as PagerDuty goes on sending a message again.
ROTATION = timedelta(hours=48)

_HIDDEN = "…"
_SOURCE = SQLModel.metadata.tables["alert_source"]
_OF_SPEAKER = tuple(field.name for field in fields(Speaker))
# Built once, because every delivery asks this.
_BY_KEY = PreparedSelect(
    select(*(_SOURCE.c[name] for name in _OF_SPEAKER)).where(
        or_(
            col(AlertSource.key_hash) == bindparam("hashed"),
            and_(
                col(AlertSource.previous_key_hash) == bindparam("hashed"),
                col(AlertSource.rotated_at) > bindparam("rotated_after"),
            ),
        )
    )
)


async def list_sources(
    session: AsyncSession, principal: Principal, page: PageRequest
) -> Page[SourceRead]:
    """Return the sources in the order they were added."""
    query = after_key(_representation(), page, [col(AlertSource.id)], [UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_source_read(row, principal) for row in rows],
        next_cursor=encode_cursor(last[0].id) if last is not None else None,
    )


async def read_source(session: AsyncSession, principal: Principal, source_id: UUID) -> SourceRead:
    """Return one source. Raises `NotFound`."""
    query = _representation().where(col(AlertSource.id) == source_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _source_read(row, principal)


async def get_source(session: AsyncSession, source_id: UUID) -> Speaker:
    """Return a source as the intake sees it. Raises `NotFound`."""
    source = await session.get(AlertSource, source_id)
    if source is None or source.removed_at is not None:
        raise NotFound
    return Speaker(**{name: getattr(source, name) for name in _OF_SPEAKER})


async def find_source(session: AsyncSession, kind: str, key: str) -> Speaker:
    """Return the source that a sender speaks to. Raises `NotFound`."""
    given = {"hashed": hash_secret(key), "rotated_after": clock.now() - ROTATION}
    rows = await _BY_KEY.all(await driver_of(session), given)
    if not rows or rows[0]["kind"] != kind:
        raise NotFound
    row = rows[0]
    enums = {"kind": SourceKind(kind), "default_severity": Severity(row["default_severity"])}
    return Speaker(**(row | enums))


def settings_of(source: Speaker, now: datetime) -> SourceSettings:
    """Return what the source's format may know."""
    rotating = source.rotated_at is not None and now - source.rotated_at < ROTATION
    secrets = (source.secret, source.previous_secret if rotating else None)
    return SourceSettings(
        secrets=tuple(secret for secret in secrets if secret),
        mapping=PayloadMapping.model_validate(source.mapping) if source.mapping else None,
        now=now,
    )


def _representation() -> Select[*tuple[Any, ...]]:
    """Select source and when it last delivered.

    Derived, not a column: every delivery of a storm would wait for the lock of that one row.
    """
    last_delivery_at = (
        select(func.max(AlertDelivery.received_at))
        .where(col(AlertDelivery.source_id) == AlertSource.id)
        .correlate(AlertSource)
        .scalar_subquery()
    )
    return select(AlertSource, last_delivery_at).where(col(AlertSource.removed_at).is_(None))


def _source_read(row: Row[*tuple[Any, ...]], principal: Principal) -> SourceRead:
    source, last_delivery_at = row
    mapping = PayloadMapping.model_validate(source.mapping) if source.mapping else None
    return SourceRead(
        **source.model_dump(include={"id", "kind", "name", "active", "created_at"}),
        address=_address(source, principal),
        default_severity=source.default_severity,
        mapping=PayloadMappingRead.model_validate(mapping) if mapping else None,
        rules=RulesRead.model_validate(rules_from(source.rules)),
        severity_map={word: Severity(meant) for word, meant in source.severity_map.items()},
        signed=source.secret is not None,
        previous_until=previous_until(source),
        last_delivery_at=last_delivery_at,
    )


def previous_until(source: AlertSource) -> datetime | None:
    """Return how long the key or the secret before the present one holds, None once it is over."""
    if source.rotated_at is None or not (source.previous_key_hash or source.previous_secret):
        return None
    until = source.rotated_at + ROTATION
    return until if until > clock.now() else None


def _address(source: AlertSource, principal: Principal) -> str:
    if source.kind is SourceKind.PAGERDUTY_EVENTS_V2:
        return "/v2/enqueue"
    key = source.key if sees_keys(principal) else _HIDDEN
    return f"/api/v1/ingest/{source.kind.value}/{key}"
