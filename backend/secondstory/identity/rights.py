"""Telling every process that somebody may do more or less than before; what, it asks anew."""

from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL: Final = "rights"


async def rights_moved(session: AsyncSession, about: UUID) -> None:
    """Tell, once this transaction commits, whom or what it is about: a person, a token, a thing.

    The notification is this id alone. It says nothing to whoever may not ask.
    """
    await session.execute(select(func.pg_notify(CHANNEL, str(about))))
