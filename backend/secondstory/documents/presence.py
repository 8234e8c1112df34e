"""Who is here: the awareness states of a room, each owned by the socket that announced it."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from secondstory.documents.states import (
    GONE,
    State,
    check_state,
    encode,
    encode_in_parts,
    read_states,
)
from secondstory.platform import clock

MAX_STATES_PER_OWNER: Final = 16
_REMEMBERED_LEAVERS = 4096
# So many moves may be on their way to their own mover at once.
_REMEMBERED_ECHOES = 8
# Far beyond the time of day in milliseconds, far below what lib0 can read.
_LAST_CLOCK: Final = 2**48


class Urgency(IntEnum):
    """How soon others should hear of it."""

    NOTHING = 0
    RENEWAL = 1
    NEWS = 2


class _Source(NamedTuple):
    """Who says something, and how."""

    owner: Hashable
    introduces: bool = False
    """It is the first that is heard from there."""
    is_process: bool = False
    """Another process, that speaks for all who are in it."""


@dataclass(slots=True)
class _Known:
    text: str
    owner: Hashable
    told_clock: int
    """The clock it has for everybody who was here when it last changed."""
    clock: int
    """The highest clock it was ever shown with."""
    told_at: int
    """When it was news, in milliseconds."""
    before: tuple[tuple[int, str], ...] = ()
    """What it was told as before, newest last: clocks and texts."""


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
        # The same for other processes, which hear only of who is in this one.
        self._unrelayed: dict[int, State] = {}

    def announce(self, owner: Hashable, update: bytes) -> Urgency:
        """Take in an awareness update; tell how soon the room should hear of it.

        Raises `MalformedFrame`; the owner is to be sent away then.
        """
        entries = list(read_states(update))
        # The first frame of a y-websocket client is about itself alone.
        introduces = owner not in self._owned and len(entries) == 1
        urgency, news = self._take_all(_Source(owner, introduces), entries)
        self._unrelayed.update(news)
        return urgency

    def announce_relayed(self, owner: Hashable, update: bytes) -> Urgency:
        """Take in what another process has let pass."""
        return self._take_all(_Source(owner, is_process=True), read_states(update))[0]

    def leave(self, owner: Hashable) -> Urgency:
        """Forget what an owner announced; the others are to hear of it."""
        clients = self._owned.pop(owner, set())
        for client in clients:
            goodbye = State(client, self._states[client].clock, GONE)
            self._forget(goodbye)
            self._untold[client] = self._unrelayed[client] = goodbye
        return Urgency.NEWS if clients else Urgency.NOTHING

    def renew(self, owners: Iterable[Hashable], after_seconds: float) -> Urgency:
        """Say again who is here, for owners who have not done so for a while.

        Clients forget who is not renewed for 30 s, and take silence for a lost connection; but
        browsers let a hidden page speak only once a minute. Its socket is alive: so is the person.
        """
        now = self._milliseconds()
        clients = [client for owner in owners for client in self._owned.get(owner, ())]
        old = [it for it in clients if now - self._states[it].told_at >= after_seconds * 1000]
        for client in old:
            known = self._states[client]
            known.clock = known.told_clock = known.clock + 1
            known.told_at = now
            renewed = State(client, known.clock, known.text)
            self._untold[client] = self._unrelayed[client] = renewed
        return Urgency.RENEWAL if old else Urgency.NOTHING

    def forget_silent(self, owners: Collection[Hashable], after_seconds: float) -> Urgency:
        """Forget whom none of the owners announced and nobody has spoken of for a while.

        They are in other processes, whose goodbye may have got lost.
        """
        since = self._milliseconds() - after_seconds * 1000
        silent = [
            State(client, it.clock, GONE)
            for client, it in self._states.items()
            if it.told_at < since and it.owner not in owners
        ]
        for goodbye in silent:
            self._owned[self._states[goodbye.client].owner].discard(goodbye.client)
            self._forget(goodbye)
            self._untold[goodbye.client] = goodbye
        return Urgency.NEWS if silent else Urgency.NOTHING

    @property
    def has_news(self) -> bool:
        """Tell whether there is something that the room has not been told."""
        return bool(self._untold)

    def take_news(self) -> bytes:
        """Hand over what the room is to be told: the newest of each client as one update."""
        news, self._untold = self._untold, {}
        return encode(news.values())

    def take_unrelayed(self) -> list[bytes]:
        """Hand over what other processes are to be told, in updates of bounded size."""
        unrelayed, self._unrelayed = self._unrelayed, {}
        return encode_in_parts(unrelayed.values())

    def owned_by(self, owners: Iterable[Hashable]) -> list[bytes]:
        """Return the states of some owners, in updates of bounded size."""
        clients = [client for owner in owners for client in self._owned.get(owner, ())]
        known = ((client, self._states[client]) for client in clients)
        return encode_in_parts(State(client, it.clock, it.text) for client, it in known)

    def everyone(self) -> bytes | None:
        """Return all states, for somebody who just came."""
        for known in self._states.values():
            known.clock = self._later_than(known.clock)
        states = [State(client, it.clock, it.text) for client, it in self._states.items()]
        return encode(states) if states else None

    def _take_all(
        self, source: _Source, entries: Iterable[State]
    ) -> tuple[Urgency, dict[int, State]]:
        urgency, news = Urgency.NOTHING, dict[int, State]()
        for entry in entries:
            known = self._states.get(entry.client)
            if (taken := self._take(source, entry)) is None:
                continue
            news[taken.client] = taken
            is_renewal = known is not None and known.text == taken.text
            urgency = max(urgency, Urgency.RENEWAL if is_renewal else Urgency.NEWS)
        self._untold.update(news)
        return urgency, news

    def _take(self, source: _Source, entry: State) -> State | None:
        if entry.clock > _LAST_CLOCK:
            # We count on from a clock and everybody repeats it to us: it has to stay readable.
            return None
        owner = source.owner
        known = self._states.get(entry.client)
        if entry.text == GONE:
            return self._take_goodbye(owner, entry, known)
        last = known.clock if known else self._left.get(entry.client, -1)
        if source.introduces:
            entry = entry._replace(clock=self._later_than(max(entry.clock, last)))
        elif source.is_process if known is None else known.owner == owner:
            if known and known.text == entry.text and entry.clock <= known.told_clock:
                return None  # it has heard of its new clock
            if known and (entry.clock, entry.text) in known.before:
                # A stock client repeats what it hears of itself, also when it has moved on since.
                return None
            # A process knows who is with it, also where they were taken for gone by mistake.
            entry = entry._replace(clock=max(entry.clock, last + 1))
        elif entry.clock <= last:
            return None  # an echo
        return self._keep(source, entry, known)

    def _keep(self, source: _Source, entry: State, known: _Known | None) -> State | None:
        owner = source.owner
        owned = self._owned.setdefault(owner, set())
        is_full = len(owned) >= MAX_STATES_PER_OWNER and not source.is_process
        if is_full and entry.client not in owned:
            return None
        check_state(entry.text)
        if known is not None:
            self._owned[known.owner].discard(entry.client)
        owned.add(entry.client)
        self._left.pop(entry.client, None)
        before: tuple[tuple[int, str], ...] = ()
        if known is not None:
            before = (*known.before[-_REMEMBERED_ECHOES:], (known.told_clock, known.text))
        self._states[entry.client] = _Known(
            entry.text, owner, entry.clock, entry.clock, self._milliseconds(), before
        )
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
