"""Hears what other processes commit: one LISTEN connection, opened again whenever it is lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import asyncpg

from secondstory.documents.log import DATABASE_AWAY

_logger = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 0.5
_CONNECT_TIMEOUT_SECONDS: Final = 5.0


class Listener:
    """Calls a handler per channel with each notification's payload.

    Notifications are hints: some are missed while the connection is away. `recheck` is called
    whenever that may have been so, and every `recheck_seconds`, to compare with the tables.
    `on_return` is for what cannot be compared: called once after each time away.
    """

    def __init__(
        self,
        dsn: str,
        name: str,
        handlers: Mapping[str, Callable[[str], None]],
        recheck: Callable[[], Awaitable[None]],
        on_return: Callable[[], None],
        recheck_seconds: float,
    ) -> None:
        self._dsn = dsn
        self._name = name
        self._handlers = handlers
        self._recheck = recheck
        self._on_return = on_return
        self._recheck_seconds = recheck_seconds
        self._listening = asyncio.Event()
        self._has_listened = False

    async def started(self) -> None:
        """Wait for the first connection; not for long, as the rest works without."""
        try:
            async with asyncio.timeout(_CONNECT_TIMEOUT_SECONDS):
                await self._listening.wait()
        except TimeoutError:
            return

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                await self._listen()
            except DATABASE_AWAY as error:
                # Once an outage; after that the same would be said twice a second.
                if self._listening.is_set():
                    _logger.warning("Not hearing of other processes for now: %r", error)
                self._listening.clear()
            except Exception:
                # Whatever it is: a process that hears nothing any more goes on as if all were well.
                _logger.exception("Hearing of other processes begins anew")
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self._dsn,
            timeout=_CONNECT_TIMEOUT_SECONDS,
            server_settings={"application_name": self._name},
        )
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            for channel in self._handlers:
                await connection.add_listener(channel, self._on_notification)
            self._listening.set()
            if self._has_listened:
                self._on_return()
            self._has_listened = True
            while not lost.is_set():
                await self._recheck()
                # Asked on this connection: a dead one that nobody has closed shows itself.
                await connection.execute("SELECT 1", timeout=_CONNECT_TIMEOUT_SECONDS)
                await self._wait(lost)
        finally:
            connection.terminate()

    async def _wait(self, lost: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._recheck_seconds):
                await lost.wait()
        except TimeoutError:
            return

    def _on_notification(self, _connection: Any, _pid: int, channel: str, payload: Any) -> None:
        try:
            self._handlers[channel](payload)
        except Exception:
            # One odd payload must not end the hearing of all others.
            _logger.exception("A notification on %s was not understood", channel)
