"""Recording a change, in the transaction that makes it."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from sqlalchemy import JSON, Text, Uuid, cast, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.models import Change
from secondstory.changes.schemas import Actor
from secondstory.identity.principal import Principal
from secondstory.platform import clock

CHANNEL = "change"
# Long prose has its own history; a change only needs to say that it moved.
LONGEST_VALUE = 500


def actor_of(principal: Principal) -> Actor:
    """Show a caller beside what they did."""
    return Actor(kind=principal.kind, id=principal.id, name=principal.name)


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
    change = (
        insert(Change)
        .values(
            at=clock.now(),
            actor_kind=principal.kind,
            actor_id=principal.id,
            actor_name=principal.name,
            incident_id=incident_id,
            entity=entity,
            entity_id=entity_id,
            action=action,
            fields=to_jsonable_python(fields or {}),
        )
        .returning(col(Change.seq))
        .cte("added")
    )
    frame = func.json_build_object(
        *("type", "change"),
        *("seq", change.c.seq),
        *("incident_id", cast(incident_id, Uuid)),
        *("entity", entity),
        *("entity_id", cast(entity_id, Uuid)),
        *("action", action),
        *("actor", cast(actor_of(principal).model_dump(mode="json"), JSON)),
    )
    # One statement for both: storms of alerts record many changes.
    await session.execute(select(func.pg_notify(CHANNEL, cast(frame, Text))))


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
