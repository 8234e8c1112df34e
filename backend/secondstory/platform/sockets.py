"""WebSockets past ASGI: frames encoded once for many, written straight to the transport."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected
from typing_extensions import override
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.speedups import apply_mask

# What `uvicorn.run` takes as `ws`.
PROTOCOL: Final = "secondstory.platform.sockets:DirectProtocol"
_EXTENSION: Final = "secondstory.direct"
_BINARY_AND_FINAL: Final = 0x82
_MASKED: Final = 0x80
# Two bytes and the mask: what comes before the content of a short frame from a client.
_SHORT_HEADER: Final = 6
_SHORT, _MEDIUM = 126, 1 << 16
# A close frame holds 123 bytes of reason.
_LONGEST_REASON: Final = 120
_GOODBYE_SECONDS: Final = 1.0


def binary_frame(payload: bytes) -> bytes:
    """Encode one message as it goes over the wire (RFC 6455), to be written to any number."""
    size = len(payload)
    if size < _SHORT:
        return bytes((_BINARY_AND_FINAL, size)) + payload
    if size < _MEDIUM:
        return b"\x82\x7e" + size.to_bytes(2, "big") + payload
    return b"\x82\x7f" + size.to_bytes(8, "big") + payload


class Receiver(Protocol):
    """Who is told what happens on a socket; as in asyncio, nothing of it may block."""

    def frame_received(self, frame: bytes) -> None:
        """Take a message; one of text arrives empty."""

    def pause_writing(self) -> None:
        """Hear that the other side does not keep up."""

    def resume_writing(self) -> None:
        """Hear that what was written is on its way."""

    def connection_lost(self) -> None:
        """Hear that the connection ends: write nothing more."""


class DirectProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, with a way past ASGI for what comes by the thousand.

    Through ASGI each frame costs a task switch and several dictionaries, each way and for each
    socket: in a full room that is twice what everything else costs. The handshake, keep-alive,
    fragments, control frames and the goodbye stay uvicorn's.
    """

    _receiver: Receiver | None = None
    # The parser waits for a new frame: nothing of one has been fed to it.
    _is_between_frames = False

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        # A handshake that was refused has no scope.
        if (scope := getattr(self, "scope", None)) is not None:
            scope["extensions"][_EXTENSION] = self

    def take_over(self, receiver: Receiver) -> None:
        """Hand every message to a receiver, beginning with those that came already."""
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        self._receiver = receiver
        for event in waiting:
            if event["type"] == "websocket.receive":
                receiver.frame_received(event.get("bytes") or b"")
            else:
                receiver.connection_lost()
        self.resume_reading()

    def ignore(self) -> None:
        """Pass on nothing more of what comes."""
        self._receiver = None

    def pause_reading(self) -> None:
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def resume_reading(self) -> None:
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    @override
    def data_received(self, data: bytes) -> None:
        # A keystroke is one short frame that arrives by itself. Where that is certain, the way
        # through the parser is left out: a dozen calls, each of them cold.
        if self._is_between_frames and self._receiver is not None and not self.frames:
            size = len(data) - _SHORT_HEADER
            if data[0] == _BINARY_AND_FINAL and 0 <= size < _SHORT and data[1] == size | _MASKED:
                self._receiver.frame_received(apply_mask(data[_SHORT_HEADER:], data[2:6]))
                return
        super().data_received(data)
        self._is_between_frames = _waits_in(self.conn.parser) == "at_eof"

    @override
    def send_receive_event_to_app(self) -> None:
        if self._receiver is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        frames, self.frames = self.frames, []
        is_text = self.curr_msg_data_type == "text"
        self._receiver.frame_received(b"" if is_text else b"".join(frames))

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        if self._receiver is not None:
            self._receiver.pause_writing()

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        if self._receiver is not None:
            self._receiver.resume_writing()

    @override
    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        super().on_task_complete(task)
        if not self.disconnected:
            # Closing waits for all that was written: for ever, where nobody reads it.
            self.loop.call_later(self.close_timeout + _GOODBYE_SECONDS, self.transport.abort)

    @override
    def handle_ping(self) -> None:
        # Who asks on and on without listening is not answered: the answers would pile up here.
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    @override
    def handle_close(self, event: Frame) -> None:
        self._lose()
        super().handle_close(event)

    @override
    def handle_parser_exception(self) -> None:
        self._lose()
        super().handle_parser_exception()

    @override
    def keepalive_timeout(self) -> None:
        self._lose()
        super().keepalive_timeout()

    @override
    def shutdown(self) -> None:
        self._lose()
        super().shutdown()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._lose()
        super().connection_lost(exc)

    def _lose(self) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.connection_lost()


def _waits_in(generator: Any) -> str:
    """Return the name of the innermost generator: where a parser of `websockets` has stopped.

    Between frames that is `StreamReader.at_eof`, within one `read_exact`. Should the library one
    day be built differently, frames take the long way again, and nothing else happens.
    """
    while (inner := getattr(generator, "gi_yieldfrom", None)) is not None:
        generator = inner
    return getattr(generator, "__name__", "")


class DirectSocket:
    """An accepted WebSocket for somebody who writes often. Served by `DirectProtocol` only."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self._protocol: DirectProtocol = websocket.scope["extensions"][_EXTENSION]
        # The transport's own method, without a step in between.
        self.write: Callable[[bytes], None] = self._protocol.transport.write
        self.pause_reading = self._protocol.pause_reading
        self.resume_reading = self._protocol.resume_reading
        self.take_over = self._protocol.take_over
        self.ignore = self._protocol.ignore

    async def close(self, code: int, reason: str) -> None:
        """Say goodbye, not for long; a connection that has ended already is fine."""
        self.ignore()
        try:
            # A socket that takes no frames takes no close frame either.
            async with asyncio.timeout(_GOODBYE_SECONDS):
                await self.websocket.close(code, reason[:_LONGEST_REASON])
        except TimeoutError:
            self._protocol.transport.abort()
        except (WebSocketDisconnect, WebSocketDisconnected):
            return
