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


def test_cut_groups_say_how_many_alerts_are_missing() -> None:
    facts = read(case("alertmanager/05-firing-truncated.json")).facts
    assert facts[-1].text == "3 more alerts are in this group"


def test_a_large_group_tells_twenty_alerts_and_counts_the_rest() -> None:
    alerts = ",".join(
        f'{{"labels":{{"n":"{n}"}},"startsAt":"2026-11-23T08:00Z"}}' for n in range(50)
    )
    (signal,) = read_text(SourceKind.ALERTMANAGER, f'{{"groupKey":"g","alerts":[{alerts}]}}')
    assert len(signal.facts) == 21
    assert signal.facts[-1].text == "30 more alerts are in this group"
    assert len(signal.members) == 50


def test_a_group_takes_its_worst_severity_where_alerts_differ() -> None:
    alerts = ",".join(
        f'{{"status":"firing","labels":{{"severity":"{word}"}}}}'
        for word in ("info", "critical", "homemade", "warning")
    )
    (signal,) = read_text(SourceKind.ALERTMANAGER, f'{{"groupKey":"g","alerts":[{alerts}]}}')
    assert (signal.severity_raw, signal.severity) == ("critical", "sev1")


def test_a_group_without_key_is_named_by_its_labels() -> None:
    body = '{"receiver":"r","groupLabels":{"alertname":"a"},"alerts":[{"status":"firing"}]}'
    (first,) = read_text(SourceKind.ALERTMANAGER, body)
    (second,) = read_text(SourceKind.ALERTMANAGER, body.replace("firing", "resolved"))
    assert first.dedup_key == second.dedup_key
    assert not read_text(SourceKind.ALERTMANAGER, '{"alerts":[{"status":"firing"}]}')


@pytest.mark.parametrize(
    ("event_type", "event", "line"),
    [
        ("incident.annotated", "update", "PagerDuty incident has a new note by Ada: Slow\n\nOn it"),
        ("incident.custom_field_values.updated", "update", None),
        ("incident.of_a_new_kind", "update", None),
    ],
)
def test_pagerduty_events_whose_data_hangs_below_the_incident(
    event_type: str, event: str, line: str | None
) -> None:
    (signal,) = read_text(
        SourceKind.PAGERDUTY_V3,
        f"""{{"event": {{"id": "E", "event_type": "{event_type}", "agent": {{"summary": "Ada"}},
        "data": {{"id": "NOTE", "content": "On it",
                  "incident": {{"id": "INC", "summary": "Slow", "html_url": "https://x.test/"}}}}
        }}}}""",
    )
    assert (signal.event, signal.dedup_key, signal.state) == (event, "INC", None)
    assert (signal.title, signal.links) == ("Slow", ("https://x.test/",))
    assert [fact.text for fact in signal.facts] == ([line] if line else [])


def test_pagerduty_events_about_services_open_nothing() -> None:
    body = '{"event":{"id":"E","event_type":"service.updated","data":{"id":"P"}}}'
    (signal,) = read_text(SourceKind.PAGERDUTY_V3, body)
    assert (signal.event, signal.dedup_key, signal.message_id) == ("other", None, "E")


def test_a_new_priority_is_told() -> None:
    (fact,) = read(case("pagerduty-v3/04-incident-priority-updated.json")).facts
    assert fact.text == (
        "PagerDuty incident #2 has a new priority: A little bump in the road\n\nPriority: P1"
    )


def test_an_acknowledgement_is_something_people_did() -> None:
    (fact,) = read(case("pagerduty-v3/02-incident-acknowledged.json")).facts
    assert fact.kind == "action"
    assert fact.text == ("PagerDuty incident #37 acknowledged by Ada: Checkout latency above 2 s")


@pytest.mark.parametrize("kind", list(SourceKind))
@pytest.mark.parametrize("body", ["", "null", "[]", "1", '"text"', "{}", "{", "a=b", "[" * 5000])
def test_what_is_no_alert_gives_no_signal(kind: SourceKind, body: str) -> None:
    assert read_text(kind, body) == ()
