"""Recording a change, in the transaction that makes it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.changes.schemas import Actor
from secondstory.identity.principal import Principal
from secondstory.platform import clock
from secondstory.platform.prepared import driver_of

CHANNEL = "change"
# Long prose has its own history; a change only needs to say that it moved.
LONGEST_VALUE = 500

# One statement for the lines and their news, run by the driver: storms of alerts record many.
_RECORD = """
WITH added AS (
    INSERT INTO change (
        at, actor_kind, actor_id, actor_name, incident_id, entity, entity_id, action, fields
    )
    SELECT $1, $2, $3, $4, $5, entry.entity, entry.entity_id, entry.action, entry.fields
    FROM jsonb_to_recordset($6::text::jsonb)
        AS entry(action text, entity text, entity_id uuid, fields jsonb)
    RETURNING seq, incident_id, entity, entity_id, action
)
SELECT pg_notify($7, json_build_object(
    'type', 'change', 'seq', seq, 'incident_id', incident_id, 'entity', entity,
    'entity_id', entity_id, 'action', action, 'actor', $8::text::json
)::text) FROM added WHERE $9
"""


def actor_of(principal: Principal) -> Actor:
    """Show a caller beside what they did."""
    return Actor(kind=principal.kind, id=principal.id, name=principal.name)


class Entry(NamedTuple):
    """One change on its way into the record; `fields` is `{name: {"before": …, "after": …}}`."""

    action: str
    entity: str
    entity_id: UUID
    fields: dict[str, Any]


async def record(
    session: AsyncSession,
    principal: Principal,
    action: str,
    entity: str,
    entity_id: UUID,
    *,
    incident_id: UUID | None,
    fields: dict[str, Any] | None = None,
) -> None:
    """Write one change and tell every process about it once this transaction commits.

    `fields` is `{name: {"before": …, "after": …}}`.
    """
    entry = Entry(action, entity, entity_id, fields or {})
    await record_all(session, principal, [entry], incident_id=incident_id)


async def record_all(
    session: AsyncSession,
    principal: Principal,
    entries: Sequence[Entry],
    *,
    incident_id: UUID | None,
    followed: bool = True,
) -> None:
    """Write changes of one incident, in their order, in one round trip.

    `followed=False` tells nobody, for an incident that is only just being opened: transactions
    that notify commit one after the other, however many there are.
    """
    driver = await driver_of(session)
    await driver.execute(
        _RECORD,
        *(clock.now(), principal.kind, principal.id, principal.name, incident_id),
        to_json([entry._asdict() for entry in entries]).decode(),
        CHANNEL,
        actor_of(principal).model_dump_json(),
        followed,
    )


def difference(before: BaseModel, after: BaseModel) -> dict[str, dict[str, Any]]:
    """Return the members that differ between two representations of one thing."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {
        name: {"before": _short(old[name]), "after": _short(new[name])}
        for name in new
        if old[name] != new[name] and name != "updated_at"
    }


def appeared(**values: Any) -> dict[str, dict[str, Any]]:
    """Return the fields of something new, for `record`."""
    return {name: {"before": None, "after": _short(value)} for name, value in values.items()}


def vanished(**values: Any) -> dict[str, dict[str, Any]]:
    """Return the fields of something that is gone, for `record`."""
    return {name: {"before": _short(value), "after": None} for name, value in values.items()}


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        return value[:LONGEST_VALUE] + "…"
    return value
