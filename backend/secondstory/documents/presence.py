"""Who is here: the awareness states of a room, each owned by the socket that announced it."""

import json
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from secondstory.documents.wire import MalformedFrame, Reader, write_text, write_uint

MAX_STATE_BYTES: Final = 8 * 1024
MAX_STATES_PER_OWNER: Final = 16
_REMEMBERED_LEAVERS = 4096
_GONE = "null"


class State(NamedTuple):
    """One entry of an awareness update. A state of `null` says goodbye."""

    client: int
    clock: int
    text: str


@dataclass(slots=True)
class _Known:
    clock: int
    text: str
    owner: Hashable


class Presence:
    """Keeps what y-protocols' Awareness keeps, with owners, so that leaving takes effect at once.

    Clients repeat to us what we told them of others; only news from the owner, or something
    newer than all we know, goes on. On a reconnect a client repeats its last clock, which the
    others would ignore as old: the first word of a socket is therefore passed on one tick later.
    """

    def __init__(self) -> None:
        self._states: dict[int, _Known] = {}
        self._left: OrderedDict[int, int] = OrderedDict()
        self._owned: dict[Hashable, set[int]] = {}

    def announce(self, owner: Hashable, update: bytes) -> bytes | None:
        """Take in an awareness update; return what is news to the room, if anything.

        Raises `MalformedFrame`; the owner is to be sent away then.
        """
        entries = list(_read(update))
        # The first frame of a y-websocket client is about itself alone.
        introduces = owner not in self._owned and len(entries) == 1
        news = [
            taken
            for entry in entries
            if (taken := self._take(owner, entry, introduces=introduces)) is not None
        ]
        return _encode(news) if news else None

    def leave(self, owner: Hashable) -> bytes | None:
        """Forget what an owner announced; return the goodbye for the others."""
        clients = self._owned.pop(owner, set())
        goodbyes = [State(client, self._states[client].clock, _GONE) for client in clients]
        for goodbye in goodbyes:
            self._forget(goodbye)
        return _encode(goodbyes) if goodbyes else None

    def everyone(self) -> bytes | None:
        """Return all states, for somebody who just came."""
        if not self._states:
            return None
        return _encode(State(client, it.clock, it.text) for client, it in self._states.items())

    def _take(self, owner: Hashable, entry: State, *, introduces: bool) -> State | None:
        known = self._states.get(entry.client)
        last = known.clock if known else self._left.get(entry.client, -1)
        if entry.text == _GONE:
            return self._take_goodbye(owner, entry, known)
        if entry.clock <= last or introduces:
            # Not newer: an echo of what we said ourselves, unless it is the owner's own word.
            repeats = known is not None and known.text == entry.text
            owns = known is not None and known.owner == owner and not repeats
            if not (introduces or owns):
                return None
            entry = entry._replace(clock=max(entry.clock, last) + 1)
        owned = self._owned.setdefault(owner, set())
        if entry.client not in owned and len(owned) >= MAX_STATES_PER_OWNER:
            return None
        _check_state(entry.text)
        if known is not None and known.owner != owner:
            self._owned[known.owner].discard(entry.client)
        owned.add(entry.client)
        self._left.pop(entry.client, None)
        self._states[entry.client] = _Known(entry.clock, entry.text, owner)
        return entry

    def _take_goodbye(self, owner: Hashable, entry: State, known: _Known | None) -> State | None:
        if known is None or known.owner != owner:
            return None
        goodbye = entry._replace(clock=max(entry.clock, known.clock))
        self._owned[owner].discard(entry.client)
        self._forget(goodbye)
        return goodbye

    def _forget(self, goodbye: State) -> None:
        del self._states[goodbye.client]
        self._left[goodbye.client] = goodbye.clock
        if len(self._left) > _REMEMBERED_LEAVERS:
            self._left.popitem(last=False)


def _read(update: bytes) -> Iterable[State]:
    reader = Reader(update)
    for _ in range(reader.uint()):
        yield State(reader.uint(), reader.uint(), reader.text())
    reader.finish()


def _encode(states: Iterable[State]) -> bytes:
    entries = [
        write_uint(state.client) + write_uint(state.clock) + write_text(state.text)
        for state in states
    ]
    return write_uint(len(entries)) + b"".join(entries)


def _check_state(text: str) -> None:
    """Refuse what would make the other clients' `JSON.parse` throw."""
    if len(text) > MAX_STATE_BYTES:
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
