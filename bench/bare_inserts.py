"""The rows of an incident that an alert opens, inserted by hand in one transaction."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from secondstory.documents.text import new_texts
from secondstory.incidents.names import channel_name
from secondstory.platform.columns import new_id

DELIVERY = """
INSERT INTO alert_delivery (id, source_id, received_at, headers, body) VALUES ($1, $2, $3, $4, $5)
"""
_ALERT = """
INSERT INTO alert (id, source_id, dedup_key, current, incident_id, event, title, severity_raw,
    severity, service, state, opened_at, links, details, marks, triggered, deliveries,
    created_at, updated_at)
VALUES ($1, $2, $3, true, $4, 'trigger', $5, $6, 'sev1', $7, 'open', $8, $9, $10,
    ARRAY['trigger'], true, 1, $8, $8)
"""
INCIDENT = """
INSERT INTO incident (id, kind, title, severity, status, stage, visibility, channel_name,
    started_at, detected_at, services, tags, open_actions,
    author_kind, author_id, author_name, created_at, updated_at)
VALUES ($1, 'incident', $2, 'sev1', 'open', 'recap', 'everyone', $3, $4, $4, $5, $6, 0,
    'alert_source', $7, 'Bench', $4, $4)
"""
DOCUMENT = """
INSERT INTO document (id, last_seq, server_clock, projected_seq) VALUES ($1, 1, $2, 1)
"""
UPDATE = """
INSERT INTO document_update (document_id, seq, update, author_id, author_name)
VALUES ($1, 1, $2, $3, 'Bench')
"""
PASSAGE = "INSERT INTO passage (document_id, name, text, seq) VALUES ($1, $2, $3, 1)"
EVENT = """
INSERT INTO event (id, incident_id, kind, occurred_at, known_at, source, author_kind, author_id,
    author_name, evidence, pivot, alert_id, created_at, updated_at)
VALUES ($1, $2, 'effect', $3, $3, 'alert', 'alert_source', $4, 'Bench', $5, false, $6, $3, $3)
"""
SIGNAL = """
INSERT INTO alert_signal (delivery_id, position, alert_id, signal, decision, reason)
VALUES ($1, 0, $2, $3, 'open_incident', 'The first trigger of this alert.')
"""
CHANGE = """
INSERT INTO change (at, actor_kind, actor_id, actor_name, incident_id, entity, entity_id, action,
    fields)
VALUES ($1, 'alert_source', $2, 'Bench', $3, $4, $5, 'created', $6)
"""


async def open_incident(pool: "asyncpg.Pool[Any]", source_id: str, body: bytes) -> str:
    """Insert what an alert of PagerDuty's Events API v2 opens; return its dedup key."""
    event = json.loads(body)
    payload = event["payload"]
    now = datetime.now(UTC)
    source, delivery, alert, incident, fact = UUID(source_id), *(new_id() for _ in range(4))
    title, service = payload["summary"], payload["source"]
    text_name, text = f"events/{fact}/text", f"{title} ({payload['severity']})"
    written = new_texts({text_name: text}, clock=0)
    signal = json.dumps({"event": "trigger", "dedup_key": event["dedup_key"], **payload})
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(DELIVERY, delivery, source, now, "{}", body)
        await connection.execute(
            INCIDENT, incident, title, channel_name(now, title), now, [service], [], source
        )
        await connection.execute(
            *(_ALERT, alert, source, event["dedup_key"], incident, title),
            *(payload["severity"], service, now, [], json.dumps(payload["custom_details"])),
        )
        await connection.execute(DOCUMENT, incident, written.clock)
        await connection.execute(UPDATE, incident, written.update, source)
        await connection.execute(PASSAGE, incident, text_name, text)
        await connection.execute(EVENT, fact, incident, now, source, [], alert)
        await connection.execute(SIGNAL, delivery, alert, signal)
        changes = [
            (now, source, incident, entity, id_, json.dumps({"title": {"after": title}}))
            for entity, id_ in (("incident", incident), ("event", fact), ("alert", alert))
        ]
        await connection.executemany(CHANGE, changes)
    dedup_key: str = event["dedup_key"]
    return dedup_key
