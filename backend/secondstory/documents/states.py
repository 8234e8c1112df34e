"""Awareness states on the wire: what y-protocols sends, read with care and written."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from secondstory.documents.wire import MalformedFrame, Reader, write_text, write_uint

MAX_STATE_BYTES: Final = 4 * 1024
# A notification of PostgreSQL holds 8,000 bytes: in base64, beside who says it of what.
_PART_BYTES: Final = 5 * 1024
GONE: Final = "null"


class State(NamedTuple):
    """One entry of an awareness update. A state of `null` says goodbye."""

    client: int
    clock: int
    text: str


def read_states(update: bytes) -> Iterable[State]:
    """Yield the entries of an awareness update. Raises `MalformedFrame`."""
    reader = Reader(update)
    for _ in range(reader.uint()):
        yield State(reader.uint(), reader.uint(), reader.text())
    reader.finish()


def encode(states: Iterable[State]) -> bytes:
    """Return an awareness update of these entries."""
    return _joined([_entry(state) for state in states])


def _entry(state: State) -> bytes:
    return write_uint(state.client) + write_uint(state.clock) + write_text(state.text)


def _joined(entries: Sequence[bytes]) -> bytes:
    return write_uint(len(entries)) + b"".join(entries)


def encode_in_parts(states: Iterable[State]) -> list[bytes]:
    """Return awareness updates of these entries, each small enough for a notification."""
    parts: list[list[bytes]] = []
    size = _PART_BYTES
    for entry in map(_entry, states):
        if size + len(entry) > _PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += len(entry)
    return [_joined(part) for part in parts]


def check_state(text: str) -> None:
    """Refuse what would make the other clients' `JSON.parse` throw."""
    if len(text.encode()) > MAX_STATE_BYTES:
        msg = "a presence state is too large"
        raise MalformedFrame(msg)
    try:
        state = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        msg = "a presence state is not JSON"
        raise MalformedFrame(msg) from error
    if not isinstance(state, dict):
        msg = "a presence state is not an object"
        raise MalformedFrame(msg)


def _refuse_constant(name: str) -> None:
    msg = f"{name} is not JSON"
    raise ValueError(msg)
