"""Writing actions. Every write holds the incident's lock and keeps its count of open actions."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.actions.models import UNFINISHED, Action, ActionStatus
from secondstory.actions.queries import read_action
from secondstory.actions.schemas import (
    ActionCreate,
    ActionPatch,
    ActionRead,
    OriginKind,
)
from secondstory.changes.service import appeared, difference, record, vanished
from secondstory.identity.principal import Principal
from secondstory.identity.queries import unknown_people
from secondstory.incidents.models import Incident
from secondstory.incidents.service import lock_incident
from secondstory.platform import clock
from secondstory.platform.etags import check_if_match
from secondstory.platform.problems import Conflict, Invalid, NotFound
from secondstory.takeaways.queries import unknown_takeaways
from secondstory.whys.queries import unknown_whys


class NotDone(Conflict):
    code, title = "not_done", "Whether it held can be said once it is done"


async def add_action(
    session: AsyncSession, principal: Principal, incident: Incident, new: ActionCreate
) -> ActionRead:
    """Agree on an action. Raises `Invalid` for an owner or an origin we do not know."""
    await lock_incident(session, incident.id)
    await _check_named(session, incident.id, new)
    now = clock.now()
    action = Action(
        **_columns(new),
        incident_id=incident.id,
        done_at=now if new.status == ActionStatus.DONE else None,
        author_kind=principal.kind,
        author_id=principal.id,
        author_name=principal.name,
        created_at=now,
        updated_at=now,
    )
    session.add(action)
    await session.flush()  # the count below is made by SQL
    await _count_open(session, incident.id)
    await record(
        session,
        principal,
        "created",
        "action",
        action.id,
        incident_id=incident.id,
        fields=appeared(title=new.title, intent=new.intent, owner=new.owner, due_on=new.due_on),
    )
    return await read_action(session, action.id)


async def change_action(
    session: AsyncSession,
    principal: Principal,
    found: Action,
    patch: ActionPatch,
    if_match: str | None,
) -> ActionRead:
    """Change an action. Raises `NotFound`, `PreconditionFailed`, `Invalid`, `NotDone` (409)."""
    action = await _lock(session, found)
    before = await read_action(session, action.id)
    check_if_match(if_match, before)
    await _check_named(session, action.incident_id, patch)
    for name, value in _columns(patch).items():
        setattr(action, name, value)
    _follow_status(action, patch)
    await session.flush()  # read back by SQL below
    fields = difference(before, await read_action(session, action.id))
    if not fields:
        return before
    action.updated_at = clock.now()
    await session.flush()
    await _count_open(session, action.incident_id)
    await record(
        session,
        principal,
        "updated",
        "action",
        action.id,
        incident_id=action.incident_id,
        fields=fields,
    )
    return await read_action(session, action.id)


async def remove_action(
    session: AsyncSession, principal: Principal, found: Action, if_match: str | None
) -> None:
    """Take an action away as if it had not been agreed on. Raises `NotFound`, `PreconditionFailed`.

    What was agreed on and then given up is `dropped` instead.
    """
    action = await _lock(session, found)
    before = await read_action(session, action.id)
    check_if_match(if_match, before)
    await session.delete(action)
    await session.flush()
    await _count_open(session, before.incident_id)
    await record(
        session,
        principal,
        "deleted",
        "action",
        before.id,
        incident_id=before.incident_id,
        fields=vanished(title=before.title, intent=before.intent, owner=before.owner),
    )


async def _lock(session: AsyncSession, found: Action) -> Action:
    await lock_incident(session, found.incident_id)
    action = await session.get(Action, found.id, with_for_update=True, populate_existing=True)
    if action is None:
        raise NotFound
    return action


async def _check_named(
    session: AsyncSession, incident_id: UUID, body: ActionCreate | ActionPatch
) -> None:
    """Refuse an owner who cannot sign in, and an origin of another incident. Raises `Invalid`."""
    if body.owner is not None and await unknown_people(session, {body.owner}):
        raise Invalid.at("/owner", "This names nobody who can sign in.")
    if body.origin is None:
        return
    unknown = unknown_takeaways if body.origin.kind == OriginKind.TAKEAWAY else unknown_whys
    if await unknown(session, incident_id, {body.origin.id}):
        detail = f"This names a {body.origin.kind} that is not of this incident."
        raise Invalid.at("/origin", detail)


def _columns(body: ActionCreate | ActionPatch) -> dict[str, Any]:
    """Return what was given by the names of the table's columns."""
    values = body.model_dump(exclude_unset=isinstance(body, ActionPatch))
    if "owner" in values:
        values["owner_id"] = values.pop("owner")
    if "origin" in values:
        origin = values.pop("origin") or {}
        for kind in OriginKind:
            values[f"{kind}_id"] = origin["id"] if origin.get("kind") == kind else None
    return values


def _follow_status(action: Action, patch: ActionPatch) -> None:
    """Keep what only makes sense when done in step with the status. Raises `NotDone`."""
    if action.status == ActionStatus.DONE:
        action.done_at = action.done_at or clock.now()
        return
    if patch.held is not None:
        raise NotDone
    action.done_at = None
    action.held = None


async def _count_open(session: AsyncSession, incident_id: UUID) -> None:
    open_now = (
        select(func.count())
        .select_from(Action)
        .where(col(Action.incident_id) == incident_id, col(Action.status).in_(UNFINISHED))
        .scalar_subquery()
    )
    await session.execute(
        update(Incident)
        .where(col(Incident.id) == incident_id, col(Incident.open_actions) != open_now)
        .values(open_actions=open_now, updated_at=clock.now())
        .execution_options(synchronize_session=False)
    )
