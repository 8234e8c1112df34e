"""What a change says of what moved."""

from datetime import datetime

from pydantic import BaseModel

from secondstory.changes.service import LONGEST_VALUE, appeared, difference, vanished
from secondstory.platform import clock


class Thing(BaseModel):
    title: str
    tags: list[str]
    updated_at: datetime


def thing(title: str, *tags: str) -> Thing:
    return Thing(title=title, tags=list(tags), updated_at=clock.now())


def test_only_what_differs_and_never_the_time_of_it() -> None:
    assert difference(thing("a", "x"), thing("a", "x")) == {}
    assert difference(thing("a", "x"), thing("b", "x")) == {"title": {"before": "a", "after": "b"}}
    assert difference(thing("a"), thing("a", "x")) == {"tags": {"before": [], "after": ["x"]}}


def test_what_came_and_what_went() -> None:
    assert appeared(title="a") == {"title": {"before": None, "after": "a"}}
    assert vanished(title="a") == {"title": {"before": "a", "after": None}}


def test_long_prose_is_cut() -> None:
    long, longer = "x" * LONGEST_VALUE, "x" * (LONGEST_VALUE + 1)
    fields = difference(thing(long), thing(longer))
    assert fields["title"] == {"before": long, "after": long + "…"}
