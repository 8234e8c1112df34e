"""Better Stack: incidents that come from elsewhere, and what else has their envelope."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Fact, Signal
from tests.unit.alerts.reading import read_all, read_one

INCIDENT: dict[str, Any] = {
    "name": "Backup",
    "url": None,
    "http_method": None,
    "cause": "Missed heartbeat",
    "started_at": "2026-10-21T10:51:28.151Z",
    "acknowledged_at": None,
    "resolved_at": None,
    "response_url": None,
    "screenshot_url": None,
}


def read(event: str | None = "started", kind: str = "incident", **attributes: Any) -> Signal:
    data = {"id": "9", "type": kind, "attributes": INCIDENT | attributes}
    return read_one(SourceKind.BETTER_STACK, {"event": event, "data": data})


def test_an_incident_of_a_heartbeat_has_no_address() -> None:
    signal = read()
    assert (signal.event, signal.service, signal.links) == ("trigger", "Backup", ())


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("Started", "trigger"),
        ("Acknowledged", "ack"),
        ("Resolved", "resolve"),
        ("Validating", "update"),
    ],
)
def test_a_body_without_event_says_its_state_in_the_incident(status: str, event: str) -> None:
    assert read(None, status=status).event == event


def test_an_event_counts_before_the_state_of_the_moment() -> None:
    assert read("started", status="Resolved").event == "trigger"


def test_long_addresses_are_kept_whole() -> None:
    page = "https://files.test/?signature=" + "a" * 500
    assert read(screenshot_url=page, origin_url="https://shop.test/").links == (
        page,
        "https://shop.test/",
    )


@pytest.mark.parametrize(
    ("event", "kind"),
    [("created", "monitor"), ("resolved", "monitor"), (None, "on_call")],
)
def test_other_things_in_the_same_envelope_are_about_no_alert(event: str | None, kind: str) -> None:
    signal = read(event, kind)
    assert (signal.event, signal.dedup_key) == ("other", None)


def test_an_acknowledgement_dated_before_the_start_is_not_older_than_it() -> None:
    signal = read("acknowledged", acknowledged_at="2026-10-20T17:38:45Z", acknowledged_by="Ada")
    assert signal.sent_at == signal.opened_at is not None
    assert signal.facts[0].text.startswith("Better Stack alert acknowledged by Ada: Backup")


def test_what_is_about_a_monitor_is_named() -> None:
    signal = read(
        "paused", "monitor", name=None, pronounceable_name="Shop", url="https://shop.test/"
    )
    assert (signal.event, signal.title, signal.dedup_key) == ("other", "Shop", None)
    assert (signal.service, signal.links) == ("https://shop.test/", ("https://shop.test/",))


def test_people_on_call_are_several_and_no_alert() -> None:
    people = [{"id": "1", "type": "user", "attributes": {"first_name": "Ada"}}]
    signal = read_one(SourceKind.BETTER_STACK, {"data": people})
    assert (signal.event, signal.title, signal.dedup_key) == ("other", None, None)
    assert read_all(SourceKind.BETTER_STACK, {"data": []}) == ()


def test_each_comment_is_news_of_its_own() -> None:
    data = {"id": "9", "type": "incident", "attributes": INCIDENT}

    def comment(content: str) -> Fact:
        body = {"event": "comment", "data": data, "comment": {"content": content}}
        (fact,) = read_one(SourceKind.BETTER_STACK, body).facts
        return fact

    first, second = comment("Looking"), comment("Found it")
    assert first.text.endswith("Looking")
    assert (first.mark != second.mark, first.occurred_at) == (True, None)
