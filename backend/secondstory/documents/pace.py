"""When a room works: at once while it is quiet, with all that has come at each beat when busy."""

import asyncio
from collections.abc import Callable
from math import inf


class Pace:
    """Does some work at most once a beat.

    Beats are the same for all rooms of a process, so that what busy rooms have to store goes to the
    database together.
    """

    def __init__(self, beat_seconds: float, work: Callable[[], None]) -> None:
        self._beat_seconds = beat_seconds
        self._work = work
        self._quiet_at = 0.0
        self._due = inf
        self._timer: asyncio.Handle | None = None

    def ask(self, after_seconds: float = 0.0) -> None:
        """Have the work done: now after a beat of quiet, else with the next beat."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if after_seconds == 0 and now >= self._quiet_at:
            self._do()
            return
        due = self._next_beat(now + after_seconds)
        if due < self._due:
            self.stop()
            self._due = due
            self._timer = loop.call_at(due, self._do)

    def stop(self) -> None:
        """Forget what was asked for."""
        self._due = inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _do(self) -> None:
        # A timer may come a little early: that is the beat it was meant for.
        now = max(asyncio.get_running_loop().time(), min(self._due, self._quiet_at))
        self.stop()
        self._quiet_at = self._next_beat(now) + self._beat_seconds
        self._work()

    def _next_beat(self, time: float) -> float:
        if self._beat_seconds == 0:
            return time
        return (time // self._beat_seconds + 1) * self._beat_seconds
