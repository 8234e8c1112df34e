"""Differences read well, and both sides can be put together again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.documents.diff import Op, Piece, compare, size_of_change

_TEXTS = st.lists(st.sampled_from(["a", "bc", "d", " ", "  ", "\n", ".", "ü", "😀"])).map("".join)


@given(_TEXTS, _TEXTS)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.op is not Op.ADD) == old
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVE) == new
    assert all(piece.text for piece in pieces)
    neighbours = pairwise(pieces)
    assert all(one.op is not other.op for one, other in neighbours)


@given(_TEXTS, _TEXTS)
def test_what_was_added_and_removed_makes_up_the_difference_in_length(old: str, new: str) -> None:
    added, removed = size_of_change(old, new)

    assert added - removed == len(new) - len(old)
    assert (added, removed) == (0, 0) or old != new


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("same", "same", [Piece(Op.KEEP, "same")]),
        ("", "new", [Piece(Op.ADD, "new")]),
        ("old", "", [Piece(Op.REMOVE, "old")]),
        (
            "the disk was full",
            "the queue was full",
            [
                Piece(Op.KEEP, "the "),
                Piece(Op.REMOVE, "disk"),
                Piece(Op.ADD, "queue"),
                Piece(Op.KEEP, " was full"),
            ],
        ),
        (
            "for 40 minutes, x1",
            "for 43 minutes, x",
            [
                Piece(Op.KEEP, "for "),
                Piece(Op.REMOVE, "40"),
                Piece(Op.ADD, "43"),
                Piece(Op.KEEP, " minutes, "),
                Piece(Op.REMOVE, "x1"),
                Piece(Op.ADD, "x"),
            ],
        ),
        (
            "we saw high load",
            "we noticed low load",
            [
                Piece(Op.KEEP, "we "),
                Piece(Op.REMOVE, "saw high"),
                Piece(Op.ADD, "noticed low"),
                Piece(Op.KEEP, " load"),
            ],
        ),
    ],
)
def test_words_are_the_unit(old: str, new: str, pieces: list[Piece]) -> None:
    assert compare(old, new) == pieces
