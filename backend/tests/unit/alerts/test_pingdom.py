"""Pingdom: what is watched by each type of check, and when it changed."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

CHANGE: dict[str, Any] = {
    "check_id": 7,
    "check_name": "Mail",
    "check_type": "SMTP",
    "check_params": {"hostname": "smtp.shop.test", "port": 25, "encryption": False},
    "tags": [],
    "previous_state": "UP",
    "current_state": "DOWN",
    "importance_level": "LOW",
    "state_changed_timestamp": 1458068544,
    "state_changed_utc_time": "2016-03-15T19:02:24",
    "long_description": "Connection refused",
    "first_probe": {},
    "second_probe": {},
}


def read(**change: Any) -> Signal:
    return read_one(SourceKind.PINGDOM, CHANGE | change)


@pytest.mark.parametrize(
    ("params", "service", "links"),
    [
        ({"hostname": "smtp.shop.test", "port": 25}, "smtp.shop.test", ()),
        ({"expected_ip": "192.0.2.1", "hostname": "shop.test"}, "shop.test", ()),
        ({"hostname": "shop.test", "url": "/cart"}, "shop.test", ()),
        ({"url": "https://shop.test/cart"}, "https://shop.test/cart", ("https://shop.test/cart",)),
        (
            {"url": "/", "hostname": "shop.test", "full_url": "https://shop.test/?" + "a" * 300},
            "https://shop.test/?" + "a" * 300,
            ("https://shop.test/?" + "a" * 300,),
        ),
        ({}, "Mail", ()),
        (None, "Mail", ()),
    ],
)
def test_what_is_watched_depends_on_the_type(
    params: Any, service: str, links: tuple[str, ...]
) -> None:
    signal = read(check_params=params)
    assert (signal.service, signal.links) == (service, links)


def test_a_body_without_timestamp_has_its_time_in_words() -> None:
    signal = read(state_changed_timestamp=None)
    assert str(signal.opened_at) == "2016-03-15 19:02:24+00:00"
    assert read(state_changed_timestamp=None, state_changed_utc_time=None).opened_at is None


@pytest.mark.parametrize(
    ("word", "event"),
    [("DOWN", "trigger"), ("FAILING", "trigger"), ("UP", "resolve"), ("SUCCESS", "resolve")],
)
def test_checks_are_down_and_transactions_fail(word: str, event: str) -> None:
    assert read(current_state=word).event == event


def test_what_people_wrote_for_the_alert_is_told_too() -> None:
    assert read(custom_message="Call Ada").facts[0].text.endswith("Connection refused\n\nCall Ada")


def test_what_names_no_check_is_no_alert() -> None:
    assert read_all(SourceKind.PINGDOM, {"check_name": "Mail"}) == ()


def test_a_state_that_nobody_knows_makes_no_alert() -> None:
    signal = read(current_state="PAUSED")
    assert (signal.event, signal.state, signal.sent_at) == ("update", None, None)
