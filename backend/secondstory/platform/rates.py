"""How much one caller may ask of this process: a bucket of tokens each, filled steadily."""

import math
import time
from collections.abc import Callable, Hashable
from typing import NamedTuple

from secondstory.platform.problems import TooManyRequests


class Allowance(NamedTuple):
    """What is left to a caller."""

    name: str
    per_minute: int
    remaining: int
    full_in_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """Return it as the header fields of the IETF draft on rate limits."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.per_minute};w=60',
            "RateLimit": f'"{self.name}";r={self.remaining};t={self.full_in_seconds}',
        }


class Buckets:
    """One bucket a caller, for a minute's worth at once; kept in the memory of this process."""

    def __init__(
        self, name: str, per_minute: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_minute = per_minute
        self._name = name
        self._now = now
        self._left: dict[Hashable, tuple[float, float]] = {}

    def take(self, caller: Hashable) -> Allowance:
        """Take a token. Raises `TooManyRequests` (429) when there is none."""
        now, speed = self._now(), self.per_minute / 60
        left, at = self._left.get(caller, (float(self.per_minute), now))
        left = min(left + (now - at) * speed, float(self.per_minute))
        if left < 1:
            allowance = self._allowance(left)
            wait = math.ceil((1 - left) / speed)
            raise TooManyRequests(headers=allowance.headers | {"Retry-After": str(wait)})
        self._left[caller] = (left - 1, now)
        return self._allowance(left - 1)

    def _allowance(self, left: float) -> Allowance:
        missing = self.per_minute - left
        full_in = math.ceil(missing * 60 / self.per_minute)
        return Allowance(self._name, self.per_minute, int(left), full_in)
