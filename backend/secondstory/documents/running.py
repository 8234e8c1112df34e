"""Running the live documents of a process: connections, the writer, the listener, the hub."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

import asyncpg

from secondstory.documents import relay
from secondstory.documents.appender import Appender
from secondstory.documents.compactor import MERGE_AFTER, Compactor
from secondstory.documents.hub import Hub
from secondstory.documents.limits import Limits
from secondstory.documents.listener import Listener
from secondstory.documents.log import (
    APPLICATION_NAME,
    CHANNEL,
    DATABASE_AWAY,
    LISTENER_NAME,
    DocumentLog,
)
from secondstory.documents.writer import Writer

_logger = logging.getLogger(__name__)
_POOL_SIZE: Final = 4
_SETTINGS: Final = {"application_name": APPLICATION_NAME}
_CLOSE_TIMEOUT_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 1.0


@asynccontextmanager
async def running_hub(
    dsn: str,
    handlers: Mapping[str, Callable[[Hub, str], None]] | None = None,
    limits: Limits | None = None,
    on_return: Callable[[Hub], None] | None = None,
    merge_after: timedelta = MERGE_AFTER,
) -> AsyncIterator[Hub]:
    """Run a hub on the database, with its writer and listener, until the end of the block.

    `handlers` are for more channels to listen to: channel → what to do with the payload.
    `on_return` is called when their notifications may have gone by unheard for a while.
    Logs are compacted behind what is older than `merge_after`.
    """
    limits = limits or Limits()
    process = uuid4().hex
    appender = Appender(partial(_connect, dsn), process)
    pool = await _open_pool(dsn)
    writer, log = Writer(appender), DocumentLog(pool)
    hub = Hub(log, writer, process, limits)
    listener = Listener(
        dsn,
        f"{LISTENER_NAME} {process}",
        {CHANNEL: hub.on_notification, relay.CHANNEL: hub.relay.hear}
        | {name: partial(handler, hub) for name, handler in (handlers or {}).items()},
        hub.recheck,
        partial(_on_return, hub, on_return),
        limits.recheck_seconds,
    )
    taking_over = asyncio.create_task(_keep_running(hub.takeover.run))
    compactor = Compactor(pool, merge_after)
    works = (writer.run, listener.run, hub.relay.run, compactor.run)
    tasks = [taking_over, *(asyncio.create_task(_keep_running(work)) for work in works)]
    try:
        await listener.started()
        yield hub
        taking_over.cancel()
        await hub.close()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        appender.close()
        await _close_pool(pool)


async def _connect(dsn: str) -> Any:
    return await asyncpg.connect(dsn, server_settings=_SETTINGS)


async def _open_pool(dsn: str) -> Any:
    # None to begin with: a process that is started while the database is away waits for it.
    return await asyncpg.create_pool(
        dsn, min_size=0, max_size=_POOL_SIZE, reset=_leave_as_is, server_settings=_SETTINGS
    )


async def _close_pool(pool: Any) -> None:
    try:
        async with asyncio.timeout(_CLOSE_TIMEOUT_SECONDS):
            await pool.close()
    except DATABASE_AWAY:
        pool.terminate()


async def _keep_running(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Begin again with work that is never to end, should a slip of ours have ended it."""
    while True:
        try:
            await work()
        except Exception:
            _logger.exception("Work for the live documents ended, and is begun again")
        await asyncio.sleep(_PAUSE_SECONDS)


async def _leave_as_is(_connection: Any) -> None:
    """Save the round trip that resets a connection: no statement here changes one."""


def _on_return(hub: Hub, and_then: Callable[[Hub], None] | None) -> None:
    hub.relay.greet_again()
    if and_then is not None:
        and_then(hub)
