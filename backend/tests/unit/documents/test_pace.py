import asyncio
from collections.abc import Callable

import pytest

from secondstory.documents.pace import Pace


class Clock:
    """The loop's clock and timers, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.003
        self.timers: dict[asyncio.TimerHandle, tuple[float, Callable[[], None]]] = {}

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, work: Callable[[], None]) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(when, work, (), asyncio.get_event_loop())
        self.timers[handle] = (when, work)
        return handle

    def move(self, to: float) -> None:
        for handle, (when, work) in sorted(self.timers.items(), key=lambda item: item[1][0]):
            if when <= to + 1e-9 and handle in self.timers:
                del self.timers[handle]
                self.now = when
                if not handle.cancelled():
                    work()
        self.now = to


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: clock)
    return clock


def new_pace(clock: Clock) -> tuple[Pace, list[float]]:
    done: list[float] = []
    return Pace(0.02, lambda: done.append(round(clock.now, 3))), done


async def test_quiet_work_is_done_at_once(clock: Clock) -> None:
    pace, done = new_pace(clock)
    pace.ask()
    clock.move(100.1)
    pace.ask()
    assert done == [100.003, 100.1]


async def test_busy_work_is_done_with_the_beat(clock: Clock) -> None:
    pace, done = new_pace(clock)
    for at in (100.003, 100.005, 100.017, 100.021, 100.036, 100.05, 100.07):
        clock.move(at)
        pace.ask()
    clock.move(101)
    assert done == [100.003, 100.02, 100.04, 100.06, 100.08]


async def test_rooms_share_their_beats(clock: Clock) -> None:
    paces = [new_pace(clock) for _ in range(3)]
    for at in (100.003, 100.006, 100.009):
        clock.move(at)
        for pace, _ in paces:
            pace.ask()
    clock.move(101)
    assert [done for _, done in paces] == [[100.003, 100.02]] * 3


async def test_what_can_wait_goes_along_with_what_cannot(clock: Clock) -> None:
    pace, done = new_pace(clock)
    pace.ask(after_seconds=2)
    clock.move(100.5)
    pace.ask()
    clock.move(103)
    assert done == [100.5]
    pace.ask(after_seconds=2)
    clock.move(106)
    assert done == [100.5, 105.0]


async def test_a_pace_that_is_stopped_forgets(clock: Clock) -> None:
    pace, done = new_pace(clock)
    pace.ask(after_seconds=1)
    pace.stop()
    clock.move(103)
    assert done == []


async def test_without_beats_everything_is_done_at_once(clock: Clock) -> None:
    done: list[float] = []
    pace = Pace(0, lambda: done.append(clock.now))
    for _ in range(3):
        pace.ask()
    assert len(done) == 3
