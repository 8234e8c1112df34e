"""What storms are measured on: sources with and without a rule, and a great many alerts."""

import secrets
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.rules import Rules
from secondstory.alerts.source_schemas import SourceCreate
from secondstory.alerts.sources import add_source
from secondstory.identity.principal import SYSTEM
from secondstory.platform.database import Database

SOME_ALERTS, MANY_ALERTS = 10_000, 1_000_000


@dataclass(frozen=True)
class StormWorld:
    """Sources by their keys; the grouped one lets the alerts of a service join one incident."""

    secret_key: str
    routing_key: str
    source_id: UUID
    grouped_key: str
    grouped_id: UUID


async def add_sources(dsn: str) -> StormWorld:
    """Add the two sources."""
    database = Database(dsn, pool_size=2)
    kind, made = SourceKind.PAGERDUTY_EVENTS_V2, []
    for rules in (Rules(), Rules(attach_within_minutes=60, only_services=("checkout",))):
        async with database.transaction() as session:
            new = SourceCreate(kind=kind, name="Storm", rules=rules)
            made.append(await add_source(session, SYSTEM, new))
    await database.close()
    plain, grouped = made
    return StormWorld(
        *(secrets.token_hex(32), str(plain.secret), plain.id, str(grouped.secret), grouped.id)
    )


async def count_incidents(dsn: str, source_id: UUID) -> int:
    """Return how many incidents the alerts of a source belong to."""
    connection = await asyncpg.connect(dsn)
    found: int = await connection.fetchval(
        "SELECT count(DISTINCT incident_id) FROM alert WHERE source_id = $1", source_id
    )
    await connection.close()
    return found


async def fill_alerts(dsn: str, number: int) -> None:
    """Make it so many alerts, each with its delivery."""
    connection = await asyncpg.connect(dsn)
    known: int = await connection.fetchval("SELECT count(*) FROM alert")
    await connection.execute(_FILL, max(number - known, 0))
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
    await connection.close()


_FILL = """
WITH added AS (
    INSERT INTO alert (id, source_id, dedup_key, current, event, title, severity_raw, severity,
        service, state, opened_at, links, details, marks, triggered, deliveries,
        created_at, updated_at)
    SELECT uuidv7(), source.id, 'filled-' || n || '-' || random(), true, 'resolve',
        'Checkout answers with errors', 'critical', 'sev1', 'checkout-' || n % 1000, 'resolved',
        now(), '{}', '{"region": "eu-1"}', ARRAY['trigger', 'resolve'], true, 2, now(), now()
    FROM generate_series(1, $1::int) AS n,
        (SELECT id FROM alert_source ORDER BY id LIMIT 1) AS source
    RETURNING id, source_id
), delivered AS (
    INSERT INTO alert_delivery (id, source_id, received_at, headers, body)
    SELECT id, source_id, now(), '{"content-type": "application/json"}', repeat('x', 300)::bytea
    FROM added
)
INSERT INTO alert_signal (delivery_id, position, alert_id, signal, decision, reason)
SELECT id, 0, id, '{"event": "trigger"}', 'record', 'Filled.' FROM added
"""
