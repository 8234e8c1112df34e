"""Every recorded body becomes the signal that its index entry describes."""

from datetime import datetime

import pytest

from secondstory.alerts.formats.contract import Message, SourceKind, SourceSettings
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from tests.fixtures.alerts.corpus import Case, case, cases


def read(found: Case) -> Signal:
    (signal,) = FORMATS[found.kind].read(found.message, SourceSettings())
    return signal


def read_text(kind: SourceKind, body: str) -> tuple[Signal, ...]:
    return FORMATS[kind].read(Message(headers={}, body=body.encode()), SourceSettings())


@pytest.mark.parametrize("found", cases(), ids=lambda found: found.file)
def test_recorded_body_becomes_its_signal(found: Case) -> None:
    signal, expect = read(found), found.expect
    # A body cannot know that it is the second trigger of its alert: the alert's life does.
    assert signal.event == found.event or (signal.event, found.event) == ("trigger", "update")
    assert signal.title in found.one_of("title", "title_alternatives")
    assert signal.severity_raw in found.one_of("severity_raw", "severity_alternatives")
    if "dedup_fallback" in expect:
        assert signal.dedup_key is not None
    else:
        assert signal.dedup_key in found.one_of("dedup", "dedup_alternatives")
    assert signal.service in found.one_of("service_or_source", "service_alternatives")
    opened_at = expect["opened_at"] and datetime.fromisoformat(expect["opened_at"])
    assert signal.opened_at == opened_at
    assert set(signal.links) == set(expect["links"])
    assert signal.state == expect["state"]


@pytest.mark.parametrize(
    "found", [found for found in cases() if "alerts" in found.expect], ids=lambda found: found.file
)
def test_each_alert_of_a_group_is_a_member_and_a_fact(found: Case) -> None:
    signal = read(found)
    for expected, member, fact in zip(
        found.expect["alerts"], signal.members, signal.facts, strict=False
    ):
        assert member.fingerprint == (expected["fingerprint"] or member.fingerprint)
        assert member.firing == (expected["status"] == "firing")
        assert member.since == datetime.fromisoformat(expected["opened_at"])
        ended_at = expected["ended_at"] and datetime.fromisoformat(expected["ended_at"])
        assert fact.occurred_at == (ended_at or member.since)
        assert member.firing is False or expected["title"] in fact.text
    assert len(signal.members) == len(found.expect["alerts"])


def test_whole_numbers_above_2_to_the_53_are_kept() -> None:
    assert read(case("alertmanager/07-firing-v3.json")).dedup_key == "5615590933959184469"


@pytest.mark.parametrize("kind", list(SourceKind))
@pytest.mark.parametrize("body", ["", "null", "[]", "1", '"text"', "{}", "{", "a=b", "[" * 5000])
def test_what_is_no_alert_gives_no_signal(kind: SourceKind, body: str) -> None:
    assert read_text(kind, body) == ()
