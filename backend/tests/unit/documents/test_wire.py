import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.documents.wire import (
    MAX_SAFE_INTEGER,
    MalformedFrame,
    Reader,
    write_blob,
    write_text,
    write_uint,
)


@given(st.integers(0, MAX_SAFE_INTEGER))
def test_numbers_come_back(number: int) -> None:
    reader = Reader(write_uint(number))
    assert reader.uint() == number
    reader.finish()


@given(st.text(), st.binary())
def test_texts_and_bytes_come_back(text: str, data: bytes) -> None:
    reader = Reader(write_text(text) + write_blob(data))
    assert (reader.text(), reader.blob()) == (text, data)
    reader.finish()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80",
        b"\xff" * 7 + b"\x7f",
        b"\xff" * 20,
        write_uint(MAX_SAFE_INTEGER + 1),
    ],
    ids=["empty", "cut", "too large", "endless", "beyond JavaScript"],
)
def test_bad_numbers_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedFrame):
        Reader(data).uint()


@pytest.mark.parametrize("data", [b"\x05abc", b"\xff\xff\xff\xff\x0f", b"\x02\xc3\x28"])
def test_bad_texts_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedFrame):
        Reader(data).text()


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(MalformedFrame, match="goes on"):
        Reader(b"\x00").finish()
