"""Times, spans and states in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from secondstory.reports import words
from tests.unit.reports.sample import AT, action, event, incident, report, takeaway


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(seconds=0), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=3, minutes=34), "3 hours 34 minutes"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=5), "1 day"),
        (timedelta(days=2, hours=1, minutes=5), "2 days 1 hour"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_spans(length: timedelta, expected: str) -> None:
    assert words.span(length) == expected


def test_days_and_moments() -> None:
    assert words.day(date(2020, 12, 3)) == "3 December 2020"
    assert words.moment(datetime(2020, 12, 3, 4, 5, tzinfo=UTC)) == "3 December 2020, 04:05 UTC"


def test_only_known_facts() -> None:
    assert [name for name, _ in words.facts(incident())] == [
        *("Kind", "Severity", "Status", "Review", "Started", "Channel")
    ]
    facts = dict(words.facts(incident(detected_at=AT, mitigated_at=AT + timedelta(hours=2))))
    assert facts["Detected"] == words.moment(AT)
    assert facts["Mitigated"].endswith("2 hours after the start")
    assert facts["Lasted"] == "2 hours"


def test_beside_an_event() -> None:
    assert words.event_marks(event(1)) == []
    known = event(1, known_at=AT.replace(minute=31), source="api", pivot=True)
    assert words.event_marks(known) == [
        *("known at 14:31", "from a program", "a decision turned here")
    ]
    later = event(1, known_at=AT.replace(day=24), account_of_name="Marek")
    assert words.event_marks(later) == [
        *("known on 24 December 2020, 14:02 UTC", "as Marek saw it")
    ]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"status": "open"}, "open"),
        ({"status": "in_progress"}, "in progress"),
        ({"status": "dropped"}, "dropped"),
        ({"status": "done"}, "done"),
        ({"status": "done", "done_at": AT}, "done on 23 December 2020"),
        (
            {"status": "done", "done_at": AT, "check_on": "2021-03-01"},
            "done on 23 December 2020, to be looked at on 1 March 2021",
        ),
        (
            {"status": "done", "done_at": AT, "held": False},
            "done on 23 December 2020 and it did not hold",
        ),
    ],
)
def test_the_state_of_an_action(given: dict[str, object], state: str) -> None:
    assert words.action_marks(action(1, "x", **given)) == [
        *("nobody yet", "no due date", state, "to make it less likely")
    ]


def test_where_actions_came_from() -> None:
    made = report(learnings=[takeaway(1, "*Names* mislead.")], parked=[takeaway(2, "")])
    assert list(words.origins(made).values()) == ["Names mislead.", ""]


@pytest.mark.parametrize(
    ("text", "link"),
    [("https://x.org", True), ("HTTP://x.org", True), ("javascript:x", False), ("Done.", False)],
)
def test_what_is_followed_as_a_link(*, text: str, link: bool) -> None:
    assert words.is_web_link(text) == link
