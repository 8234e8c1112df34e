"""What has been told of an alert: short names of facts, and of firings that began and ended."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from secondstory.alerts.signals import CLOSED, INFERRED, OPENED, Fact, Member, Signal

# After so many an alert only counts its deliveries: a flapping check must not write a timeline
# of thousands of lines.
MAX_MARKS = 500
# An alert with this mark is listed with its incident, and no word of it goes into the timeline.
QUIET = "quiet"


def untold(facts: Sequence[Fact], marks: Sequence[str]) -> tuple[Fact, ...]:
    """Return the facts that are new, as far as there is room for more."""
    room = max(MAX_MARKS - len(marks), 0)
    return tuple(fact for fact in facts if fact.mark not in marks)[:room]


def add_marks(marks: tuple[str, ...], facts: Sequence[Fact], signal: Signal) -> tuple[str, ...]:
    """Add what is told now, and the members of a group that go untold."""
    stated = (
        member.opened_mark if member.firing else member.closed_mark for member in signal.members
    )
    known = set(marks)
    new = dict.fromkeys([*(fact.mark for fact in facts), *stated])
    added = [mark for mark in new if mark not in known]
    # The end of a known firing is always kept: without it the group would stay open for ever.
    ends = {_end(mark, CLOSED) for mark in marks if mark.startswith(OPENED)}
    room = max(MAX_MARKS - len(marks), 0)
    others = [mark for mark in added if mark not in ends][:room]
    return (*marks, *(mark for mark in added if mark in ends), *others)


def close_marks(marks: tuple[str, ...], moment: datetime | None) -> tuple[str, ...]:
    """End all firings that began by `moment`; all of them when it is not known."""
    over = [mark for mark in open_marks(marks) if moment is None or _since(mark) <= moment]
    return (*marks, *(_end(mark, INFERRED) for mark in over))


def open_marks(marks: Sequence[str]) -> list[str]:
    """Return the firings that have not ended."""
    known = set(marks)
    began = (mark for mark in marks if mark.startswith(OPENED))
    return [mark for mark in began if not _has_ended(mark, known)]


def fresh_members(signal: Signal, marks: Sequence[str]) -> list[Member]:
    """Return the members that fire and are not known to have ended."""
    known = set(marks)
    firing = (member for member in signal.members if member.firing)
    return [member for member in firing if not _has_ended(member.opened_mark, known)]


def _has_ended(opened_mark: str, known: Collection[str]) -> bool:
    return _end(opened_mark, CLOSED) in known or _end(opened_mark, INFERRED) in known


def _end(opened_mark: str, sign: str) -> str:
    return sign + opened_mark.removeprefix(OPENED)


def _since(opened_mark: str) -> datetime:
    """Return when the firing began that a member's mark names."""
    return datetime.fromtimestamp(int(opened_mark.rpartition("@")[2]) / 1000, tz=UTC)
