"""Who is here: the awareness states of a room, each owned by the socket that announced it."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from secondstory.documents.wire import MalformedFrame, Reader, write_text, write_uint
from secondstory.platform import clock

MAX_STATE_BYTES: Final = 8 * 1024
MAX_STATES_PER_OWNER: Final = 16
_REMEMBERED_LEAVERS = 4096
_GONE = "null"


class State(NamedTuple):
    """One entry of an awareness update. A state of `null` says goodbye."""

    client: int
    clock: int
    text: str


class Urgency(IntEnum):
    """How soon others should hear of it."""

    NOTHING = 0
    RENEWAL = 1
    NEWS = 2


@dataclass(slots=True)
class _Known:
    text: str
    owner: Hashable
    told_clock: int
    """The clock it has for everybody who was here when it last changed."""
    clock: int
    """The highest clock it was ever shown with."""


class Presence:
    """Keeps what y-protocols' Awareness keeps, with owners, so that leaving takes effect at once.

    A client ignores states whose clock it knows, and remembers clocks for longer than states: on
    both sides of a reconnect people would miss each other until the next renewal, 15 s later. So
    what is said at the door, by the newcomer and to the newcomer, gets a clock of its own from the
    time of day: later than any before, here, before a restart, or on another process. Its owner
    hears of it, and counts on from there.

    Clients also repeat to us what we told them of others. Only news goes on: from the owner, or
    newer than all we know.
    """

    def __init__(self, milliseconds: Callable[[], int] | None = None) -> None:
        self._milliseconds = milliseconds or _milliseconds
        self._states: dict[int, _Known] = {}
        self._left: OrderedDict[int, int] = OrderedDict()
        self._owned: dict[Hashable, set[int]] = {}
        # What the room has not been told yet; of each client only the newest.
        self._untold: dict[int, State] = {}

    def announce(self, owner: Hashable, update: bytes) -> Urgency:
        """Take in an awareness update; tell how soon the room should hear of it.

        Raises `MalformedFrame`; the owner is to be sent away then.
        """
        entries = list(_read(update))
        # The first frame of a y-websocket client is about itself alone.
        introduces = owner not in self._owned and len(entries) == 1
        urgency = Urgency.NOTHING
        for entry in entries:
            known = self._states.get(entry.client)
            taken = self._take(owner, entry, introduces=introduces)
            if taken is None:
                continue
            self._untold[taken.client] = taken
            is_renewal = known is not None and known.text == taken.text
            urgency = max(urgency, Urgency.RENEWAL if is_renewal else Urgency.NEWS)
        return urgency

    def leave(self, owner: Hashable) -> Urgency:
        """Forget what an owner announced; the others are to hear of it."""
        clients = self._owned.pop(owner, set())
        for client in clients:
            goodbye = State(client, self._states[client].clock, _GONE)
            self._forget(goodbye)
            self._untold[client] = goodbye
        return Urgency.NEWS if clients else Urgency.NOTHING

    @property
    def has_news(self) -> bool:
        """Tell whether there is something that the room has not been told."""
        return bool(self._untold)

    def take_news(self) -> bytes:
        """Hand over what the room is to be told: the newest of each client as one update."""
        news, self._untold = self._untold, {}
        return _encode(news.values())

    def everyone(self) -> bytes | None:
        """Return all states, for somebody who just came."""
        for known in self._states.values():
            known.clock = self._later_than(known.clock)
        states = [State(client, it.clock, it.text) for client, it in self._states.items()]
        return _encode(states) if states else None

    def _take(self, owner: Hashable, entry: State, *, introduces: bool) -> State | None:
        known = self._states.get(entry.client)
        if entry.text == _GONE:
            return self._take_goodbye(owner, entry, known)
        last = known.clock if known else self._left.get(entry.client, -1)
        if introduces:
            entry = entry._replace(clock=self._later_than(max(entry.clock, last)))
        elif known is not None and known.owner == owner:
            if known.text == entry.text and entry.clock <= known.told_clock:
                return None  # it has heard of its new clock
            entry = entry._replace(clock=max(entry.clock, last + 1))
        elif entry.clock <= last:
            return None  # an echo
        return self._keep(owner, entry, known)

    def _keep(self, owner: Hashable, entry: State, known: _Known | None) -> State | None:
        owned = self._owned.setdefault(owner, set())
        if entry.client not in owned and len(owned) >= MAX_STATES_PER_OWNER:
            return None
        _check_state(entry.text)
        if known is not None:
            self._owned[known.owner].discard(entry.client)
        owned.add(entry.client)
        self._left.pop(entry.client, None)
        self._states[entry.client] = _Known(entry.text, owner, entry.clock, entry.clock)
        return entry

    def _later_than(self, clock: int) -> int:
        return max(clock + 1, self._milliseconds())

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


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)


def _read(update: bytes) -> Iterable[State]:
    reader = Reader(update)
    for _ in range(reader.uint()):
        yield State(reader.uint(), reader.uint(), reader.text())
    reader.finish()


def _encode(states: Collection[State]) -> bytes:
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
