"""Members of templates: one name for all spellings, and what stands further out first."""

import re

import pytest

from secondstory.alerts.formats.members import members, plain, said, texts, tied, written

UNSET = re.compile(r"\$[A-Z_]+")


@pytest.mark.parametrize(
    "spelling",
    ["EVENT.UPDATE.STATUS", "eventUpdateStatus", "event_update_status", "Event-Update Status"],
)
def test_all_spellings_of_a_name_are_one(spelling: str) -> None:
    assert plain(spelling) == "eventupdatestatus"


def test_inner_members_have_the_name_of_their_object_too() -> None:
    body = {"org": {"id": "9"}, "alert": {"transition": "Warn", "monitor": {"id": 4}}}
    named = {
        "orgid": "9",
        "alerttransition": "Warn",
        "transition": "Warn",
        "alertmonitorid": 4,
        "monitorid": 4,
    }
    assert members(body) == named
    assert members(body, vague=()) == named | {"id": "9"}


def test_what_stands_further_out_counts_first() -> None:
    assert members({"a": {"b": {"key": 3}, "key": 2}, "key": 1})["key"] == 1
    assert members({"a": {"b": {"key": 3}, "key": 2}})["key"] == 2


def test_what_has_no_value_is_not_there() -> None:
    assert members({"a": "$NAME", "b": " ", "c": None, "A": "x", "d": {}}, UNSET) == {"a": "x"}
    assert members(["a"]) == members(None) == {}


def test_the_first_text_is_said() -> None:
    found = members({"b_c": " two\nlines ", "d": [1]})
    assert said(found, ("a", "d", "bC")) == "two lines"
    assert written(found, ("a", "d", "bC")) == "two\nlines"
    assert said(found, ("a",)) is None


def test_a_long_identifier_ties_only_with_the_same() -> None:
    one, other = (tied(members({"Key": "k" * 600 + end}), ("id", "key")) for end in "ab")
    assert one != other
    assert tied(members({}), ("id", "key")) is None


def test_texts_in_lists_are_not_among_the_members() -> None:
    assert texts(members({"a": "x", "b": {"a": "y", "c": "x", "n": 1}, "d": ["z"]})) == ["x", "y"]
