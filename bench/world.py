"""What a benchmark runs on: a migrated database with 10,000 incidents, a token and a source."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.source_schemas import SourceCreate
from secondstory.alerts.sources import add_source
from secondstory.identity.models import Scope
from secondstory.identity.principal import SYSTEM
from secondstory.identity.service import add_token
from secondstory.platform.database import Database

INCIDENTS = 10_000
EVENTS = 1_000


@dataclass(frozen=True)
class World:
    """What the handlers are asked with."""

    token: str
    routing_key: str
    source_id: UUID
    incident_id: UUID
    """The incident with all the events."""


async def build_world(dsn: str) -> World:
    """Fill a migrated, empty database."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(_FILL)
    await connection.execute("VACUUM ANALYZE")
    incident_id: UUID = await connection.fetchval(
        "SELECT id FROM incident ORDER BY id DESC LIMIT 1"
    )
    await connection.close()
    database = Database(dsn, pool_size=2)
    async with database.transaction() as session:
        _, token = add_token(session, None, "bench", [Scope.INCIDENTS_READ], None)
        source = await add_source(
            session, SYSTEM, SourceCreate(kind=SourceKind.PAGERDUTY_EVENTS_V2, name="Bench")
        )
    await database.close()
    assert source.secret is not None
    return World(token, source.secret, source.id, incident_id)


# Titles, summaries and events of ordinary length; a facilitator in every third incident.
_FILL = f"""
WITH people AS (
    INSERT INTO person (id, email, name, role, active, created_at)
    SELECT uuidv7(), 'p' || n || '@example.org', 'Person ' || n, 'member', true, now()
    FROM generate_series(1, 50) AS n RETURNING id
), incidents AS (
    INSERT INTO incident (id, kind, title, severity, status, stage, visibility, channel_name,
        started_at, detected_at, services, tags, open_actions,
        author_kind, author_name, created_at, updated_at)
    SELECT uuidv7(), 'incident', 'Checkout answered with errors for the ' || n || 'th time',
        'sev' || 1 + n % 5, 'open', 'recap', 'everyone', '12-23-2020-rca-checkout-' || n,
        at, at + interval '2 minutes', ARRAY['checkout', 'orders'], ARRAY['datastore'], n % 4,
        'system', 'Second Story', at, at
    FROM generate_series(1, {INCIDENTS}) AS n,
        LATERAL (SELECT timestamptz '2020-12-23 14:02Z' + n * interval '1 hour' AS at)
    RETURNING id, title
), last AS (
    SELECT id FROM incidents ORDER BY id DESC LIMIT 1
), documents AS (
    INSERT INTO document (id, last_seq, server_clock, projected_seq)
    SELECT id, 0, 0, 0 FROM incidents
), summaries AS (
    INSERT INTO passage (document_id, name, text, seq)
    SELECT id, 'summary', title || '. ' || repeat('Customers saw an error page. ', 8), 0
    FROM incidents
), parts AS (
    INSERT INTO participant (id, incident_id, user_id, roles, joined_at)
    SELECT uuidv7(), i.id, p.id, ARRAY['facilitator'], now()
    FROM (SELECT id, row_number() OVER () AS n FROM incidents) AS i
    JOIN (SELECT id, row_number() OVER () AS n FROM people) AS p ON p.n = i.n % 150
), events AS (
    INSERT INTO event (id, incident_id, kind, occurred_at, known_at, source,
        author_kind, author_name, evidence, pivot, created_at, updated_at)
    SELECT uuidv7(), last.id, 'effect', at, at + interval '1 minute', 'person',
        'system', 'Second Story', ARRAY['https://graphs.example.org/d/' || n], false, at, at
    FROM last, generate_series(1, {EVENTS}) AS n,
        LATERAL (SELECT timestamptz '2020-12-23 14:02Z' + n * interval '20 seconds' AS at)
    RETURNING id, incident_id
)
INSERT INTO passage (document_id, name, text, seq)
SELECT incident_id, 'events/' || id || '/text',
    repeat('The restore wrote its next hundred tables. ', 3), 0
FROM events
"""
