"""Reading incidents and participants."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.models import Passage
from secondstory.identity.models import User
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident, Participant, ParticipantRole
from secondstory.incidents.names import incident_key, incident_number
from secondstory.incidents.policy import VISIBLE_TO_CALLER, caller_values, can_edit, visible_to
from secondstory.incidents.schemas import IncidentFilter, IncidentRead, ParticipantRead
from secondstory.platform.database import fetch
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.prepared import PreparedSelect, driver_of
from secondstory.platform.problems import NotFound

SUMMARY = "summary"

_FACILITATOR = (
    select(func.json_build_object("id", User.id, "name", User.name))
    .join(Participant, col(Participant.user_id) == User.id)
    .where(
        col(Participant.incident_id) == Incident.id,
        col(Participant.roles).contains([ParticipantRole.FACILITATOR.value]),
    )
    .order_by(col(Participant.id))
    .limit(1)
    .correlate(Incident)
    .scalar_subquery()
)
# Incident, summary, and who facilitates; built once, as every list and detail begins with it.
_REPRESENTATION: Select[*tuple[Any, ...]] = select(
    *(col(getattr(Incident, name)) for name in Incident.model_fields if name != "updated_at"),
    func.coalesce(Passage.text, "").label("summary"),
    func.greatest(Incident.updated_at, Passage.updated_at).label("updated_at"),
    _FACILITATOR.label("facilitator"),
).outerjoin(Passage, and_(col(Passage.document_id) == Incident.id, col(Passage.name) == SUMMARY))


_INCIDENTS = TypeAdapter(list[IncidentRead])
# What every page and dashboard begins with.
_NEWEST = PreparedSelect(
    _REPRESENTATION.where(VISIBLE_TO_CALLER)
    .order_by(col(Incident.id).desc())
    .limit(bindparam("rows", type_=Integer))
)


_SEEN = select(col(Incident.id), col(Incident.number), col(Incident.channel_name)).where(
    VISIBLE_TO_CALLER
)
_OF_NUMBER = PreparedSelect(
    _SEEN.where(col(Incident.number) == bindparam("number", type_=BigInteger))
)
_OF_ID = PreparedSelect(_SEEN.where(col(Incident.id) == bindparam("id", type_=Uuid)))


class SeenIncident(NamedTuple):
    """An incident that a caller may read: what it is called."""

    id: UUID
    number: int
    channel_name: str

    @property
    def key(self) -> str:
        """The name people use, `INC-42`."""
        return incident_key(self.number)


async def see_incident(session: AsyncSession, ref: str, principal: Principal) -> SeenIncident:
    """Find an incident as `find_incident` does, for reading what belongs to it."""
    number = incident_number(ref)
    if number is not None:
        rows = await _OF_NUMBER.all(
            await driver_of(session), caller_values(principal) | {"number": number}
        )
    else:
        rows = await _OF_ID.all(
            await driver_of(session), caller_values(principal) | {"id": _id(ref)}
        )
    if not rows:
        raise NotFound
    return SeenIncident(**rows[0])


async def find_incident(session: AsyncSession, ref: str, principal: Principal) -> Incident:
    """Return the incident of an id or key. Raises `NotFound`, also for what they may not see."""
    query = select(Incident).where(_named(ref), visible_to(principal))
    incident = await session.scalar(query)
    if incident is None:
        raise NotFound
    return incident


async def read_incident(
    session: AsyncSession, incident_id: UUID, principal: Principal
) -> IncidentRead:
    """Return the representation of an incident."""
    (row,) = await fetch(session, _REPRESENTATION.where(col(Incident.id) == incident_id))
    return IncidentRead.model_validate(_incident(row, editable=can_edit(principal)))


async def list_incidents(
    session: AsyncSession, principal: Principal, wanted: IncidentFilter, page: PageRequest
) -> Page[IncidentRead]:
    """Return incidents the caller may see, newest first."""
    conditions = _conditions(wanted)
    if conditions or page.after is not None:
        query = _REPRESENTATION.where(visible_to(principal), *conditions)
        query = after_key(query, page, [col(Incident.id)], [UUID], descending=True)
        found = await fetch(session, query)
    else:
        values = caller_values(principal) | {"rows": page.limit + 1}
        found = await _NEWEST.all(await driver_of(session), values)
    rows, last = cut(found, page)
    editable = can_edit(principal)
    return Page(
        items=_INCIDENTS.validate_python([_incident(row, editable=editable) for row in rows]),
        next_cursor=encode_cursor(last["id"]) if last is not None else None,
    )


async def list_participants(
    session: AsyncSession, incident_id: UUID, page: PageRequest
) -> Page[ParticipantRead]:
    """Return the people of an incident in the order they joined."""
    query = _participants().where(col(Participant.incident_id) == incident_id)
    query = after_key(query, page, [col(Participant.id)], [UUID])
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[_participant_read(row) for row in rows],
        next_cursor=encode_cursor(last[0].id) if last is not None else None,
    )


async def read_participant(
    session: AsyncSession, incident_id: UUID, participant_id: UUID
) -> ParticipantRead:
    """Return one person of an incident. Raises `NotFound`."""
    query = _participants().where(
        col(Participant.incident_id) == incident_id, col(Participant.id) == participant_id
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _participant_read(row)


def _named(ref: str) -> ColumnElement[bool]:
    number = incident_number(ref)
    if number is not None:
        return col(Incident.number) == number
    return col(Incident.id) == _id(ref)


def _id(ref: str) -> UUID:
    try:
        return UUID(ref)
    except ValueError:
        raise NotFound from None


def _conditions(wanted: IncidentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool] | None] = [
        col(Incident.status).in_(wanted.status) if wanted.status else None,
        col(Incident.stage).in_(wanted.stage) if wanted.stage else None,
        col(Incident.severity).in_(wanted.severity) if wanted.severity else None,
        col(Incident.kind).in_(wanted.kind) if wanted.kind else None,
        col(Incident.services).contains([wanted.service]) if wanted.service else None,
        col(Incident.tags).contains([wanted.tag]) if wanted.tag else None,
        _mentions(wanted.q) if wanted.q else None,
        _facilitated_by(wanted.facilitator) if wanted.facilitator else None,
        _moved_since(wanted.updated_since) if wanted.updated_since else None,
        col(Incident.started_at) >= wanted.started_after if wanted.started_after else None,
        col(Incident.started_at) < wanted.started_before if wanted.started_before else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _mentions(words: str) -> ColumnElement[bool]:
    number = incident_number(words.strip())
    by_number = [col(Incident.number) == number] if number is not None else []
    return or_(
        col(Incident.title).icontains(words, autoescape=True),
        col(Incident.channel_name).icontains(words, autoescape=True),
        func.array_to_string(Incident.services, " ", type_=String).icontains(
            words, autoescape=True
        ),
        *by_number,
    )


def _facilitated_by(user_id: UUID) -> ColumnElement[bool]:
    return (
        select(col(Participant.id))
        .where(
            col(Participant.incident_id) == Incident.id,
            col(Participant.user_id) == user_id,
            col(Participant.roles).contains([ParticipantRole.FACILITATOR.value]),
        )
        .exists()
    )


def _moved_since(instant: datetime) -> ColumnElement[bool]:
    return or_(col(Incident.updated_at) >= instant, col(Passage.updated_at) >= instant)


def _incident(row: dict[str, Any], *, editable: bool) -> dict[str, Any]:
    author = {"kind": row["author_kind"], "id": row["author_id"], "name": row["author_name"]}
    return row | {
        "key": incident_key(row["number"]),
        "created_by": author,
        "can_edit": editable,
    }


def _participants() -> Select[*tuple[Any, ...]]:
    return select(Participant, col(User.name)).join(User, col(User.id) == Participant.user_id)


def _participant_read(row: Row[*tuple[Any, ...]]) -> ParticipantRead:
    participant, name = row
    return ParticipantRead(
        id=participant.id,
        user_id=participant.user_id,
        name=name,
        roles=participant.roles,
        joined_at=participant.joined_at,
    )
