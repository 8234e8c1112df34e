"""Keys and channel names."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.incidents.names import LONGEST_CHANNEL, channel_name, incident_number, slugify

AT = datetime(2020, 12, 23, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "number"),
    [("INC-42", 42), ("inc-42", 42), ("42", 42), ("INC-0", 0), ("INC-" + "9" * 18, 10**18 - 1)],
)
def test_keys(key: str, number: int) -> None:
    assert incident_number(key) == number


@pytest.mark.parametrize(
    "key", ["", "INC-", "INC42", "INC--1", "INC-1.0", " 42", "42 ", "42\n", "9" * 19, "ACT-1"]
)
def test_what_is_no_key(key: str) -> None:
    assert incident_number(key) is None


def test_a_channel_is_dated_in_utc() -> None:
    west = datetime(2020, 12, 23, 22, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert channel_name(west, "Checkout: down?") == "12-24-2020-rca-checkout-down"


@given(st.text(max_size=300))
def test_channels_suit_every_chat(words: str) -> None:
    name = channel_name(AT, words)
    assert name.startswith("12-23-2020-rca-")
    assert len(name) <= LONGEST_CHANNEL - 7, "room for what tells two of a day apart"
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in name)
    assert not name.endswith("-")
    assert slugify(slugify(words)) == slugify(words)
