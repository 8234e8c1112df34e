"""What wrapped and torn bodies are taken for."""

import gzip
from time import perf_counter

import pytest

from secondstory.alerts.messages import MAX_BYTES, message_of
from secondstory.platform.problems import BodyTooLarge

ONE, TWO = gzip.compress(b'{"t": ', mtime=0), gzip.compress(b'"Down"}', mtime=0)
WHOLE = b'{"t": "Down"}'


def unpacked(body: bytes, encoding: str = "gzip") -> bytes:
    return message_of([("Content-Encoding", encoding)], body).body


@pytest.mark.parametrize("encoding", ["gzip", "GZIP ", "x-gzip"])
def test_all_members_of_a_gzip_are_one_body(encoding: str) -> None:
    assert unpacked(ONE + TWO, encoding) == WHOLE


@pytest.mark.parametrize("rest", [b"\0" * 20, b"garbage", b"\x1f"])
def test_what_follows_the_last_member_is_left_out(rest: bytes) -> None:
    assert unpacked(ONE + TWO + rest) == WHOLE


@pytest.mark.parametrize(
    "torn",
    [b"", b"no gzip", ONE[:-9], ONE + TWO[:-1], ONE + b"\x1f\x8bno", ONE[:-8] + b"\0" * 8],
    ids=["empty", "plain", "cut", "second cut", "second odd", "wrong sum"],
)
def test_what_is_torn_is_taken_as_it_came(torn: bytes) -> None:
    assert unpacked(torn) == torn


def test_an_empty_body_may_be_packed() -> None:
    assert unpacked(gzip.compress(b"")) == b""


def test_members_count_together() -> None:
    half = gzip.compress(b" " * (MAX_BYTES // 2))
    assert len(unpacked(half * 2)) == MAX_BYTES
    with pytest.raises(BodyTooLarge):
        unpacked(half * 2 + ONE)


def test_many_small_members_cost_little() -> None:
    empty = gzip.compress(b"")
    body = empty * (MAX_BYTES // len(empty))
    began = perf_counter()
    assert unpacked(body) == body
    assert perf_counter() - began < 1
