"""What differs between two texts, word by word, for people to read."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from secondstory.documents.text import edits


class Op(StrEnum):
    KEEP = "keep"
    ADD = "add"
    REMOVE = "remove"


class Piece(NamedTuple):
    """A stretch of text that both sides have, or only the newer (add), or the older (remove)."""

    op: Op
    text: str


class Size(NamedTuple):
    """How many characters one text has that the other has not."""

    added: int
    removed: int


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces of two texts in order, a removal before the addition in its place.

    What is kept or removed reads as the old text, what is kept or added as the new one.
    """
    return list(_tidied(_pieces(old, new)))


def size_of_change(old: str, new: str) -> Size:
    """Count the characters that were added and removed on the way from one text to another."""
    added = removed = 0
    for edit in edits(old, new, whole_words=True):
        added += len(edit.text)
        removed += edit.end - edit.start
    return Size(added, removed)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    at = 0
    for edit in edits(old, new, whole_words=True):
        yield Piece(Op.KEEP, old[at : edit.start])
        yield Piece(Op.REMOVE, old[edit.start : edit.end])
        yield Piece(Op.ADD, edit.text)
        at = edit.end
    yield Piece(Op.KEEP, old[at:])


def _tidied(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours. A lone space between two changed words reads as changed along with them."""
    removed = added = space = ""
    for op, text in pieces:
        if op is Op.REMOVE:
            removed, added, space = removed + space + text, added + space, ""
        elif op is Op.ADD:
            added += text
        elif text.isspace() and (removed or added) and "\n" not in text:
            space = text
        elif text:
            yield from _changed(removed, added)
            yield Piece(Op.KEEP, space + text)
            removed = added = space = ""
    yield from _changed(removed, added)
    if space:
        yield Piece(Op.KEEP, space)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Op.REMOVE, removed)
    if added:
        yield Piece(Op.ADD, added)
