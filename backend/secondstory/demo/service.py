"""Loading the example incident."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.actions.models import Action
from secondstory.actions.schemas import ActionOrigin, OriginKind
from secondstory.actions.service import add_action
from secondstory.demo.cast import CAST, gather_cast
from secondstory.demo.discussion import DISCUSSION
from secondstory.demo.outcome import ACTIONS, TAKEAWAYS
from secondstory.demo.recap import CHANNEL, INCIDENT, TAG, TIMELINE
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident, Stage
from secondstory.incidents.schemas import IncidentPatch, ParticipantCreate
from secondstory.incidents.service import add_participant, change_incident, open_incident
from secondstory.takeaways.service import add_takeaway
from secondstory.timeline.service import add_event
from secondstory.whys.service import add_why

# Who added what nobody is named for: they took the notes.
_SCRIBE = "Farah"


async def load_example(session: AsyncSession, principal: Principal) -> Incident:
    """Open the example incident, or return it when it is there already."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("example", 0))))
    known = await session.scalar(
        select(Incident)
        .where(col(Incident.channel_name).startswith(CHANNEL), col(Incident.tags).contains([TAG]))
        .limit(1)
    )
    if known is not None:
        return known
    people = await gather_cast(session)
    opened = await open_incident(session, principal, INCIDENT)
    incident = await session.get_one(Incident, opened.id)
    for part in CAST:
        user_id = people[part.name].id
        taking_part = ParticipantCreate.model_validate({"user_id": user_id, "roles": part.roles})
        await add_participant(session, people[_SCRIBE], incident, taking_part)
    moments = await _recap(session, people, incident)
    await _move_on(session, people, incident, Stage.DISCUSSION)
    await _discuss(session, people, incident, moments)
    await _move_on(session, people, incident, Stage.TAKEAWAYS)
    await _conclude(session, people, incident)
    await _move_on(session, people, incident, Stage.PUBLISHED)
    return incident


async def _recap(
    session: AsyncSession, people: dict[str, Principal], incident: Incident
) -> dict[str, UUID]:
    """Tell the timeline; return its events by name."""
    moments: dict[str, UUID] = {}
    for moment in TIMELINE:
        teller = people[moment.account_of or _SCRIBE]
        account_of = teller.user_id if moment.account_of else None
        new = moment.event.model_copy(update={"account_of": account_of})
        moments[moment.name] = (await add_event(session, teller, incident, new)).id
    return moments


async def _discuss(
    session: AsyncSession,
    people: dict[str, Principal],
    incident: Incident,
    moments: dict[str, UUID],
) -> None:
    whys: dict[str, UUID] = {}
    for asked in DISCUSSION:
        edges = {
            "effects": [whys[name] for name in asked.below],
            "evidence": [moments[name] for name in asked.shown_by],
        }
        new = asked.why.model_copy(update=edges)
        whys[asked.name] = (await add_why(session, people[asked.by], incident, new)).id


async def _conclude(
    session: AsyncSession, people: dict[str, Principal], incident: Incident
) -> None:
    takeaways: dict[str, UUID] = {}
    for taken in TAKEAWAYS:
        read = await add_takeaway(session, people[taken.by], incident, taken.takeaway)
        takeaways[taken.name] = read.id
    for agreed in ACTIONS:
        links = {
            "owner": people[agreed.owner].user_id,
            "origin": ActionOrigin(kind=OriginKind.TAKEAWAY, id=takeaways[agreed.origin]),
        }
        new = agreed.action.model_copy(update=links)
        read_action = await add_action(session, people[agreed.owner], incident, new)
        if agreed.done_at is not None:
            # Back then, not now.
            action = await session.get_one(Action, read_action.id)
            action.done_at, action.held = agreed.done_at, agreed.held


async def _move_on(
    session: AsyncSession, people: dict[str, Principal], incident: Incident, stage: Stage
) -> None:
    facilitator = people["Yuki"]
    await change_incident(session, facilitator, incident, IncidentPatch(stage=stage), None)
