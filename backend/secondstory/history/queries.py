"""Reading the history of an incident's passages."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.documents import history
from secondstory.documents.queries import read_last_write, read_log
from secondstory.documents.replay import Point
from secondstory.history.schemas import (
    Difference,
    DifferencePiece,
    VersionRead,
    VersionText,
    WriterRead,
)
from secondstory.platform.database import lend_back
from secondstory.platform.pages import Page, PageRequest, cut, encode_cursor
from secondstory.platform.problems import NotFound


async def list_versions(
    session: AsyncSession, incident_id: UUID, passage: str | None, page: PageRequest
) -> Page[VersionRead]:
    """Return a page of versions of one passage, or of all, newest first."""
    key = page.bound(int, str)
    before = None if key is None else Point(*key)
    log = await read_log(session, incident_id)
    await lend_back(session)
    rows, last = cut(await history.list_versions(log, passage, before, page.limit + 1), page)
    items = [
        VersionRead(
            passage=row.passage,
            seq=row.seq,
            previous_seq=row.previous_seq,
            began_at=row.began_at,
            ended_at=row.ended_at,
            writers=[WriterRead(id=writer.id, name=writer.name) for writer in row.writers],
            added=row.size.added,
            removed=row.size.removed,
        )
        for row in rows
    ]
    return Page[VersionRead](
        items=items, next_cursor=last and encode_cursor(last.seq, last.passage)
    )


async def read_text(
    session: AsyncSession, incident_id: UUID, passage: str, seq: int
) -> VersionText:
    """Return how a passage read at a number. Raises `NotFound` for one that is still to come."""
    await _check_reached(session, incident_id, seq)
    log = await read_log(session, incident_id, seq)
    await lend_back(session)
    return VersionText(
        passage=passage, seq=seq, text=await history.read_text(log, Point(seq, passage))
    )


async def compare(
    session: AsyncSession, incident_id: UUID, passage: str, from_seq: int, to_seq: int
) -> Difference:
    """Return what differs between two numbers, in either direction. Raises `NotFound`."""
    last = max(from_seq, to_seq)
    await _check_reached(session, incident_id, last)
    log = await read_log(session, incident_id, last)
    await lend_back(session)
    pieces = await history.compare_versions(log, passage, from_seq, to_seq)
    return Difference(
        passage=passage,
        from_seq=from_seq,
        to_seq=to_seq,
        pieces=[DifferencePiece(op=piece.op, text=piece.text) for piece in pieces],
    )


async def _check_reached(session: AsyncSession, incident_id: UUID, seq: int) -> None:
    if seq > (await read_last_write(session, incident_id)).seq:
        detail = "The history has not come that far."
        raise NotFound(detail)
