"""Writing incidents and participants."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from secondstory.changes.service import Entry, appeared, difference, record, record_all, vanished
from secondstory.documents.service import create_document, write_passages
from secondstory.identity.models import User
from secondstory.identity.principal import Principal
from secondstory.identity.rights import rights_moved
from secondstory.incidents.models import Incident, Participant, Stage, Status
from secondstory.incidents.names import channel_name
from secondstory.incidents.queries import SUMMARY, read_incident, read_participant
from secondstory.incidents.schemas import (
    IncidentCreate,
    IncidentPatch,
    IncidentRead,
    ParticipantCreate,
    ParticipantPatch,
    ParticipantRead,
)
from secondstory.platform import clock
from secondstory.platform.columns import new_id
from secondstory.platform.etags import check_if_match
from secondstory.platform.prepared import Prepared, driver_of
from secondstory.platform.problems import Conflict, Invalid, NotFound

_INCIDENT = SQLModel.metadata.tables["incident"]
_INSERT = Prepared(
    insert(_INCIDENT)
    .on_conflict_do_nothing(index_elements=["channel_name"])
    .returning(_INCIDENT.c.number),
    column_keys=[column.key for column in _INCIDENT.c if column.key != "number"],
)

# An alert joins no incident that is over, or that few may see.
_JOINED_BY = {"status", "visibility"}


class Opened(NamedTuple):
    """An incident that was just opened."""

    id: UUID
    number: int


class AlreadyTakesPart(Conflict):
    code, title = "already_takes_part", "This person takes part already"


async def open_incident(
    session: AsyncSession,
    principal: Principal,
    new: IncidentCreate,
    passages: dict[str, str] | None = None,
    told: Sequence[Entry] = (),
) -> Opened:
    """Open an incident with its document.

    `passages` are the first texts beside the summary, `told` the changes recorded along with it.
    Raises `Invalid` when its times contradict each other.
    """
    now = clock.now()
    started_at = new.started_at or now
    values = {
        **new.model_dump(exclude={"summary", "slug"}),
        "id": new_id(),
        "stage": Stage.RECAP,
        "open_actions": 0,
        "started_at": started_at,
        "channel_name": channel_name(started_at, new.slug or new.title),
        "author_kind": principal.kind,
        "author_id": principal.id,
        "author_name": principal.name,
        "created_at": now,
        "updated_at": now,
    }
    values |= _implied_times(values, new.model_fields_set)
    _check_times(values)
    incident = Opened(values["id"], await _insert(session, values))
    texts = {SUMMARY: new.summary, **(passages or {})}
    await create_document(
        session, incident.id, {name: text for name, text in texts.items() if text}, principal
    )
    fields = appeared(title=new.title, severity=new.severity)
    opened = Entry("created", "incident", incident.id, fields)
    entries = [opened, *told]
    await record_all(session, principal, entries, incident_id=incident.id, followed=False)
    return incident


async def change_incident(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    patch: IncidentPatch,
    if_match: str | None,
) -> IncidentRead:
    """Change an incident.

    Raises `PreconditionFailed` when it moved since `if_match`, `Invalid` for contradicting times.
    """
    # Alerts that join refer to the incident until they are committed: only what they join by has to
    # wait for them. Two that join and make it worse would wait for each other.
    beside = patch.model_fields_set.isdisjoint(_JOINED_BY)
    await session.refresh(incident, with_for_update={"key_share": beside})
    before = await read_incident(session, incident.id, principal)
    check_if_match(if_match, before)
    values = patch.model_dump(exclude_unset=True, exclude={"summary"})
    for name, value in values.items():
        setattr(incident, name, value)
    if patch.status is not None and patch.status != before.status:
        implied = _implied_times(incident.model_dump(), patch.model_fields_set)
        for name, value in implied.items():
            setattr(incident, name, value)
    _check_times(incident.model_dump())
    if patch.summary is not None:
        await write_passages(session, incident.id, {SUMMARY: patch.summary}, principal)
    await session.flush()  # the representation below is read back by SQL
    after = await read_incident(session, incident.id, principal)
    fields = difference(before, after)
    if not fields:
        return before
    incident.updated_at = clock.now()
    await session.flush()
    if before.visibility != after.visibility:
        await rights_moved(session, incident.id)
    action = "stage_moved" if before.stage != after.stage else "updated"
    await record(
        session, principal, action, "incident", incident.id, incident_id=incident.id, fields=fields
    )
    return await read_incident(session, incident.id, principal)


async def lock_incident(session: AsyncSession, incident_id: UUID) -> None:
    """Let no other transaction change this incident, or what it guards, until this one ends.

    Adding events, which only refer to it, goes on meanwhile. Taken before any other lock.
    """
    await session.execute(
        select(col(Incident.id))
        .where(col(Incident.id) == incident_id)
        .with_for_update(key_share=True)
    )


async def add_participant(
    session: AsyncSession, principal: Principal, incident: Incident, new: ParticipantCreate
) -> ParticipantRead:
    """Name a person's part. Raises `Invalid` for nobody we know, `AlreadyTakesPart` (409)."""
    user = await session.get(User, new.user_id)
    if user is None or not user.active:
        raise Invalid.at("/user_id", "This names nobody who can sign in.")
    participant = Participant(
        incident_id=incident.id, user_id=new.user_id, roles=[*new.roles], joined_at=clock.now()
    )
    made = await session.execute(
        insert(Participant)
        .values(participant.model_dump())
        .on_conflict_do_nothing(index_elements=["incident_id", "user_id"])
        .returning(col(Participant.id))
    )
    if made.first() is None:
        raise AlreadyTakesPart
    await record(
        session,
        principal,
        "created",
        "participant",
        participant.id,
        incident_id=incident.id,
        fields=appeared(name=user.name, roles=new.roles),
    )
    return await read_participant(session, incident.id, participant.id)


async def change_participant(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    participant_id: UUID,
    patch: ParticipantPatch,
    if_match: str | None,
) -> ParticipantRead:
    """Change a person's roles. Raises `NotFound`, `PreconditionFailed`."""
    participant = await _lock_participant(session, incident.id, participant_id)
    before = await read_participant(session, incident.id, participant_id)
    check_if_match(if_match, before)
    participant.roles = [role.value for role in patch.roles]
    await session.flush()
    after = await read_participant(session, incident.id, participant_id)
    if fields := difference(before, after):
        await record(
            session,
            principal,
            "updated",
            "participant",
            participant_id,
            incident_id=incident.id,
            fields=fields,
        )
    return after


async def remove_participant(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    participant_id: UUID,
    if_match: str | None,
) -> None:
    """Take a person out of an incident. Raises `NotFound`, `PreconditionFailed`."""
    participant = await _lock_participant(session, incident.id, participant_id)
    before = await read_participant(session, incident.id, participant_id)
    check_if_match(if_match, before)
    await session.delete(participant)
    await rights_moved(session, participant.user_id)
    await record(
        session,
        principal,
        "deleted",
        "participant",
        participant_id,
        incident_id=incident.id,
        fields=vanished(name=before.name, roles=before.roles),
    )


async def _insert(session: AsyncSession, values: dict[str, Any]) -> int:
    """Insert the row and return its number; a channel name in use gets the id's end appended."""
    driver = await driver_of(session)
    made = await _INSERT.run(driver, values)
    while made is None:
        other_name = f"{values['channel_name']}-{values['id'].hex[-6:]}"
        made = await _INSERT.run(driver, values | {"channel_name": other_name})
    number: int = made["number"]
    return number


def _implied_times(values: Mapping[str, Any], given: set[str]) -> dict[str, datetime | None]:
    """Return the times that the status fills or empties, unless the caller gave them."""
    now = clock.now()
    mitigated_at, resolved_at = values["mitigated_at"] or now, values["resolved_at"] or now
    implied: dict[Status, dict[str, datetime | None]] = {
        Status.OPEN: {"mitigated_at": None, "resolved_at": None},
        Status.MITIGATED: {"mitigated_at": mitigated_at, "resolved_at": None},
        Status.RESOLVED: {"resolved_at": resolved_at},
    }
    return {name: at for name, at in implied[values["status"]].items() if name not in given}


def _check_times(values: Mapping[str, Any]) -> None:
    for name in ("detected_at", "mitigated_at", "resolved_at"):
        if values[name] is not None and values[name] < values["started_at"]:
            raise Invalid.at(f"/{name}", f"{name} lies before started_at.")


async def _lock_participant(
    session: AsyncSession, incident_id: UUID, participant_id: UUID
) -> Participant:
    participant = await session.scalar(
        select(Participant)
        .where(col(Participant.id) == participant_id, col(Participant.incident_id) == incident_id)
        .with_for_update()
    )
    if participant is None:
        raise NotFound
    return participant
