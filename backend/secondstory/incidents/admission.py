"""The door of the live channel: how many may come in, and how fast. Each process counts its own."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class DoorLimits:
    """Docs: docs/decisions/0004-live-channel.md."""

    unknown: int = 1024
    """Sockets that have not yet proven who they are; more are turned away unheard."""
    unknown_seconds: float = 10.0
    """So long may proving it take, the database included."""
    sockets_per_person: int = 64
    joins_per_minute: int = 60
    joins_at_once: int = 120
    """Reloading like mad, or a network that comes and goes, is nobody's fault."""


class Crowded(Exception):
    """So many wait to be known that nobody else can."""


class TooMany(Exception):
    """Somebody is here too often, or comes too often; the text says which."""


class Door:
    """Counts who waits, who is in, and who came lately. Costs nothing for who is none of these."""

    def __init__(
        self, limits: DoorLimits | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits = limits or DoorLimits()
        self._unknown = 0
        self._inside: Counter[str] = Counter()
        self._joins = _Allowance(self.limits.joins_at_once, self.limits.joins_per_minute, seconds)

    @contextmanager
    def unknown(self) -> Iterator[None]:
        """Count somebody while it is found out who they are. Raises `Crowded`."""
        if self._unknown >= self.limits.unknown:
            raise Crowded
        self._unknown += 1
        try:
            yield
        finally:
            self._unknown -= 1

    @contextmanager
    def inside(self, person: str) -> Iterator[None]:
        """Count somebody for as long as they are in. Raises `TooMany`."""
        if self._inside[person] >= self.limits.sockets_per_person:
            msg = "you have too many connections open"
            raise TooMany(msg)
        if not self._joins.take(person):
            msg = "you came back too often in too short a time"
            raise TooMany(msg)
        self._inside[person] += 1
        try:
            yield
        finally:
            self._inside[person] -= 1
            if not self._inside[person]:
                del self._inside[person]


class _Left(NamedTuple):
    joins: float
    at: float


class _Allowance:
    """A token bucket for each person. One that is full again is forgotten."""

    def __init__(self, at_once: int, per_minute: int, seconds: Callable[[], float]) -> None:
        self._at_once = at_once
        self._per_second = per_minute / 60
        self._seconds = seconds
        # In the order of last use: whatever is full again stands in front.
        self._left: OrderedDict[str, _Left] = OrderedDict()

    def take(self, person: str) -> bool:
        """Take one, if there is one."""
        now = self._seconds()
        self._forget(now)
        left = self._left.pop(person, _Left(self._at_once, now))
        joins = min(self._at_once, left.joins + (now - left.at) * self._per_second)
        allowed = joins >= 1
        self._left[person] = _Left(joins - allowed, now)
        return allowed

    def _forget(self, now: float) -> None:
        refilled_before = now - self._at_once / self._per_second
        while self._left:
            person, left = next(iter(self._left.items()))
            if left.at > refilled_before:
                return
            del self._left[person]
