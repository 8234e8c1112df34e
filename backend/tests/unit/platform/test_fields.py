"""What bodies may hold."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from secondstory.platform.fields import Day, Email, Label, Line, Markdown, Utc, WebLink

utc, day, line = TypeAdapter(Utc), TypeAdapter(Day), TypeAdapter(Line)
link, email, text = TypeAdapter(WebLink), TypeAdapter(Email), TypeAdapter(Markdown)


def refuses(adapter: TypeAdapter[Any], value: object) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-12-23T14:02:00Z", "2020-12-23T14:02:00+00:00"),
        ("2020-12-23t14:02:00z", "2020-12-23T14:02:00+00:00"),
        ("2020-12-23 14:02:00+00:00", "2020-12-23T14:02:00+00:00"),
        ("2020-12-23T14:02:00.123456+05:30", "2020-12-23T08:32:00.123456+00:00"),
        ("2020-12-23T14:02-08:00", "2020-12-23T22:02:00+00:00"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
        ("2199-12-31T23:59:59Z", "2199-12-31T23:59:59+00:00"),
    ],
)
def test_instants_are_utc(written: str, expected: str) -> None:
    assert utc.validate_python(written).isoformat() == expected


@pytest.mark.parametrize(
    "written",
    [
        *("2020-12-23T14:02:00", "2020-12-23", "14:02:00Z", "1608732120", "now", ""),
        *("2020-13-01T00:00:00Z", "2020-02-30T00:00:00Z", "2020-12-23T24:61:00Z"),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1969-12-31T23:59:59Z"),
        *("2200-01-01T00:00:00Z", "2020-12-23T14:02:00+99:99", "\u0662020-12-23T14:02:00Z"),
        *(1608732120, 1.5, True, None, [], {}, b"2020-12-23T14:02:00Z"),
        datetime(2020, 12, 23),  # noqa: DTZ001 - naive on purpose
        date(2020, 12, 23),
    ],
    ids=repr,
)
def test_what_is_no_instant(written: object) -> None:
    assert refuses(utc, written)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_an_instant_keeps_its_moment(naive: datetime) -> None:
    aware = naive.replace(tzinfo=UTC)
    assert utc.validate_python(aware.isoformat()) == aware


@pytest.mark.parametrize("written", ["2021-01-15", "1970-01-01", "2199-12-31"])
def test_days(written: str) -> None:
    assert day.validate_python(written) == date.fromisoformat(written)
    assert day.validate_python(date.fromisoformat(written)).isoformat() == written


@pytest.mark.parametrize(
    "written",
    [
        *("2021-02-30", "2021-1-5", "15.01.2021", "2021-01-15T00:00:00Z", "1969-12-31"),
        *("2200-01-01", "", "today", 18642, 1.0, True, None, datetime(2021, 1, 15, tzinfo=UTC)),
    ],
    ids=repr,
)
def test_what_is_no_day(written: object) -> None:
    assert refuses(day, written)


# Python takes these four for white space, pydantic does not: refused either way.
@given(st.text(st.characters(exclude_characters="\x1c\x1d\x1e\x1f"), max_size=400))
def test_a_line_is_one_line(written: str) -> None:
    stripped = written.strip()
    is_fine = 0 < len(stripped) <= 300 and all(
        ord(sign) >= 32 and ord(sign) != 127 and not 0xD800 <= ord(sign) < 0xE000
        for sign in stripped
    )
    assert refuses(line, written) == (not is_fine)


def test_labels_are_shorter() -> None:
    assert refuses(TypeAdapter(Label), "x" * 81)
    assert TypeAdapter(Label).validate_python(" x ") == "x"


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x" * 50_001, 7, None])
def test_what_is_no_text(bad: object) -> None:
    assert refuses(text, bad)


def test_text_has_one_kind_of_line_end() -> None:
    assert text.validate_python("a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    "good",
    ["https://example.org", "http://[::1]:80/x?y=1#z", "HTTPS://EXAMPLE.ORG/ä", "http://a/b c"],
)
def test_links(good: str) -> None:
    assert link.validate_python(f" {good} ") == good


@pytest.mark.parametrize(
    "bad",
    [
        *("", "http://", "https://[", "ftp://example.org", "javascript:alert(1)", "//example.org"),
        *("example.org/path", "http://a\nb", "https://example.org/" + "x" * 2000, 7, None),
        "java\tscript:alert(1)",
    ],
)
def test_what_is_no_link(bad: object) -> None:
    assert refuses(link, bad)


@pytest.mark.parametrize("good", ["a@b", " Ada@Example.ORG ", "ä+1@bücher.example"])
def test_emails(good: str) -> None:
    assert email.validate_python(good) == good.strip().lower()


@pytest.mark.parametrize(
    "bad", ["", "a", "a@", "@b", "a@b@c", "a b@c", "a\x00@b", "x" * 251 + "@b.c"]
)
def test_what_is_no_email(bad: str) -> None:
    assert refuses(email, bad)


def test_an_offset_cannot_carry_a_time_out_of_range() -> None:
    late = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)
    assert not refuses(utc, late)
    assert refuses(utc, late + timedelta(minutes=1))
