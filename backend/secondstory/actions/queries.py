"""Reading actions."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.actions.models import Action
from secondstory.actions.schemas import ActionFilter, ActionOrigin, ActionRead, OriginKind
from secondstory.changes.schemas import Actor
from secondstory.identity.models import User
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.incidents.policy import visible_to
from secondstory.incidents.queries import find_incident
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound

_KEY = re.compile(r"(?:ACT-)?(\d{1,18})", re.IGNORECASE | re.ASCII)
# Sorts what has no due date after all that has.
_NO_DAY = date(9999, 12, 31)


async def find_action(session: AsyncSession, ref: str, principal: Principal) -> Action:
    """Return the action of an id or key. Raises `NotFound`, also for what they may not see."""
    query = select(Action).join(Incident).where(_named(ref), visible_to(principal))
    action = await session.scalar(query)
    if action is None:
        raise NotFound
    return action


async def read_action(session: AsyncSession, action_id: UUID) -> ActionRead:
    """Return the representation of an action. Raises `NotFound`."""
    row = (
        await session.execute(_representation().where(col(Action.id) == action_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    return _action_read(row)


async def list_actions(
    session: AsyncSession, principal: Principal, wanted: ActionFilter, page: PageRequest
) -> Page[ActionRead]:
    """Return actions of all incidents the caller may see, the soonest due first.

    Raises `NotFound` for those of one incident when the caller may not see that.
    """
    query = _representation().where(visible_to(principal), *_conditions(wanted))
    if wanted.incident is not None:
        incident = await find_incident(session, wanted.incident, principal)
        query = query.where(col(Action.incident_id) == incident.id)
    due = func.coalesce(Action.due_on, literal(_NO_DAY))
    query = after_key(query, page, [due, col(Action.id)], [date, UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_action_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].due_on or _NO_DAY, last[0].id) if last else None,
    )


async def list_incident_actions(
    session: AsyncSession, incident_id: UUID, page: PageRequest
) -> Page[ActionRead]:
    """Return the actions of one incident in the order they were agreed on."""
    query = _representation().where(col(Action.incident_id) == incident_id)
    query = after_key(query, page, [col(Action.id)], [UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_action_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].id) if last is not None else None,
    )


def _action_number(key: str) -> int | None:
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None


def _named(ref: str) -> ColumnElement[bool]:
    number = _action_number(ref)
    if number is not None:
        return col(Action.number) == number
    try:
        return col(Action.id) == UUID(ref)
    except ValueError:
        raise NotFound from None


def _representation() -> Select[*tuple[Any, ...]]:
    """Select action, its incident's number and title, and its owner's name."""
    return (
        select(Action, col(Incident.number), col(Incident.title), col(User.name))
        .join(Incident, col(Incident.id) == Action.incident_id)
        .outerjoin(User, col(User.id) == Action.owner_id)
    )


def _conditions(wanted: ActionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool] | None] = [
        col(Action.status).in_(wanted.status) if wanted.status else None,
        col(Action.intent).in_(wanted.intent) if wanted.intent else None,
        col(Action.owner_id) == wanted.owner if wanted.owner else None,
        col(Action.due_on) < wanted.due_before if wanted.due_before else None,
        _mentions(wanted.q) if wanted.q else None,
        col(Action.updated_at) >= wanted.updated_since if wanted.updated_since else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _mentions(words: str) -> ColumnElement[bool]:
    number = _action_number(words.strip())
    by_number = [col(Action.number) == number] if number is not None else []
    return or_(
        col(Action.title).icontains(words, autoescape=True),
        col(Incident.title).icontains(words, autoescape=True),
        *by_number,
    )


def _action_read(row: Row[*tuple[Any, ...]]) -> ActionRead:
    action, incident_number, incident_title, owner_name = row
    return ActionRead(
        id=action.id,
        key=action.key,
        incident_id=action.incident_id,
        incident_key=f"INC-{incident_number}",
        incident_title=incident_title,
        title=action.title,
        owner=action.owner_id,
        owner_name=owner_name,
        due_on=action.due_on,
        status=action.status,
        intent=action.intent,
        origin=_origin(action),
        tracker_url=action.tracker_url,
        evidence=action.evidence,
        check_on=action.check_on,
        held=action.held,
        done_at=action.done_at,
        created_by=Actor(kind=action.author_kind, id=action.author_id, name=action.author_name),
        created_at=action.created_at,
        updated_at=action.updated_at,
    )


def _origin(action: Action) -> ActionOrigin | None:
    if action.takeaway_id is not None:
        return ActionOrigin(kind=OriginKind.TAKEAWAY, id=action.takeaway_id)
    if action.why_id is not None:
        return ActionOrigin(kind=OriginKind.WHY, id=action.why_id)
    return None
