"""Versions of passages: what was written in one sitting, by one person or by several in turns."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from secondstory.documents.replay import LoggedUpdate

# Somebody who goes on after a longer pause begins a new sitting.
PAUSE: Final = timedelta(minutes=5)
# However long people write without a pause, nobody has to go back further than this.
LONGEST: Final = timedelta(minutes=30)


class Writer(NamedTuple):
    """Who wrote; without an id and a name it is the server, which empties what is deleted."""

    id: UUID | None
    name: str


@dataclass(slots=True)
class Version:
    """A passage after one sitting. Versions of a passage follow on each other without overlap."""

    passage: str
    seq: int
    """The last update of the sitting: the text as of this number is the version's text."""
    previous_seq: int
    """The version before; 0 when there is none."""
    began_at: datetime
    ended_at: datetime
    at_once: bool
    """One whole edit by a request. It is no part of a sitting, and ends the one before it."""
    last_seen: dict[UUID | str, datetime]
    writers: list[Writer]


def versions_of(
    log: Iterable[LoggedUpdate], touched: Iterable[Collection[str]]
) -> dict[str, list[Version]]:
    """Return the versions of each passage, oldest first.

    People who take turns within the pause share a version: one for each keystroke of two people
    who write together would tell nothing, and would put words into the wrong mouth.
    """
    versions: dict[str, list[Version]] = defaultdict(list)
    for row, passages in zip(log, touched, strict=True):
        for passage in passages:
            _add(versions[passage], passage, row)
    return versions


def _add(versions: list[Version], passage: str, row: LoggedUpdate) -> None:
    writer = Writer(row.author_id, row.author_name)
    who = writer.id or writer.name
    sitting = None if row.at_once else _sitting_of(versions, who, row.began_at)
    if sitting is None:
        previous_seq = versions[-1].seq if versions else 0
        version = Version(
            *(passage, row.seq, previous_seq, row.began_at, row.stored_at, row.at_once), {}, []
        )
        versions.append(version)
    else:
        version = versions[sitting]
        _absorb(version, versions[sitting + 1 :])
        del versions[sitting + 1 :]
    version.seq = row.seq
    version.ended_at = max(version.ended_at, row.stored_at)
    _note(version, writer, row.stored_at)


def _sitting_of(versions: list[Version], who: UUID | str, at: datetime) -> int | None:
    """Return the version that somebody was writing in a moment ago, if there is one."""
    for index in reversed(range(len(versions))):
        version = versions[index]
        if version.at_once or at - version.ended_at > PAUSE:
            return None
        if who in version.last_seen:
            goes_on = at - version.last_seen[who] <= PAUSE and at - version.began_at <= LONGEST
            return index if goes_on else None
    return None


def _absorb(version: Version, others: Iterable[Version]) -> None:
    for other in others:
        version.ended_at = max(version.ended_at, other.ended_at)
        for writer in other.writers:
            _note(version, writer, other.last_seen[writer.id or writer.name])


def _note(version: Version, writer: Writer, at: datetime) -> None:
    who = writer.id or writer.name
    if who not in version.last_seen:
        version.writers.append(writer)
    version.last_seen[who] = max(at, version.last_seen.get(who, at))
