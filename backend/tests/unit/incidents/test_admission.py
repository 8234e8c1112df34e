"""The door of the live channel, with a clock of our own."""

from contextlib import ExitStack

import pytest

from secondstory.incidents.admission import Crowded, Door, DoorLimits, TooMany

LIMITS = DoorLimits(unknown=2, sockets_per_person=3, joins_per_minute=60, joins_at_once=5)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def come_and_go(door: Door, person: str) -> bool:
    try:
        with door.inside(person):
            return True
    except TooMany:
        return False


def test_only_so_many_may_be_unknown_at_once() -> None:
    door = Door(LIMITS)
    for _ in range(3):
        with door.unknown(), door.unknown(), pytest.raises(Crowded), door.unknown():
            pass


def test_only_so_many_sockets_for_each() -> None:
    door = Door(LIMITS)
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(door.inside("Ada"))
        with pytest.raises(TooMany, match="connections"):
            stack.enter_context(door.inside("Ada"))
        stack.enter_context(door.inside("Grace"))
    assert come_and_go(door, "Ada")


def test_coming_again_and_again_is_fine_until_it_is_too_much() -> None:
    seconds = Clock()
    door = Door(LIMITS, seconds)
    assert [come_and_go(door, "Ada") for _ in range(7)] == [True] * 5 + [False] * 2
    assert come_and_go(door, "Grace")
    seconds.now += 1
    assert [come_and_go(door, "Ada") for _ in range(2)] == [True, False]
    seconds.now += 1000
    assert [come_and_go(door, "Ada") for _ in range(6)] == [True] * 5 + [False]


def test_being_turned_away_costs_nothing_more() -> None:
    seconds = Clock()
    door = Door(LIMITS, seconds)
    came = 0
    for _ in range(600):
        came += come_and_go(door, "Ada")
        seconds.now += 0.1
    assert 60 <= came <= 66


def test_who_is_away_is_forgotten() -> None:
    seconds = Clock()
    door = Door(LIMITS, seconds)
    for number in range(1000):
        come_and_go(door, f"person {number}")
        seconds.now += 0.01
    assert len(door._joins._left) <= 502
    seconds.now += 10
    come_and_go(door, "Ada")
    assert list(door._joins._left) == ["Ada"]
    assert not door._inside
