"""One connection: a bounded queue towards it, and an end that never waits for it."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

from secondstory.documents.limits import Limits
from secondstory.documents.models import Author
from secondstory.documents.protocol import CloseCode
from secondstory.platform.sockets import Receiver, binary_frame


class Socket(Protocol):
    """What a peer needs of an accepted WebSocket; the pattern is asyncio's transports'."""

    @property
    def write(self) -> Callable[[bytes], None]:
        """Write bytes as they go over the wire: whole frames."""

    def take_over(self, receiver: Receiver) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    async def close(self, code: int, reason: str) -> None:
        """Say goodbye, without waiting long for who does not listen."""


class _Goodbye(NamedTuple):
    code: CloseCode
    reason: str


class Peer:
    """Somebody in a room. Sending never blocks: who does not keep up is asked to come back.

    `write` sends whole frames as they go over the wire. While the socket takes them that is the
    transport's own method: a full room calls it thousands of times a second.
    """

    __slots__ = (
        "__weakref__",
        "_ended",
        "_is_read",
        "_limits",
        "_queue",
        "_queued_bytes",
        "_receive",
        "_socket",
        "author",
        "can_write",
        "sent_away",
        "write",
    )

    def __init__(self, socket: Socket, author: Author, limits: Limits, *, can_write: bool) -> None:
        self.author = author
        self.can_write = can_write
        # We have closed the connection: what still comes from there is not wanted.
        self.sent_away = False
        self.write: Callable[[bytes], None] = socket.write
        self._socket = socket
        self._limits = limits
        self._queue: deque[bytes] = deque()
        self._queued_bytes = 0
        self._is_read = True
        self._receive: Callable[[bytes], None] = _nowhere
        self._ended: asyncio.Future[_Goodbye | None] = asyncio.get_running_loop().create_future()

    def send(self, message: bytes) -> None:
        """Send one message to this peer alone."""
        self.write(binary_frame(message))

    def close(self, code: CloseCode, reason: str) -> None:
        """End the connection; frames that still wait are dropped."""
        self.sent_away = True
        self._end(_Goodbye(code, reason))

    def pause_reading(self) -> None:
        """Take no more messages for now; the network makes the other side wait."""
        self._is_read = False
        self._socket.pause_reading()

    def resume_reading(self) -> None:
        self._is_read = True
        self._socket.resume_reading()

    async def run(self, receive: Callable[[bytes], None]) -> None:
        """Pass messages on until either side ends the connection."""
        self._receive = receive
        if not self._ended.done():
            self._socket.take_over(self)
            if not self._is_read:
                # Taking over a socket begins with reading from it.
                self._socket.pause_reading()
        try:
            goodbye = await self._ended
        finally:
            self._end(None)
        if goodbye is not None:
            await self._socket.close(*goodbye)

    # ---- what the socket tells

    def frame_received(self, frame: bytes) -> None:
        """Pass a message on."""
        if not self._ended.done():
            self._receive(frame)

    def pause_writing(self) -> None:
        """Keep what is written from now on, up to the limits."""
        if not self._ended.done():
            self.write = self._keep

    def resume_writing(self) -> None:
        """Write what was kept, until the socket is full again."""
        if self._ended.done():
            return
        self.write = self._socket.write
        while self._queue and self.write != self._keep:
            frame = self._queue.popleft()
            self._queued_bytes -= len(frame)
            self.write(frame)

    def connection_lost(self) -> None:
        """End without a goodbye: nobody would hear it."""
        self._end(None)

    def _keep(self, frames: bytes) -> None:
        self._queue.append(frames)
        self._queued_bytes += len(frames)
        if (
            len(self._queue) > self._limits.unsent_frames
            or self._queued_bytes > self._limits.unsent_bytes
        ):
            self.close(CloseCode.TRY_AGAIN_LATER, "the connection does not keep up")

    def _end(self, goodbye: _Goodbye | None) -> None:
        if not self._ended.done():
            self._ended.set_result(goodbye)
            self._queue.clear()
            self.write = _nowhere


def _nowhere(_frames: bytes) -> None:
    """Drop what is written to somebody who is gone."""
