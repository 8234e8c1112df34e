"""The y-websocket protocol: what frames mean, and the close codes of the live channel."""

import json
from base64 import b64encode
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from secondstory.documents.wire import (
    MalformedFrame,
    Reader,
    TooLarge,
    write_blob,
    write_text,
    write_uint,
)


class CloseCode(IntEnum):
    """y-websocket stops for 44xx and comes back after any other code."""

    RESTARTING = 1012
    TRY_AGAIN_LATER = 1013
    MALFORMED = 4400
    UNAUTHENTICATED = 4401
    FORBIDDEN = 4403
    NOT_FOUND = 4404
    TOO_LARGE = 4409


class Kind(IntEnum):
    """What a frame from a client asks for."""

    STATE = 0  # "this is what I have": sync step 1
    MISSING = 1  # "this is what you lack": sync step 2
    UPDATE = 2  # "this just happened"
    PRESENCE = 3
    PRESENCE_QUERY = 4


class Message(NamedTuple):
    """One frame, understood."""

    kind: Kind
    body: bytes


_SYNC, _AWARENESS, _NOTICE = 0, 1, 100
_SYNC_KINDS = (Kind.STATE, Kind.MISSING, Kind.UPDATE)


def parse(frame: bytes, max_bytes: int) -> Message:
    """Understand one frame of a client.

    Raises `MalformedFrame` for anything that is not exactly one known message, or `TooLarge`.
    """
    if len(frame) > max_bytes:
        raise TooLarge
    reader = Reader(frame)
    message = _read(reader)
    reader.finish()
    return message


def _read(reader: Reader) -> Message:
    match reader.uint():
        case 0:
            step = reader.uint()
            if step < len(_SYNC_KINDS):
                return Message(_SYNC_KINDS[step], reader.blob())
        case 1:
            return Message(Kind.PRESENCE, reader.blob())
        case 3:
            return Message(Kind.PRESENCE_QUERY, b"")
    msg = "this kind of message is not known here"
    raise MalformedFrame(msg)


def state_frame(state_vector: bytes) -> bytes:
    """Ask the other side for what this state lacks (sync step 1)."""
    return bytes((_SYNC, Kind.STATE)) + write_blob(state_vector)


def missing_frame(update: bytes) -> bytes:
    """Answer a `state_frame` with what that side lacks (sync step 2)."""
    return bytes((_SYNC, Kind.MISSING)) + write_blob(update)


def update_frame(update: bytes) -> bytes:
    return bytes((_SYNC, Kind.UPDATE)) + write_blob(update)


def presence_frame(states: bytes) -> bytes:
    return bytes((_AWARENESS,)) + write_blob(states)


def notice_frame(notice: dict[str, Any]) -> bytes:
    """Wrap one JSON text from the server: our own addition, which plain clients pass over."""
    text = json.dumps(notice, separators=(",", ":"), ensure_ascii=False)
    return write_uint(_NOTICE) + write_text(text)


def saved_frame(clocks: Mapping[int, int], updates: int) -> bytes:
    """Tell an author what is on disk of theirs: characters of each client, and how many updates."""
    vector = write_uint(len(clocks)) + b"".join(
        write_uint(client) + write_uint(clock) for client, clock in clocks.items()
    )
    # By hand, as it is said for every keystroke: a tenth of what `json.dumps` takes.
    text = b'{"type":"saved","state_vector":"%b","updates":%d}' % (b64encode(vector), updates)
    return write_uint(_NOTICE) + write_blob(text)
