"""Reading the log again: which passages each update changed, and how they read at any number."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pycrdt import Doc, Text

from secondstory.documents.text import open_document


class LoggedUpdate(NamedTuple):
    """One row of the log: an update, or several of one author that were merged."""

    seq: int
    update: bytes
    author_id: UUID | None
    author_name: str
    at_once: bool
    """Written as a whole, by a request."""
    began_at: datetime
    stored_at: datetime


class Point(NamedTuple):
    """A passage as of a number of the log; 0 is before anything was written."""

    seq: int
    passage: str


def passages_touched(log: Sequence[LoggedUpdate], passage: str | None) -> list[frozenset[str]]:
    """Return for each update the passages it changed, of all passages or of just one."""
    names = list(open_document(row.update for row in log).keys()) if passage is None else [passage]
    doc: Doc[Text] = Doc()
    touched: set[str] = set()
    # Below pycrdt's own events: those describe every change, at the cost of reading the whole text.
    subscriptions = [
        doc.get(name, type=Text).integrated.observe(_noting(name, touched)) for name in names
    ]
    result: list[frozenset[str]] = []
    for row in log:
        doc.apply_update(row.update)
        result.append(frozenset(touched))
        touched.clear()
    for subscription in subscriptions:
        subscription.drop()
    return result


def texts_at(log: Iterable[LoggedUpdate], points: Collection[Point]) -> Mapping[Point, str]:
    """Return how passages read at several points."""
    doc: Doc[Text] = Doc()
    texts: dict[Point, str] = {}
    rows = iter(log)
    row = next(rows, None)
    for point in sorted(points):
        with doc.transaction():
            while row is not None and row.seq <= point.seq:
                doc.apply_update(row.update)
                row = next(rows, None)
        texts[point] = str(doc.get(point.passage, type=Text))
    return texts


def _noting(name: str, touched: set[str]) -> Callable[[Any], None]:
    return lambda _event: touched.add(name)
