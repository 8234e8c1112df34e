"""Who is in a live channel, and what lets them be there: they ask anew when it may have moved."""

import asyncio
import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

# The safety net: a notification may be missed, a sign-in or a token may simply run out.
ASK_AGAIN_SECONDS: Final = 60.0
# Asking costs a database connection for a moment, of which requests have few.
_AT_ONCE: Final = 4


class Visit:
    """One person in one channel."""

    def __init__(self, depends_on: Collection[UUID]) -> None:
        self.depends_on = frozenset(depends_on)
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def due(self) -> None:
        """Wait until it is time to ask: at once when woken, else within the time of the net."""
        # Everybody comes at once after a restart; they need not ask at once ever after.
        seconds = ASK_AGAIN_SECONDS * random.uniform(0.5, 1)  # noqa: S311 - no secret
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()


class Watch:
    """All visits of this process, to be woken by what they depend on."""

    def __init__(self) -> None:
        self.slots = asyncio.Semaphore(_AT_ONCE)
        self.heard = 0
        """How often something was heard; who came in meanwhile asks once more."""
        self._visits: set[Visit] = set()

    @contextmanager
    def over(self, depends_on: Collection[UUID], heard: int) -> Iterator[Visit]:
        """Watch over a visit that was let in when so much had been heard."""
        visit = Visit(depends_on)
        if heard != self.heard:
            visit.wake()
        self._visits.add(visit)
        try:
            yield visit
        finally:
            self._visits.discard(visit)

    def wake(self, about: UUID) -> None:
        """Have everybody ask again who is there because of this person, token or incident."""
        self.heard += 1
        for visit in self._visits:
            if about in visit.depends_on:
                visit.wake()

    def wake_all(self) -> None:
        """Have everybody ask again: something may have gone by unheard."""
        self.heard += 1
        for visit in self._visits:
            visit.wake()
