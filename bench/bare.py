"""What one would write by hand for this one purpose: FastAPI, asyncpg, one query, the same bytes.

No sign-in, no filters, no problems: the least that gives these answers, and fast libraries for it.
`python -m bench.bare PORT DSN`.
"""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic_core import to_json

from bench.bare_inserts import open_incident
from bench.bare_storm import take_in
from secondstory.platform.pages import encode_cursor

_INCIDENTS = """
SELECT i.*, p.text AS summary, p.updated_at AS summary_updated_at, (
    SELECT json_build_object('id', u.id, 'name', u.name)::text
    FROM participant AS t JOIN person AS u ON u.id = t.user_id
    WHERE t.incident_id = i.id AND t.roles @> ARRAY['facilitator'] ORDER BY t.id LIMIT 1
) AS facilitator
FROM incident AS i LEFT JOIN passage AS p ON p.document_id = i.id AND p.name = 'summary'
WHERE i.visibility = 'everyone' ORDER BY i.id DESC LIMIT $1
"""
_EVENTS = """
SELECT e.*, p.text, p.updated_at AS text_updated_at, u.name AS account_of_name
FROM event AS e
LEFT JOIN passage AS p
    ON p.document_id = e.incident_id AND p.name = 'events/' || e.id || '/text'
LEFT JOIN person AS u ON u.id = e.account_of
WHERE e.incident_id = $1::text::uuid ORDER BY e.occurred_at, e.id LIMIT $2
"""


@asynccontextmanager
async def _pool(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(sys.argv[2], min_size=10, max_size=20) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_pool)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@app.get("/incidents")
async def list_incidents(request: Request, limit: int) -> Response:
    """Answer the newest incidents."""
    rows = await request.app.state.pool.fetch(_INCIDENTS, limit + 1)
    return _page(
        [_incident(row) for row in rows[:limit]],
        encode_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None,
    )


@app.get("/incidents/{incident}/events")
async def list_events(request: Request, incident: str, limit: int) -> Response:
    """Answer the first events of an incident."""
    rows = await request.app.state.pool.fetch(_EVENTS, incident, limit + 1)
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return _page(
        [_event(row) for row in rows[:limit]],
        encode_cursor(last["occurred_at"], last["id"]) if last else None,
    )


@app.post("/alerts/{source_id}", status_code=202)
async def create_alert(request: Request, source_id: str) -> Response:
    """Open an incident for an alert."""
    body = await request.body()
    return _processed(await open_incident(request.app.state.pool, source_id, body))


@app.post("/storms/{source_id}", status_code=202)
async def take_delivery_in(request: Request, source_id: str) -> Response:
    """Take in one delivery of a storm."""
    body = await request.body()
    return _processed(await take_in(request.app.state.pool, source_id, body))


def _processed(dedup_key: str) -> Response:
    return Response(
        to_json({"status": "success", "message": "Event processed", "dedup_key": dedup_key}),
        status_code=202,
        media_type="application/json",
    )


def _page(items: list[dict[str, Any]], next_cursor: str | None) -> Response:
    return Response(
        to_json({"items": items, "next_cursor": next_cursor}), media_type="application/json"
    )


def _incident(row: asyncpg.Record) -> dict[str, Any]:
    facilitator = row["facilitator"]
    return {
        "id": row["id"],
        "key": f"INC-{row['number']}",
        "kind": row["kind"],
        "title": row["title"],
        "severity": row["severity"],
        "status": row["status"],
        "stage": row["stage"],
        "visibility": row["visibility"],
        "channel_name": row["channel_name"],
        "started_at": row["started_at"],
        "detected_at": row["detected_at"],
        "mitigated_at": row["mitigated_at"],
        "resolved_at": row["resolved_at"],
        "services": row["services"],
        "tags": row["tags"],
        "summary": row["summary"] or "",
        "created_by": _author(row),
        "created_at": row["created_at"],
        "updated_at": max(row["updated_at"], row["summary_updated_at"] or row["updated_at"]),
        "facilitator": json.loads(facilitator) if facilitator else None,
        "open_actions": row["open_actions"],
        "can_edit": False,
    }


def _event(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["id"],
        "incident_id": row["incident_id"],
        "kind": row["kind"],
        "occurred_at": row["occurred_at"],
        "known_at": row["known_at"],
        "text": row["text"] or "",
        "source": row["source"],
        "author": _author(row),
        "account_of": row["account_of"],
        "account_of_name": row["account_of_name"],
        "evidence": row["evidence"],
        "pivot": row["pivot"],
        "alert_id": row["alert_id"],
        "created_at": row["created_at"],
        "updated_at": max(row["updated_at"], row["text_updated_at"] or row["updated_at"]),
    }


def _author(row: asyncpg.Record) -> dict[str, Any]:
    return {"kind": row["author_kind"], "id": row["author_id"], "name": row["author_name"]}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False, server_header=False)
