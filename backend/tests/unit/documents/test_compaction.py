"""Compaction: fewer rows, and nothing that anybody could read has changed."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondstory.documents.compaction import Step, plan
from secondstory.documents.history import VersionRow, newest_versions
from secondstory.documents.limits import Limits
from secondstory.documents.replay import LoggedUpdate, Point, texts_at
from secondstory.documents.replica import Replica
from tests.unit.documents.log_makers import PASSAGES, LogMaker, random_log

SUMMARY = "summary"


def _carried_out(log: Sequence[LoggedUpdate], steps: Sequence[Step]) -> list[LoggedUpdate]:
    rows = {row.seq: row for row in log}
    for step in steps:
        for seq in step.gone:
            del rows[seq]
        for kept in step.kept:
            rows[kept.seq] = rows[kept.seq]._replace(update=kept.update, began_at=kept.began_at)
    return list(rows.values())


def _everything(log: Sequence[LoggedUpdate]) -> tuple[list[VersionRow], list[str]]:
    versions = newest_versions(log, None, None, 10_000)
    texts = texts_at(log, [Point(version.seq, version.passage) for version in versions])
    return versions, list(texts.values())


@settings(max_examples=150)
@given(
    rng=st.randoms(use_true_random=False),
    rows=st.integers(1, 80),
    after=st.integers(0, 30),
    rows_a_step=st.integers(1, 100),
)
def test_versions_stay_as_they_are(
    rng: random.Random, rows: int, after: int, rows_a_step: int
) -> None:
    maker = random_log(rng, rows)
    until = rng.randrange(rows + 1)

    steps = plan(maker.log, after, until, rows_a_step)
    compacted = _carried_out(maker.log, steps)

    assert _everything(compacted) == _everything(maker.log)
    # The same again later, over what is compacted already.
    again = _carried_out(compacted, plan(compacted, until, rows, 1000))
    assert _everything(again) == _everything(maker.log)


@settings(max_examples=60)
@given(rng=st.randoms(use_true_random=False), rows=st.integers(1, 80), behind=st.integers(0, 80))
def test_a_room_that_was_behind_catches_up(rng: random.Random, rows: int, behind: int) -> None:
    maker = random_log(rng, rows)
    compacted = _carried_out(maker.log, plan(maker.log, 0, rows, 1000))
    room = Replica([row.update for row in maker.log if row.seq <= behind], Limits())

    # One row after the other, as the room takes them in: none may come before what it builds upon.
    for row in compacted:
        if row.seq > behind:
            room.take_in(row.update)

    texts = {name: text for name, text in room.texts().items() if text}
    assert texts == {name: text for name, text in maker.texts[-1].items() if text}


def test_people_in_different_passages_do_not_keep_each_other_from_merging() -> None:
    maker = LogMaker()
    for number in range(20):
        maker.write("Ada", SUMMARY, number, "a")
        maker.write("Grace", PASSAGES[1], number, "b")
        maker.wait(seconds=1)

    (step,) = plan(maker.log, 0, 40, 1000)

    assert [row.seq for row in _carried_out(maker.log, [step])] == [39, 40]
    assert step.until == 40


def test_nothing_to_do_is_no_step() -> None:
    maker = LogMaker()
    maker.write("Ada", SUMMARY, 0, "a")

    assert plan(maker.log, 1, 1, 1000) == []
    assert plan(maker.log, 0, 1, 1000) == [Step(1, [], [])]


def test_what_could_not_be_read_back_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("secondstory.documents.compaction.merged", lambda _updates: b"\x09")
    maker = LogMaker()
    for number in range(3):
        maker.write("Ada", SUMMARY, number, "a")

    assert plan(maker.log, 0, 3, 1000) == [Step(3, [], [])]
    assert "cannot be read" in caplog.text


def test_requests_of_several_people_are_one_client_and_stay_in_order() -> None:
    maker = LogMaker()
    for number, name in enumerate(["Ada", "Grace"] * 3):
        passage = PASSAGES[number % 2]
        maker.write(name, passage, 0, "text ", client=2**32)

    steps = plan(maker.log, 0, 6, 1000)

    assert steps == [Step(6, [], [])]
    assert maker.text_at(6, SUMMARY) == "text text text "
