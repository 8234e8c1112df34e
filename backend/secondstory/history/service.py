"""Bringing an older text back: an edit of what the text belongs to, like any other."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.documents.queries import read_last_write
from secondstory.history.queries import read_text
from secondstory.history.schemas import RestorationCreate, RestorationRead
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident
from secondstory.incidents.queries import SUMMARY
from secondstory.incidents.schemas import IncidentPatch
from secondstory.incidents.service import change_incident
from secondstory.platform.problems import Conflict, NotFound
from secondstory.takeaways.schemas import TakeawayPatch
from secondstory.takeaways.service import change_takeaway
from secondstory.timeline.schemas import EventPatch
from secondstory.timeline.service import change_event
from secondstory.whys.schemas import WhyPatch
from secondstory.whys.service import change_why


class OwnerGone(Conflict):
    code, title = "passage_owner_gone", "What this text belonged to was deleted"


async def restore(
    session: AsyncSession, principal: Principal, incident: Incident, wanted: RestorationCreate
) -> RestorationRead:
    """Make a passage read as it did at a number.

    Only what differs is changed in the document: carets and words that people are typing stay.
    Raises `NotFound` for a number still to come, `OwnerGone` (409).
    """
    # Read before anything is locked: what lies in the past does not change meanwhile.
    older = await read_text(session, incident.id, wanted.passage, wanted.seq)
    try:
        await _write(session, principal, incident, wanted.passage, older.text)
    except NotFound:
        detail = "It can still be read and copied here."
        raise OwnerGone(detail) from None
    last = await read_last_write(session, incident.id)
    return RestorationRead(
        passage=wanted.passage,
        restored_seq=wanted.seq,
        seq=last.seq,
        before_seq=last.seq - 1 if last.is_ours else last.seq,
        text=older.text,
    )


async def _write(
    session: AsyncSession, principal: Principal, incident: Incident, passage: str, text: str
) -> None:
    """Write a text by way of its owner, which records the change and moves with it.

    Not validated as a request's body is: what people typed may be longer than that.
    """
    if passage == SUMMARY:
        summary = IncidentPatch.model_construct({"summary"}, summary=text)
        await change_incident(session, principal, incident, summary, None)
        return
    kind, owner, part = passage.split("/")
    owner_id = UUID(owner)
    match kind:
        case "events":
            event = EventPatch.model_construct({"text"}, text=text)
            await change_event(session, principal, incident, owner_id, event, None)
        case "whys":
            parts: dict[str, Any] = {part: text}
            why = WhyPatch.model_construct({part}, **parts)
            await change_why(session, principal, incident, owner_id, why, None)
        case _:
            takeaway = TakeawayPatch.model_construct({"text"}, text=text)
            await change_takeaway(session, principal, incident, owner_id, takeaway, None)
