"""Versions: who shares one, where the next begins, and that each reads as the passage did."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from secondstory.documents.history import newest_versions
from secondstory.documents.replay import Point, passages_touched, texts_at
from secondstory.documents.versions import Version, versions_of
from tests.unit.documents.log_makers import PASSAGES, START, LogMaker, random_log

SUMMARY = "summary"


def _versions(maker: LogMaker, passage: str = SUMMARY) -> list[Version]:
    return versions_of(maker.log, passages_touched(maker.log, passage))[passage]


def _names(maker: LogMaker) -> list[list[str]]:
    return [[writer.name for writer in version.writers] for version in _versions(maker)]


def test_a_sitting_is_one_version() -> None:
    maker = LogMaker()
    for word in ("The ", "disk ", "was ", "full"):
        maker.write("Ada", SUMMARY, len(maker.text_at(len(maker.log), SUMMARY)), word)
        maker.wait(minutes=4)

    (version,) = _versions(maker)

    assert (version.seq, version.previous_seq) == (4, 0)
    assert version.began_at == START
    assert (version.ended_at - version.began_at).total_seconds() == 12 * 60
    assert texts_at(maker.log, [Point(4, SUMMARY)]) == {(4, SUMMARY): "The disk was full"}


def test_a_long_pause_begins_another_version() -> None:
    maker = LogMaker()
    maker.write("Ada", SUMMARY, 0, "one")
    maker.wait(minutes=6)
    maker.write("Ada", SUMMARY, 3, " two")

    assert [(version.previous_seq, version.seq) for version in _versions(maker)] == [(0, 1), (1, 2)]


def test_writing_without_a_pause_is_cut_after_a_while() -> None:
    maker = LogMaker()
    for _ in range(40):
        maker.write("Ada", SUMMARY, 0, "a")
        maker.wait(minutes=1)

    assert [version.seq for version in _versions(maker)] == [31, 40]


def test_one_after_the_other_are_two_versions() -> None:
    maker = LogMaker()
    maker.write("Ada", SUMMARY, 0, "one")
    maker.wait(minutes=1)
    maker.write("Grace", SUMMARY, 3, " two")

    assert _names(maker) == [["Ada"], ["Grace"]]


def test_people_who_take_turns_share_a_version() -> None:
    maker = LogMaker()
    maker.write("Lin", SUMMARY, 0, "zero")
    maker.wait(minutes=1)
    for name in ("Ada", "Grace", "Ada", "Grace"):
        maker.write(name, SUMMARY, 0, name)
        maker.wait(minutes=1)

    assert _names(maker) == [["Lin"], ["Ada", "Grace"]]


def test_a_whole_edit_is_a_version_of_its_own() -> None:
    maker = LogMaker()
    for at_once in (False, True, True, False, False):
        maker.write("Ada", SUMMARY, 0, "a", at_once=at_once)

    assert [version.seq for version in _versions(maker)] == [1, 2, 3, 5]


def test_a_whole_edit_is_not_taken_for_a_turn() -> None:
    maker = LogMaker()
    for name, at_once in (("Ada", False), ("Grace", True), ("Ada", False)):
        maker.write(name, SUMMARY, 0, "a", at_once=at_once)

    assert _names(maker) == [["Ada"], ["Grace"], ["Ada"]]


def test_other_passages_do_not_matter() -> None:
    maker = LogMaker()
    for number in range(4):
        maker.write("Ada", SUMMARY, 0, "a")
        maker.write("Grace", PASSAGES[1], 0, str(number))

    assert _names(maker) == [["Ada"]]
    assert [version.seq for version in _versions(maker, PASSAGES[1])] == [8]


def test_what_the_server_empties_has_no_writer() -> None:
    maker = LogMaker()
    maker.write("Ada", SUMMARY, 0, "text")
    maker.wait(minutes=9)
    maker.write("Ada", SUMMARY, 0, "", remove=4)
    maker.log[-1] = maker.log[-1]._replace(author_id=None, author_name="")

    newest, first = newest_versions(maker.log, None, None, 10)

    assert newest.writers == []
    assert newest.size == (0, 4)
    assert [writer.name for writer in first.writers] == ["Ada"]


@settings(max_examples=10)
@given(rng=st.randoms(use_true_random=False))
def test_pages_follow_on_each_other(rng: random.Random) -> None:
    maker = random_log(rng, 60)
    everything = newest_versions(maker.log, None, None, 1000)

    pages = []
    before = None
    while page := newest_versions(maker.log, None, before, 3):
        pages += page
        before = Point(page[-1].seq, page[-1].passage)

    assert pages == everything
    assert {row.passage for row in everything} <= set(PASSAGES)


@settings(max_examples=60)
@given(rng=st.randoms(use_true_random=False), rows=st.integers(1, 60))
def test_each_version_reads_as_the_passage_did(rng: random.Random, rows: int) -> None:
    maker = random_log(rng, rows)
    for passage in PASSAGES:
        versions = list(reversed(newest_versions(maker.log, passage, None, 1000)))
        points = [Point(version.seq, passage) for version in versions]
        texts = texts_at(maker.log, points)

        assert all(texts[point] == maker.text_at(point.seq, passage) for point in points)
        length = len(maker.text_at(len(maker.log), passage))
        assert sum(row.size.added - row.size.removed for row in versions) == length
        assert [row.previous_seq for row in versions] == [0, *(row.seq for row in versions)][:-1]
        # Nobody else wrote in the passage between the first and the last update of a version.
        touched = passages_touched(maker.log, passage)
        for row, passages in zip(maker.log, touched, strict=True):
            if passages:
                (version,) = (v for v in versions if v.previous_seq < row.seq <= v.seq)
                assert row.author_name in {writer.name for writer in version.writers}
                assert version.began_at <= row.stored_at <= version.ended_at
