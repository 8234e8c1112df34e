"""The history of a document's passages: who wrote when, how it read then, what differs."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple, TypeVar

from secondstory.documents.diff import Piece, Size, compare, size_of_change
from secondstory.documents.replay import LoggedUpdate, Point, passages_touched, texts_at
from secondstory.documents.versions import Version, Writer, versions_of

_Answer = TypeVar("_Answer")
# One replay at a time in each process: 100,000 updates take a second of one core, and others want
# to type meanwhile. pycrdt's documents live and end within one call, as they are bound to
# their thread.
_REPLAYS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")


class VersionRow(NamedTuple):
    """One version, with how much it changed of the one before."""

    passage: str
    seq: int
    previous_seq: int
    began_at: datetime
    ended_at: datetime
    writers: list[Writer]
    size: Size


async def list_versions(
    log: Sequence[LoggedUpdate], passage: str | None, before: Point | None, limit: int
) -> list[VersionRow]:
    """Return versions of one passage, or of all, newest first, at most `limit` before a point."""
    return await _in_thread(partial(newest_versions, log, passage, before, limit))


async def read_text(log: Sequence[LoggedUpdate], point: Point) -> str:
    """Return how a passage read at a number of the log."""
    return await _in_thread(lambda: texts_at(log, [point])[point])


async def compare_versions(
    log: Sequence[LoggedUpdate], passage: str, from_seq: int, to_seq: int
) -> list[Piece]:
    """Return what differs between how a passage read at two numbers of the log."""
    return await _in_thread(
        partial(_compare, log, Point(from_seq, passage), Point(to_seq, passage))
    )


def newest_versions(
    log: Sequence[LoggedUpdate], passage: str | None, before: Point | None, limit: int
) -> list[VersionRow]:
    """Do what `list_versions` does, in the thread at hand."""
    by_passage = versions_of(log, passages_touched(log, passage))
    newest_first = sorted(
        (version for versions in by_passage.values() for version in versions),
        key=_point_after,
        reverse=True,
    )
    wanted = [
        version for version in newest_first if before is None or _point_after(version) < before
    ][:limit]
    points = {
        point for version in wanted for point in (_point_before(version), _point_after(version))
    }
    texts = texts_at(log, points)
    return [
        VersionRow(
            *(version.passage, version.seq, version.previous_seq),
            *(version.began_at, version.ended_at),
            [writer for writer in version.writers if writer.name],
            size_of_change(texts[_point_before(version)], texts[_point_after(version)]),
        )
        for version in wanted
    ]


def _compare(log: Sequence[LoggedUpdate], older: Point, newer: Point) -> list[Piece]:
    texts = texts_at(log, {older, newer})
    return compare(texts[older], texts[newer])


def _point_before(version: Version) -> Point:
    return Point(version.previous_seq, version.passage)


def _point_after(version: Version) -> Point:
    return Point(version.seq, version.passage)


async def _in_thread(work: Callable[[], _Answer]) -> _Answer:
    return await asyncio.get_running_loop().run_in_executor(_REPLAYS, work)
