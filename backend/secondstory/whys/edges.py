"""The edges of the cause graph. Who changes them holds the incident's lock (`lock_incident`)."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.platform.problems import Conflict
from secondstory.whys.models import Why, WhyCause, WhyEvidence

# The causes of some whys, each in their order.
CauseLists = Mapping[UUID, Sequence[UUID]]


class WhyCycle(Conflict):
    code, title = "why_cycle", "A why cannot be among its own causes"


async def check_acyclic(
    session: AsyncSession, effects: Collection[UUID], causes: Collection[UUID]
) -> None:
    """Refuse to put `causes` below `effects` when an effect is, or stands below, one of them.

    Raises `WhyCycle` (409).
    """
    if not effects or not causes:
        return
    below = select(col(Why.id)).where(col(Why.id).in_(causes)).cte("below", recursive=True)
    deeper = select(col(WhyCause.cause_id)).join(below, col(WhyCause.effect_id) == below.c.id)
    below = below.union(deeper)
    if await session.scalar(select(literal(1)).where(below.c.id.in_(effects)).limit(1)):
        raise WhyCycle


async def causes_of(session: AsyncSession, whys: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the causes of each of `whys`, in order."""
    causes: dict[UUID, list[UUID]] = {why: [] for why in whys}
    edges = await session.execute(
        select(col(WhyCause.effect_id), col(WhyCause.cause_id))
        .where(col(WhyCause.effect_id).in_(causes))
        .order_by(col(WhyCause.position))
    )
    for effect, cause in edges:
        causes[effect].append(cause)
    return causes


async def effects_of(session: AsyncSession, why: UUID) -> Sequence[UUID]:
    """Return the whys that `why` is a cause of."""
    query = select(col(WhyCause.effect_id)).where(col(WhyCause.cause_id) == why)
    return (await session.scalars(query)).all()


async def replace_causes(session: AsyncSession, lists: CauseLists) -> None:
    """Give each why in `lists` exactly these causes."""
    await session.execute(delete(WhyCause).where(col(WhyCause.effect_id).in_(lists)))
    edges = [
        {"effect_id": effect, "cause_id": cause, "position": position}
        for effect, causes in lists.items()
        for position, cause in enumerate(causes)
    ]
    if edges:
        await session.execute(insert(WhyCause), edges)


async def replace_evidence(session: AsyncSession, why: UUID, events: Sequence[UUID]) -> None:
    """Let a why rest on exactly these events."""
    await session.execute(delete(WhyEvidence).where(col(WhyEvidence.why_id) == why))
    rows = [
        {"why_id": why, "event_id": event, "position": position}
        for position, event in enumerate(events)
    ]
    if rows:
        await session.execute(insert(WhyEvidence), rows)
