"""Removing raw deliveries that were kept long enough; alerts and incidents stay."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

from secondstory.platform import clock
from secondstory.platform.columns import first_id_at
from secondstory.platform.database import Database

_logger = logging.getLogger(__name__)
_FIRST_PAUSE_SECONDS: Final = 90.0
_PAUSE_SECONDS: Final = 600.0
# A step is over in some ten milliseconds, so that nobody waits for it.
_ROWS_A_STEP: Final = 500

# Ids are in the order of their making: the oldest stand first in the primary key. What another
# process is removing, or a person is just replaying, is left out.
_REMOVE = """
DELETE FROM alert_delivery WHERE id IN (
    SELECT id FROM alert_delivery WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
)
"""


async def remove_old(database: Database, age: timedelta) -> int:
    """Remove the deliveries older than `age`, in small steps; return how many there were."""
    limit, removed = first_id_at(clock.now() - age), 0
    while True:
        async with database.glancing() as driver:
            done: str = await driver.execute(_REMOVE, limit, _ROWS_A_STEP)
        count = int(done.rpartition(" ")[2])
        removed += count
        if count < _ROWS_A_STEP:
            return removed


@asynccontextmanager
async def removing_old(database: Database, age: timedelta) -> AsyncIterator[None]:
    """Remove old deliveries now and then, until the end of the block. Any process may do it."""
    task = asyncio.create_task(_run(database, age))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _run(database: Database, age: timedelta) -> None:
    pause = _FIRST_PAUSE_SECONDS
    while True:
        await asyncio.sleep(pause)
        pause = _PAUSE_SECONDS
        try:
            if removed := await remove_old(database, age):
                _logger.info("Removed %d deliveries older than %d days", removed, age.days)
        except Exception as error:  # noqa: BLE001 - whatever it is, it may be over next time
            _logger.warning("Old deliveries are removed later: %r", error)
