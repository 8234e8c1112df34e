"""A bucket for each caller: a minute's worth at once, then as fast as it fills."""

import pytest

from secondstory.platform.problems import TooManyRequests
from secondstory.platform.rates import Buckets


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    buckets = Buckets("source", 6, clock)
    assert [buckets.take("a").remaining for _ in range(6)] == [5, 4, 3, 2, 1, 0]
    with pytest.raises(TooManyRequests) as refused:
        buckets.take("a")
    assert refused.value.headers == {
        "RateLimit-Policy": '"source";q=6;w=60',
        "RateLimit": '"source";r=0;t=60',
        "Retry-After": "10",
    }
    clock.now += 10
    assert buckets.take("a").remaining == 0
    clock.now += 3600
    assert buckets.take("a").headers["RateLimit"] == '"source";r=5;t=10'


def test_callers_have_buckets_of_their_own() -> None:
    buckets = Buckets("source", 1, Clock())
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(TooManyRequests):
        buckets.take("a")
