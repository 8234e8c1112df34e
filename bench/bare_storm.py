"""A delivery taken in by hand in one transaction: kept, counted, an incident opened for the first."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from bench.bare_inserts import (
    CHANGE,
    DELIVERY,
    DOCUMENT,
    EVENT,
    INCIDENT,
    PASSAGE,
    SIGNAL,
    UPDATE,
)
from secondstory.documents.text import new_texts
from secondstory.incidents.names import channel_name
from secondstory.platform.columns import new_id

_ALERT = """
INSERT INTO alert (id, source_id, dedup_key, current, event, title, severity_raw, severity, service,
    state, opened_at, links, details, marks, triggered, deliveries, created_at, updated_at)
VALUES ($1, $2, $3, true, 'trigger', $4, $5, 'sev1', $6, 'open', $7, $8, $9,
    ARRAY['trigger'], true, 1, $7, $7)
ON CONFLICT (source_id, dedup_key) WHERE current
DO UPDATE SET deliveries = alert.deliveries + 1, updated_at = excluded.updated_at
RETURNING id, incident_id
"""
_HAS_INCIDENT = "UPDATE alert SET incident_id = $2 WHERE id = $1"


async def take_in(pool: "asyncpg.Pool[Any]", source_id: str, body: bytes) -> str:
    """Insert what a delivery of PagerDuty's Events API v2 brings; return its dedup key."""
    event = json.loads(body)
    payload = event["payload"]
    now, source, delivery = datetime.now(UTC), UUID(source_id), new_id()
    dedup_key: str = event["dedup_key"]
    signal = json.dumps({"event": "trigger", "dedup_key": dedup_key, **payload})
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(DELIVERY, delivery, source, now, "{}", body)
        alert = await connection.fetchrow(
            *(_ALERT, new_id(), source, dedup_key, payload["summary"], payload["severity"]),
            *(payload["source"], now, [], json.dumps(payload["custom_details"])),
        )
        if alert["incident_id"] is None:
            await _open_incident(connection, source, alert["id"], payload, now)
        await connection.execute(SIGNAL, delivery, alert["id"], signal)
    return dedup_key


async def _open_incident(
    connection: Any, source: UUID, alert: UUID, payload: dict[str, Any], now: datetime
) -> None:
    incident, fact = new_id(), new_id()
    title, service = payload["summary"], payload["source"]
    text_name, text = f"events/{fact}/text", f"{title} ({payload['severity']})"
    written = new_texts({text_name: text}, clock=0)
    await connection.execute(
        INCIDENT, incident, title, channel_name(now, title), now, [service], [], source
    )
    await connection.execute(_HAS_INCIDENT, alert, incident)
    await connection.execute(DOCUMENT, incident, written.clock)
    await connection.execute(UPDATE, incident, written.update, source)
    await connection.execute(PASSAGE, incident, text_name, text)
    await connection.execute(EVENT, fact, incident, now, source, [], alert)
    changes = [
        (now, source, incident, entity, id_, json.dumps({"title": {"after": title}}))
        for entity, id_ in (("incident", incident), ("event", fact), ("alert", alert))
    ]
    await connection.executemany(CHANGE, changes)
