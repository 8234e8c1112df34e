"""Reading what happened."""

from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.changes.models import Change, Xid8
from secondstory.changes.schemas import Actor, ChangeFeed, ChangeRead
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor


async def list_incident_changes(
    session: AsyncSession, incident_id: UUID, page: PageRequest
) -> Page[ChangeRead]:
    """Return the changes of one incident, newest first."""
    query = select(Change).where(col(Change.incident_id) == incident_id)
    query = after_key(query, page, [col(Change.seq)], [int], descending=True)
    changes, last = cut((await session.scalars(query)).all(), page)
    return Page(
        items=[change_read(change) for change in changes],
        next_cursor=encode_cursor(last.seq) if last else None,
    )


async def list_changes_after(
    session: AsyncSession, after: int, limit: int, visible: ColumnElement[bool]
) -> ChangeFeed:
    """Return what was committed after the change `after`, oldest first.

    A change is shown once every transaction that began before its own has ended. In the order
    (transaction, number) nothing can then appear before a change that was already shown.
    """
    horizon = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8)
    known = select(col(Change.xid)).where(col(Change.seq) == after).scalar_subquery()
    start = func.coalesce(known, cast(literal("0"), Xid8))
    query = (
        select(Change)
        .where(
            tuple_(col(Change.xid), col(Change.seq)) > tuple_(start, literal(after)),
            col(Change.xid) < horizon,
            visible,
        )
        .order_by(col(Change.xid), col(Change.seq))
        .limit(limit)
    )
    changes = (await session.scalars(query)).all()
    return ChangeFeed(
        items=[change_read(change) for change in changes],
        last_seq=changes[-1].seq if changes else after,
    )


def change_read(change: Change) -> ChangeRead:
    """Show a stored change."""
    return ChangeRead(
        **change.model_dump(exclude={"xid", "actor_kind", "actor_id", "actor_name"}),
        actor=Actor.model_validate(
            {"kind": change.actor_kind, "id": change.actor_id, "name": change.actor_name}
        ),
    )
