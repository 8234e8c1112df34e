"""Members of templates: one name for all spellings, and what stands further out first."""

import re

from secondstory.alerts.formats.members import members, plain, said, written

UNSET = re.compile(r"\$[A-Z_]+")


def test_spellings_of_one_name() -> None:
    spellings = (
        "EVENT.UPDATE.STATUS",
        "eventUpdateStatus",
        "event_update_status",
        "Event-Update Status",
    )
    assert {plain(spelling) for spelling in spellings} == {"eventupdatestatus"}


def test_inner_members_have_the_name_of_their_object_too() -> None:
    found = members(
        {"org": {"id": "9"}, "alert": {"transition": "Warn", "monitor": {"id": 4}}}, UNSET
    )
    assert found == {
        "orgid": "9",
        "alerttransition": "Warn",
        "transition": "Warn",
        "alertmonitorid": 4,
        "monitorid": 4,
    }


def test_what_stands_further_out_counts_first() -> None:
    assert members({"a": {"b": {"key": 3}, "key": 2}, "key": 1}, UNSET)["key"] == 1
    assert members({"a": {"b": {"key": 3}, "key": 2}}, UNSET)["key"] == 2


def test_what_has_no_value_is_not_there() -> None:
    assert members({"a": "$NAME", "b": " ", "c": None, "A": "x", "d": {}}, UNSET) == {"a": "x"}
    assert members(["a"], UNSET) == members(None, UNSET) == {}


def test_the_first_text_is_said() -> None:
    found = members({"b_c": " two\nlines ", "d": [1]}, UNSET)
    assert said(found, ("a", "d", "bC")) == "two lines"
    assert written(found, ("a", "d", "bC")) == "two\nlines"
    assert said(found, ("a",)) is None
