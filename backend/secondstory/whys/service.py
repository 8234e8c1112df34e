"""Writing the whys. Every write holds the incident's lock, so that no two close a cycle at once."""

from collections.abc import Collection
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
from secondstory.platform.problems import Invalid
from secondstory.timeline.queries import unknown_events
from secondstory.whys.edges import (
    CauseLists,
    causes_of,
    check_acyclic,
    effects_of,
    replace_causes,
    replace_evidence,
)
from secondstory.whys.models import PARTS, Why, part_passage
from secondstory.whys.queries import next_position, read_why, unknown_whys
from secondstory.whys.schemas import WhyCreate, WhyPatch, WhyRead


async def add_why(
    session: AsyncSession, principal: Principal, incident: Incident, new: WhyCreate
) -> WhyRead:
    """Ask a why. Raises `Invalid` for ids of another incident, `WhyCycle` (409)."""
    await lock_incident(session, incident.id)
    await _check_named(session, incident.id, new)
    await check_acyclic(session, new.effects, new.causes)
    now = clock.now()
    position = new.position
    why = Why(
        incident_id=incident.id,
        question=new.question,
        position=await next_position(session, incident.id) if position is None else position,
        author_kind=principal.kind,
        author_id=principal.id,
        author_name=principal.name,
        created_at=now,
        updated_at=now,
    )
    session.add(why)
    await session.flush()  # edges refer to it
    above = await causes_of(session, new.effects)
    below_each = {effect: [*causes, why.id] for effect, causes in above.items()}
    await replace_causes(session, below_each | {why.id: new.causes})
    await replace_evidence(session, why.id, new.evidence)
    texts = {part_passage(why.id, part): getattr(new, part) for part in PARTS}
    await add_passages(session, incident.id, texts, principal)
    await record(
        session,
        principal,
        "created",
        "why",
        why.id,
        incident_id=incident.id,
        fields=appeared(question=new.question, causes=new.causes, answer=new.answer),
    )
    await _record_moved(session, principal, incident.id, above)
    return await read_why(session, incident.id, why.id)


async def change_why(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    why_id: UUID,
    patch: WhyPatch,
    if_match: str | None,
) -> WhyRead:
    """Change a why. Raises `NotFound`, `PreconditionFailed`, `Invalid`, `WhyCycle` (409)."""
    await lock_incident(session, incident.id)
    before = await read_why(session, incident.id, why_id)
    check_if_match(if_match, before)
    await _check_named(session, incident.id, patch)
    if patch.causes is not None:
        await check_acyclic(session, [why_id], patch.causes)
        await replace_causes(session, {why_id: patch.causes})
    if patch.evidence is not None:
        await replace_evidence(session, why_id, patch.evidence)
    columns = patch.model_dump(include={"question", "position"}, exclude_unset=True)
    if columns:
        await session.execute(update(Why).where(col(Why.id) == why_id).values(columns))
    texts = patch.model_dump(include=set(PARTS), exclude_unset=True)
    if texts:
        passages = {part_passage(why_id, part): text for part, text in texts.items()}
        await write_passages(session, incident.id, passages, principal)
    fields = difference(before, await read_why(session, incident.id, why_id))
    if not fields:
        return before
    await _touch(session, [why_id])
    await record(
        session, principal, "updated", "why", why_id, incident_id=incident.id, fields=fields
    )
    return await read_why(session, incident.id, why_id)


async def remove_why(
    session: AsyncSession,
    principal: Principal,
    incident: Incident,
    why_id: UUID,
    if_match: str | None,
) -> None:
    """Take a why out of the graph; its causes stay, as roots when nothing else is above them.

    Raises `NotFound`, `PreconditionFailed`.
    """
    await lock_incident(session, incident.id)
    before = await read_why(session, incident.id, why_id)
    check_if_match(if_match, before)
    above = await causes_of(session, await effects_of(session, why_id))
    await session.execute(delete(Why).where(col(Why.id) == why_id))
    await remove_passages(session, incident.id, [part_passage(why_id, part) for part in PARTS])
    await record(
        session,
        principal,
        "deleted",
        "why",
        why_id,
        incident_id=incident.id,
        fields=vanished(question=before.question, causes=before.causes, answer=before.answer),
    )
    await _record_moved(session, principal, incident.id, above)


async def _check_named(
    session: AsyncSession, incident_id: UUID, body: WhyCreate | WhyPatch
) -> None:
    """Refuse ids that are not of this incident. Raises `Invalid`."""
    effects = body.effects if isinstance(body, WhyCreate) else []
    for name, whys in (("causes", body.causes), ("effects", effects)):
        if await unknown_whys(session, incident_id, set(whys or [])):
            raise Invalid.at(f"/{name}", "This names a why that is not of this incident.")
    if await unknown_events(session, incident_id, set(body.evidence or [])):
        raise Invalid.at("/evidence", "This names an event that is not of this incident.")


async def _record_moved(
    session: AsyncSession, principal: Principal, incident_id: UUID, lists_before: CauseLists
) -> None:
    """Record the whys whose causes are no longer those they were."""
    lists = await causes_of(session, lists_before)
    await _touch(session, lists)
    for why_id, causes in lists.items():
        fields = {"causes": {"before": lists_before[why_id], "after": causes}}
        await record(
            session, principal, "updated", "why", why_id, incident_id=incident_id, fields=fields
        )


async def _touch(session: AsyncSession, whys: Collection[UUID]) -> None:
    await session.execute(update(Why).where(col(Why.id).in_(whys)).values(updated_at=clock.now()))
