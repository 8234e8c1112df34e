"""Cursors: what they carry comes back, and nothing else gets through."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.platform.pages import PageRequest, cut, encode_cursor, get_page_request
from secondstory.platform.problems import Invalid

instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds


@given(instants, st.uuids(), st.integers(0, 2**63 - 1), st.dates(), st.text("abc-:äö", max_size=9))
async def test_a_key_comes_back(
    at: datetime, row: UUID, number: int, day: date, words: str
) -> None:
    cursor = encode_cursor(at, row, number, day, words)
    page = await get_page_request(cursor=cursor)
    assert page.bound(datetime, UUID, int, date, str) == (at, row, number, day, words)
    assert all(sign.isalnum() or sign in "-_" for sign in cursor)


@given(st.text(max_size=60))
async def test_anything_else_is_refused_or_fits(cursor: str) -> None:
    with suppress(Invalid):
        page = await get_page_request(cursor=cursor)
        assert page.bound(datetime, UUID) is not None


@pytest.mark.parametrize(
    "key",
    [
        (),
        ("x",),
        ("2020-12-23T14:02:00", "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"),
        ("0001-01-01T00:00:00+14:00", "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"),
        ("2020-12-23T14:02:00+00:00", "x"),
        ("2020-12-23T14:02:00+00:00", "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e", "more"),
    ],
)
def test_keys_of_other_types(key: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        PageRequest(10, key).bound(datetime, UUID)


@pytest.mark.parametrize("number", ["-1", str(2**63), "1.5", "", "x", "9" * 400])
def test_numbers_out_of_range(number: str) -> None:
    with pytest.raises(Invalid):
        PageRequest(10, (number,)).bound(int)


def test_texts_without_nul() -> None:
    with pytest.raises(Invalid):
        PageRequest(10, ("a\x00",)).bound(str)


@pytest.mark.parametrize(
    ("rows", "kept", "last"),
    [([], [], None), ([1, 2], [1, 2], None), ([1, 2, 3], [1, 2], 2)],
)
def test_one_row_more_tells_of_a_next_page(
    rows: list[int], kept: list[int], last: int | None
) -> None:
    assert cut(rows, PageRequest(2, None)) == (kept, last)
