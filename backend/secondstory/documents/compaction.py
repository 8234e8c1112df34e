"""Making an old log shorter: what one person wrote in one sitting becomes one row of it.

Every version of every passage stays as it is, with its number, writers, times and text; so does
what a room reads that asks for everything after a number. What goes is each single keystroke.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from secondstory.documents.replay import LoggedUpdate, passages_touched
from secondstory.documents.replica import merged
from secondstory.documents.updates import Contents, inspect
from secondstory.documents.versions import Version, versions_of
from secondstory.documents.wire import MalformedFrame

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """What one transaction does: rows are replaced by the last of them, up to a number."""

    until: int
    gone: list[int]
    kept: list["MergedRow"]


@dataclass(frozen=True)
class MergedRow:
    """Several rows as one: what stays is the number and the time of the last."""

    seq: int
    update: bytes
    began_at: datetime


@dataclass(slots=True)
class _Group:
    """Rows that may become one, as nothing in between builds upon them."""

    author: UUID | str
    sitting: frozenset[tuple[str, int]]
    """The versions that these rows are part of: passage, and the version's number."""
    rows: list[LoggedUpdate] = field(default_factory=list)
    passages: set[str] = field(default_factory=set)
    begins: dict[int, int] = field(default_factory=dict)
    """The first character of each Yjs client in these rows."""

    def add(self, row: LoggedUpdate, passages: frozenset[str], contents: Contents) -> None:
        self.rows.append(row)
        self.passages |= passages
        for run in contents.runs:
            self.begins[run.client] = min(run.start, self.begins.get(run.client, run.start))

    def holds_up(self, passages: frozenset[str], contents: Contents) -> bool:
        """Tell whether a row has to stay behind this group.

        It continues what a Yjs client of the group wrote, builds upon it, or shows in a passage
        of the group, whose versions would read differently without it.
        """
        return (
            not self.passages.isdisjoint(passages)
            or any(run.client in self.begins for run in contents.runs)
            or any(
                clock > self.begins.get(client, clock) for client, clock in contents.needs.items()
            )
        )


def plan(log: Sequence[LoggedUpdate], after: int, until: int, rows_a_step: int) -> list[Step]:
    """Return what to do with the rows after one number up to another, of a whole log."""
    touched = passages_touched(log, None)
    sittings = _sittings(log, touched, versions_of(log, touched))
    open_rows = [
        (row, passages, sitting)
        for row, passages, sitting in zip(log, touched, sittings, strict=True)
        if after < row.seq <= until
    ]
    return [
        _step(open_rows[start : start + rows_a_step])
        for start in range(0, len(open_rows), rows_a_step)
    ]


def _sittings(
    log: Sequence[LoggedUpdate],
    touched: Sequence[frozenset[str]],
    versions: Mapping[str, list[Version]],
) -> Iterator[frozenset[tuple[str, int]]]:
    """Yield which versions each row is part of."""
    reached: dict[str, int] = defaultdict(int)
    for row, passages in zip(log, touched, strict=True):
        for passage in passages:
            if versions[passage][reached[passage]].seq < row.seq:
                reached[passage] += 1
        yield frozenset((passage, reached[passage]) for passage in passages)


def _step(rows: Sequence[tuple[LoggedUpdate, frozenset[str], frozenset[tuple[str, int]]]]) -> Step:
    kept: list[MergedRow] = []
    gone: list[int] = []
    for group in _groups(rows):
        if len(group) == 1:
            continue
        update = _merged([row.update for row in group])
        if update is not None:
            kept.append(MergedRow(group[-1].seq, update, group[0].began_at))
            gone += [row.seq for row in group[:-1]]
    return Step(rows[-1][0].seq, gone, kept)


def _groups(
    rows: Sequence[tuple[LoggedUpdate, frozenset[str], frozenset[tuple[str, int]]]],
) -> Iterator[list[LoggedUpdate]]:
    """Sort rows into groups that can each move to the place of their last row.

    Moving a row back is safe as long as none of those it passes has to stay behind it.
    """
    groups: list[_Group] = []
    for row, passages, sitting in rows:
        contents = inspect(row.update)
        author = row.author_id or row.author_name
        own = None
        for group in list(groups):
            if sitting and group.author == author and group.sitting == sitting:
                own = group
            elif group.holds_up(passages, contents):
                groups.remove(group)
                yield group.rows
        if own is None:
            own = _Group(author, sitting)
            groups.append(own)
        own.add(row, passages, contents)
    yield from (group.rows for group in groups)


def _merged(updates: list[bytes]) -> bytes | None:
    """Make one update of several, if it is one that can be read back from the log."""
    update = merged(updates)
    try:
        inspect(update)
    except MalformedFrame:
        _logger.exception("Some updates stay as they are: merged they cannot be read")
        return None
    return update
