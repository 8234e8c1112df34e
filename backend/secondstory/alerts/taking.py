"""The transaction of one message: found its source, allowed, taken in, committed; then answered."""

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeVar

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.answers import KnownIncident
from secondstory.alerts.formats.contract import Message
from secondstory.alerts.intake import Receipt, receive
from secondstory.alerts.known import known_to_everybody
from secondstory.alerts.source_queries import find_source
from secondstory.platform import clock
from secondstory.platform.database import Database
from secondstory.platform.prepared import driver_of
from secondstory.platform.problems import Unavailable
from secondstory.platform.rates import Allowance, Buckets

Result = TypeVar("Result")

_ATTEMPTS: Final = 4
# A message may bring in hundreds of alerts; what is known about the first ones has to do.
_NEWCOMERS: Final = 3
_DEADLOCK: Final = asyncpg.DeadlockDetectedError.sqlstate


class Taken(NamedTuple):
    """A message that is stored, what its source may still send, and what is known about it."""

    receipt: Receipt
    allowance: Allowance
    known: list[KnownIncident]


async def take_in(
    database: Database,
    buckets: Buckets,
    kind: str,
    key: str,
    message: Message,
    *,
    base_url: str | None = None,
    certificate: str | None = None,
) -> Taken:
    """Take in a message; once this returns, it is on disk.

    `base_url` is for what is known beside it; without it nobody looks. Raises `NotFound` for an
    unknown key, `TooManyRequests`, `WrongSignature`. Messages about several alerts may lock them
    crosswise: PostgreSQL ends one of them, which then begins again.
    """
    allowance: Allowance | None = None

    async def take() -> Taken:
        nonlocal allowance
        async with database.driving() as session:
            source = await find_source(session, kind, key)
            allowance = allowance or buckets.take(source.id)
            receipt = await receive(session, source, message, clock.now(), certificate)
            known = await _known(session, receipt, base_url)
        return Taken(receipt, allowance, known)

    return await again_after_deadlock(take)


async def again_after_deadlock(transaction: Callable[[], Awaitable[Result]]) -> Result:
    """Run a transaction, and again if PostgreSQL ends it for another. Raises `Unavailable`."""
    for _ in range(_ATTEMPTS):
        try:
            return await transaction()
        except (DBAPIError, asyncpg.DeadlockDetectedError) as error:
            if not _is_deadlock(error):
                raise
    raise Unavailable(headers={"Retry-After": "1"})


async def _known(
    session: AsyncSession, receipt: Receipt, base_url: str | None
) -> list[KnownIncident]:
    if base_url is None or not receipt.newcomers:
        return []
    driver = await driver_of(session)
    found = [
        incident
        for newcomer in receipt.newcomers[:_NEWCOMERS]
        for incident in await known_to_everybody(driver, newcomer, base_url)
    ]
    return list({incident.id: incident for incident in found}.values())


def _is_deadlock(error: Exception) -> bool:
    original = error.orig if isinstance(error, DBAPIError) else error
    return getattr(original, "sqlstate", None) == _DEADLOCK
