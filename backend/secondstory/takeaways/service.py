"""Writing the takeaways. Every write holds the incident's lock: actions refer to takeaways."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.service import appeared, difference, record, vanished
from secondstory.documents.service import add_passages, remove_passages, write_passages
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.incidents.service import lock_incident
from secondstory.platform import clock
from secondstory.platform.etags import check_if_match
from secondstory.takeaways.models import Takeaway, text_passage
from secondstory.takeaways.queries import next_position, read_takeaway
from secondstory.takeaways.schemas import TakeawayCreate, TakeawayPatch, TakeawayRead


async def add_takeaway(
    session: AsyncSession, principal: Principal, incident: Incident, new: TakeawayCreate
) -> TakeawayRead:
    """Write down what we learned, or what we recommend."""
    await lock_incident(session, incident.id)
    now = clock.now()
    position = new.position
    takeaway = Takeaway(
        incident_id=incident.id,
        kind=new.kind,
        parked=new.parked,
        position=await next_position(session, incident.id) if position is None else position,
        author_kind=principal.kind,
        author_id=principal.id,
        author_name=principal.name,
        created_at=now,
        updated_at=now,
    )
    session.add(takeaway)
    await session.flush()  # read back by SQL below
    texts = {text_passage(takeaway.id): new.text}
    await add_passages(session, incident.id, texts, principal)
    await record(
        session,
        principal,
        "created",
        "takeaway",
        takeaway.id,
        incident_id=incident.id,
        fields=appeared(kind=new.kind, text=new.text, parked=new.parked),
    )
    return await read_takeaway(session, incident.id, takeaway.id)


async def change_takeaway(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    takeaway_id: UUID,
    patch: TakeawayPatch,
    if_match: str | None,
) -> TakeawayRead:
    """Change a takeaway. Raises `NotFound`, `PreconditionFailed`."""
    await lock_incident(session, incident.id)
    before = await read_takeaway(session, incident.id, takeaway_id)
    check_if_match(if_match, before)
    this = col(Takeaway.id) == takeaway_id
    columns = patch.model_dump(exclude={"text"}, exclude_unset=True)
    if columns:
        await session.execute(update(Takeaway).where(this).values(columns))
    if patch.text is not None:
        texts = {text_passage(takeaway_id): patch.text}
        await write_passages(session, incident.id, texts, principal)
    fields = difference(before, await read_takeaway(session, incident.id, takeaway_id))
    if not fields:
        return before
    await session.execute(update(Takeaway).where(this).values(updated_at=clock.now()))
    await record(
        session,
        principal,
        "updated",
        "takeaway",
        takeaway_id,
        incident_id=incident.id,
        fields=fields,
    )
    return await read_takeaway(session, incident.id, takeaway_id)


async def remove_takeaway(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    takeaway_id: UUID,
    if_match: str | None,
) -> None:
    """Drop a takeaway; actions that came from it stay. Raises `NotFound`, `PreconditionFailed`."""
    await lock_incident(session, incident.id)
    before = await read_takeaway(session, incident.id, takeaway_id)
    check_if_match(if_match, before)
    await session.execute(delete(Takeaway).where(col(Takeaway.id) == takeaway_id))
    await remove_passages(session, incident.id, [text_passage(takeaway_id)])
    await record(
        session,
        principal,
        "deleted",
        "takeaway",
        takeaway_id,
        incident_id=incident.id,
        fields=vanished(kind=before.kind, text=before.text, parked=before.parked),
    )
