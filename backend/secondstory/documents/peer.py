"""One connection: a bounded queue towards it, and an end that never waits for it."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from secondstory.documents.limits import Limits
from secondstory.documents.models import Author
from secondstory.documents.protocol import CloseCode

_GOODBYE_SECONDS: Final = 1.0


class Socket(Protocol):
    """What a peer needs of a WebSocket; frames are binary."""

    async def receive(self) -> bytes | None:
        """Return the next frame, or None when the connection has ended."""

    async def send(self, frame: bytes) -> None:
        """Send a frame. Raises `ConnectionError` when the connection has ended."""

    async def close(self, code: int, reason: str) -> None:
        """Close; a connection that has ended already is fine."""


class _Goodbye(NamedTuple):
    code: CloseCode
    reason: str


class Peer:
    """Somebody in a room. Sending never blocks: who does not keep up is asked to come back."""

    def __init__(self, socket: Socket, author: Author, limits: Limits, *, can_write: bool) -> None:
        self.author = author
        self.can_write = can_write
        self.updates_stored = 0
        self._socket = socket
        self._limits = limits
        self._queue: deque[bytes] = deque()
        self._queued_bytes = 0
        self._filled = asyncio.Event()
        self._goodbye: asyncio.Future[_Goodbye] = asyncio.get_running_loop().create_future()

    @property
    def closed(self) -> bool:
        return self._goodbye.done()

    def send(self, frame: bytes) -> None:
        """Queue a frame. A queue that is full ends the connection; a resync brings all back."""
        if self.closed:
            return
        self._queue.append(frame)
        self._queued_bytes += len(frame)
        self._filled.set()
        if (
            len(self._queue) > self._limits.unsent_frames
            or self._queued_bytes > self._limits.unsent_bytes
        ):
            self.close(CloseCode.TRY_AGAIN_LATER, "the connection does not keep up")

    def close(self, code: CloseCode, reason: str) -> None:
        """End the connection; frames that still wait are dropped."""
        if not self.closed:
            self._goodbye.set_result(_Goodbye(code, reason))
            self._queue.clear()

    async def run(self, receive: Callable[[bytes], None], may_read: asyncio.Event) -> None:
        """Pass frames both ways until either side ends the connection."""
        reading = asyncio.create_task(self._read(receive, may_read))
        sending = asyncio.create_task(self._send_queued())
        tasks = (reading, sending)
        try:
            await asyncio.wait((*tasks, self._goodbye), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        for task in tasks:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error
        if self._goodbye.done():
            await self._say_goodbye(self._goodbye.result())

    async def _read(self, receive: Callable[[bytes], None], may_read: asyncio.Event) -> None:
        while (frame := await self._socket.receive()) is not None:
            receive(frame)
            await may_read.wait()

    async def _send_queued(self) -> None:
        try:
            while True:
                await self._filled.wait()
                self._filled.clear()
                while self._queue:
                    frame = self._queue.popleft()
                    self._queued_bytes -= len(frame)
                    await self._socket.send(frame)
        except ConnectionError:
            return

    async def _say_goodbye(self, goodbye: _Goodbye) -> None:
        # A socket that takes no frames takes no close frame either: do not wait long.
        try:
            async with asyncio.timeout(_GOODBYE_SECONDS):
                await self._socket.close(goodbye.code, goodbye.reason)
        except TimeoutError:
            return
