"""Writing incidents and participants."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from secondstory.changes.service import Entry, appeared, difference, record, record_all, vanished
from secondstory.documents.service import create_document, write_passages
from secondstory.identity.models import User
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident, Participant, Status
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
from secondstory.platform.etags import check_if_match
from secondstory.platform.prepared import Prepared, driver_of
from secondstory.platform.problems import Conflict, Invalid, NotFound

_INCIDENT = SQLModel.metadata.tables["incident"]
_INSERT = Prepared(
    insert(_INCIDENT)
    .on_conflict_do_nothing(index_elements=["channel_name"])
    .returning(_INCIDENT.c.number),
    column_keys=[name for name in _INCIDENT.c.keys() if name != "number"],  # noqa: SIM118
)


class AlreadyTakesPart(Conflict):
    code, title = "already_takes_part", "This person takes part already"


async def open_incident(
    session: AsyncSession,
    principal: Principal,
    new: IncidentCreate,
    passages: dict[str, str] | None = None,
    told: Sequence[Entry] = (),
) -> Incident:
    """Open an incident with its document.

    `passages` are the first texts beside the summary, `told` the changes recorded along with it.
    Raises `Invalid` when its times contradict each other.
    """
    now = clock.now()
    incident = Incident(
        **new.model_dump(exclude={"summary", "slug", "started_at"}),
        started_at=new.started_at or now,
        channel_name=channel_name(new.started_at or now, new.slug or new.title),
        author_kind=principal.kind,
        author_id=principal.id,
        author_name=principal.name,
        created_at=now,
        updated_at=now,
    )
    _imply_times(incident, new.model_fields_set)
    _check_times(incident)
    incident.number = await _insert(session, incident)
    texts = {SUMMARY: new.summary, **(passages or {})}
    await create_document(
        session, incident.id, {name: text for name, text in texts.items() if text}, principal
    )
    fields = appeared(title=incident.title, severity=incident.severity)
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
    await session.refresh(incident, with_for_update=True)
    before = await read_incident(session, incident.id, principal)
    check_if_match(if_match, before)
    values = patch.model_dump(exclude_unset=True, exclude={"summary"})
    for name, value in values.items():
        setattr(incident, name, value)
    if patch.status is not None and patch.status != before.status:
        _imply_times(incident, patch.model_fields_set)
    _check_times(incident)
    if patch.summary is not None:
        await write_passages(session, incident.id, {SUMMARY: patch.summary}, principal)
    await session.flush()  # the representation below is read back by SQL
    after = await read_incident(session, incident.id, principal)
    fields = difference(before, after)
    if not fields:
        return before
    incident.updated_at = clock.now()
    await session.flush()
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
    await record(
        session,
        principal,
        "deleted",
        "participant",
        participant_id,
        incident_id=incident.id,
        fields=vanished(name=before.name, roles=before.roles),
    )


async def _insert(session: AsyncSession, incident: Incident) -> int:
    """Insert the row and return its number; a channel name in use gets the id's end appended."""
    values = incident.model_dump(exclude={"number"})
    driver = await driver_of(session)
    made = await _INSERT.run(driver, values)
    while made is None:
        incident.channel_name = f"{values['channel_name']}-{incident.id.hex[-6:]}"
        made = await _INSERT.run(driver, values | {"channel_name": incident.channel_name})
    number: int = made["number"]
    return number


def _imply_times(incident: Incident, given: set[str]) -> None:
    """Fill or empty the times that the status implies, unless the caller gave them."""
    now = clock.now()
    implied: dict[Status, dict[str, datetime | None]] = {
        Status.OPEN: {"mitigated_at": None, "resolved_at": None},
        Status.MITIGATED: {"mitigated_at": incident.mitigated_at or now, "resolved_at": None},
        Status.RESOLVED: {"resolved_at": incident.resolved_at or now},
    }
    for name, value in implied[incident.status].items():
        if name not in given:
            setattr(incident, name, value)


def _check_times(incident: Incident) -> None:
    for name in ("detected_at", "mitigated_at", "resolved_at"):
        value: datetime | None = getattr(incident, name)
        if value is not None and value < incident.started_at:
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
