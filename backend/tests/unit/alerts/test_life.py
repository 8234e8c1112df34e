"""The life of an alert: recorded sequences, and any order of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.alerts.formats.contract import SourceSettings
from secondstory.alerts.life import Course, Step, advance, begin, may_begin
from secondstory.alerts.marks import MAX_MARKS
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import AlertState, Fact, Member, Signal, SignalEvent
from tests.fixtures.alerts.corpus import case

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGERDUTY = [
    "pagerduty-v3/01-incident-triggered.json",
    "pagerduty-v3/02-incident-acknowledged.json",
    "pagerduty-v3/03-incident-resolved.json",
]
ALERTMANAGER = [
    "alertmanager/01-firing-one.json",
    "alertmanager/02-firing-two.json",
    "alertmanager/03-partly-resolved.json",
    "alertmanager/04-resolved.json",
]
EVENTS_V2 = [
    "pagerduty-events-v2/01-alertmanager-trigger.json",
    "pagerduty-events-v2/02-alertmanager-trigger-again.json",
    "pagerduty-events-v2/03-alertmanager-resolve.json",
]


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def signal_of(file: str) -> Signal:
    found = case(file)
    (signal,) = FORMATS[found.kind].read(found.message, SourceSettings())
    return signal


def live(signals: Iterable[Signal]) -> list[Step]:
    """Receive signals a minute apart, all of one key."""
    steps: list[Step] = []
    for number, signal in enumerate(signals):
        received_at = NOON + timedelta(minutes=number)
        if steps:
            steps.append(advance(steps[-1].life, signal, received_at))
        elif may_begin(signal):
            steps.append(begin(signal, received_at))
    return steps


def trigger(at: datetime | None, **more: object) -> Signal:
    base = Signal(event=SignalEvent.TRIGGER, dedup_key="k", state=AlertState.OPEN, sent_at=at)
    return replace(base, **more)  # type: ignore[arg-type]  # the tests know the fields


def ack(at: datetime | None) -> Signal:
    state = AlertState.ACKNOWLEDGED
    return Signal(event=SignalEvent.ACK, dedup_key="k", state=state, sent_at=at)


def resolve(at: datetime | None) -> Signal:
    state = AlertState.RESOLVED
    return Signal(event=SignalEvent.RESOLVE, dedup_key="k", state=state, sent_at=at)


def opened(steps: Sequence[Step]) -> int:
    return sum(step.opens for step in steps)


@pytest.mark.parametrize("files", [PAGERDUTY, ALERTMANAGER, EVENTS_V2], ids=lambda files: files[0])
def test_recorded_life_in_its_own_order(files: list[str]) -> None:
    steps = live(map(signal_of, files))
    assert [step.event for step in steps] == [case(file).event for file in files]
    assert [step.life.state for step in steps] == [case(file).expect["state"] for file in files]
    assert [step.opens for step in steps] == [case(file).expect["opens_incident"] for file in files]


@pytest.mark.parametrize("files", [PAGERDUTY, ALERTMANAGER], ids=lambda files: files[0])
def test_any_order_and_any_repetition_ends_the_same(files: list[str]) -> None:
    signals = [signal_of(file) for file in files]
    expected = live(signals)
    for order in permutations(signals):
        steps = live([*order, order[0], *order])
        last = steps[-1].life
        assert last.state is AlertState.RESOLVED
        assert last.resolved_at == expected[-1].life.resolved_at
        assert opened(steps) == 1
        assert sum(step.course is Course.BEGIN for step in steps) == 1
        opening = next(number for number, step in enumerate(steps) if step.opens)
        assert not any(step.facts for step in steps[:opening])
        # What came before the trigger is told with it, see `facts_before`.
        told = {fact.mark for step in steps[opening:] for fact in step.facts}
        told |= {fact.mark for signal in order[:opening] for fact in signal.facts}
        assert told == {fact.mark for signal in signals for fact in signal.facts}


@given(st.lists(st.sampled_from([*PAGERDUTY, *ALERTMANAGER, *EVENTS_V2]), max_size=12))
def test_a_fact_is_told_once_in_each_life(files: list[str]) -> None:
    told: set[str] = set()
    for step in live(map(signal_of, files)):
        marks = {fact.mark for fact in step.facts}
        told = marks if step.course is Course.BEGIN else told
        assert step.course is Course.BEGIN or not marks & told
        told |= marks


def test_a_trigger_after_the_resolve_is_a_new_alert() -> None:
    steps = live([trigger(minute(0)), resolve(minute(1)), trigger(minute(2))])
    assert [step.course for step in steps] == [Course.BEGIN, Course.JOIN, Course.BEGIN]
    assert opened(steps) == 2


def test_without_sender_times_the_order_of_arrival_counts() -> None:
    steps = live([trigger(None), resolve(None), trigger(None)])
    assert [step.course for step in steps] == [Course.BEGIN, Course.JOIN, Course.BEGIN]


@pytest.mark.parametrize("first", [ack(None), resolve(None)])
def test_what_follows_no_trigger_and_has_no_time_is_dropped(first: Signal) -> None:
    assert not may_begin(first)


def test_a_resolve_that_overtook_its_trigger_stays() -> None:
    steps = live([resolve(minute(1)), trigger(minute(0))])
    assert [step.opens for step in steps] == [False, True]
    assert steps[-1].life.state is AlertState.RESOLVED
    assert steps[-1].late


def test_a_repeated_trigger_takes_no_acknowledgement_back() -> None:
    for at in (None, minute(5)):
        steps = live([trigger(at and minute(0)), ack(at and minute(1)), trigger(at)])
        assert steps[-1].life.state is AlertState.ACKNOWLEDGED
        assert steps[-1].event is SignalEvent.UPDATE


def test_an_update_can_reopen_but_an_older_one_cannot() -> None:
    reopened = Signal(
        event=SignalEvent.UPDATE, dedup_key="k", state=AlertState.OPEN, sent_at=minute(2)
    )
    steps = live([trigger(minute(0)), resolve(minute(1)), reopened])
    assert (steps[-1].life.state, steps[-1].course) == (AlertState.OPEN, Course.JOIN)
    assert steps[-1].life.resolved_at is None
    older = live([trigger(minute(0)), resolve(minute(3)), reopened])
    assert older[-1].life.state is AlertState.RESOLVED


def test_a_signal_without_state_changes_none() -> None:
    note = Signal(event=SignalEvent.UPDATE, dedup_key="k", sent_at=minute(9))
    steps = live([trigger(minute(0)), ack(minute(1)), note])
    assert steps[-1].life.state is AlertState.ACKNOWLEDGED
    assert not steps[-1].late


def group(*members: tuple[str, float, bool], sent: float | None = None) -> Signal:
    """Build a group notification from (fingerprint, minute of start, still firing)."""
    made = tuple(
        Member(fingerprint=name, since=minute(since), firing=firing)
        for name, since, firing in members
    )
    fires = any(member.firing for member in made)
    return Signal(
        event=SignalEvent.TRIGGER if fires else SignalEvent.RESOLVE,
        dedup_key="g",
        state=AlertState.OPEN if fires else AlertState.RESOLVED,
        sent_at=minute(max(since for _, since, _ in members) if sent is None else sent),
        members=made,
    )


def test_a_member_that_fires_again_after_the_end_is_a_new_alert() -> None:
    steps = live([group(("a", 0, True)), group(("a", 0, False), sent=1), group(("a", 2, True))])
    assert steps[-1].course is Course.BEGIN


def test_a_muted_member_that_shows_up_after_the_end_reopens_its_group() -> None:
    steps = live([group(("a", 0, True)), group(("a", 0, False), sent=5), group(("b", 1, True))])
    assert (steps[-1].course, steps[-1].life.state) == (Course.JOIN, AlertState.OPEN)
    assert opened(steps) == 1


def test_a_member_that_was_muted_for_long_is_a_new_alert() -> None:
    last = live([group(("a", 0, True)), group(("a", 0, False), sent=5)])[-1]
    step = advance(last.life, group(("b", 1, True)), NOON + timedelta(hours=3))
    assert (step.course, step.opens) == (Course.BEGIN, True)


def test_the_end_of_a_cut_group_ends_the_members_it_does_not_list() -> None:
    steps = live([group(("a", 0, True), ("b", 0, True)), group(("c", 0, False), sent=5)])
    assert steps[-1].life.state is AlertState.RESOLVED


def test_an_end_that_comes_late_does_not_end_what_began_after_it() -> None:
    steps = live([group(("a", 0, True)), group(("b", 9, True)), group(("a", 0, False), sent=5)])
    assert steps[-1].life.state is AlertState.OPEN
    assert steps[-1].late


def test_a_flapping_alert_stops_telling_but_not_living() -> None:
    steps = live(
        trigger(None, facts=(Fact(mark=str(number), text="again"),))
        for number in range(MAX_MARKS + 5)
    )
    assert sum(len(step.facts) for step in steps) == MAX_MARKS
    full = steps[-1]
    assert advance(full.life, resolve(None), NOON).life.state is AlertState.RESOLVED


def test_a_huge_group_can_still_end() -> None:
    members = [(str(number), 0.0, True) for number in range(MAX_MARKS + 50)]
    ended = [(name, since, False) for name, since, _ in members]
    steps = live([group(*members), group(*ended, sent=5)])
    assert len(steps[0].life.marks) == MAX_MARKS
    assert steps[-1].life.state is AlertState.RESOLVED
