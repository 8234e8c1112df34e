"""Reading all that a report tells."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.actions.queries import list_incident_actions
from secondstory.identity.principal import Principal
from secondstory.incidents.queries import SeenIncident, list_participants, read_incident
from secondstory.platform.pages import PageRequest
from secondstory.reports.schemas import ReportRead
from secondstory.takeaways.models import TakeawayKind
from secondstory.takeaways.queries import list_takeaways
from secondstory.takeaways.schemas import TakeawayFilter
from secondstory.timeline.queries import list_events
from secondstory.timeline.schemas import EventFilter
from secondstory.whys.queries import list_whys
from secondstory.whys.schemas import WhyFilter

# Far above any real incident: a report leaves nothing out.
_ALL: Final = PageRequest(limit=100_000, after=None)


async def read_report(
    session: AsyncSession, principal: Principal, incident: SeenIncident
) -> ReportRead:
    """Return the whole postmortem of an incident that the caller may see."""
    takeaways = (await list_takeaways(session, incident.id, TakeawayFilter(), _ALL)).items
    agreed = [takeaway for takeaway in takeaways if not takeaway.parked]
    return ReportRead(
        incident=await read_incident(session, incident.id, principal),
        participants=(await list_participants(session, incident.id, _ALL)).items,
        events=(await list_events(session, incident.id, EventFilter(), _ALL)).items,
        whys=(await list_whys(session, incident.id, WhyFilter(), _ALL)).items,
        learnings=[each for each in agreed if each.kind == TakeawayKind.LEARNING],
        recommendations=[each for each in agreed if each.kind == TakeawayKind.RECOMMENDATION],
        parked=[takeaway for takeaway in takeaways if takeaway.parked],
        actions=(await list_incident_actions(session, incident.id, _ALL)).items,
    )
