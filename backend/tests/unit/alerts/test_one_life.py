"""One life per alert: any order and repetition of the same messages gives the same alert."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from secondstory.alerts.life import Course, advance, begin, may_begin
from secondstory.alerts.portrait import first_standing, improvements, life_of
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent
from secondstory.alerts.standing import Standing
from secondstory.incidents.models import Severity
from tests.unit.alerts.source import NOON, SOURCE

WORDS = st.sampled_from([None, "a", "b", "c"])
SEVERITIES = st.sampled_from([(None, None), *((f"P{n}", Severity(f"sev{n}")) for n in range(1, 6))])
STATES = {
    SignalEvent.TRIGGER: AlertState.OPEN,
    SignalEvent.ACK: AlertState.ACKNOWLEDGED,
    SignalEvent.RESOLVE: AlertState.RESOLVED,
}


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def said(event: SignalEvent, minute: int, **more: Any) -> Signal:
    fact = Fact(mark=f"{event}{minute}", text="said", occurred_at=at(minute))
    return Signal(event=event, dedup_key="k", sent_at=at(minute), facts=(fact,), **more)


@st.composite
def lives(draw: st.DrawFn) -> list[Signal]:
    """Draw one episode: its trigger first, whatever comes between, perhaps its end."""
    raw, severity = draw(SEVERITIES)
    first = said(
        SignalEvent.TRIGGER,
        0,
        title="Down",
        state=AlertState.OPEN,
        service=draw(WORDS),
        severity_raw=raw,
        severity=severity,
        opened_at=NOON,
    )
    middle = []
    for minute in range(1, draw(st.integers(1, 6))):
        event = draw(st.sampled_from([SignalEvent.TRIGGER, SignalEvent.UPDATE, SignalEvent.ACK]))
        state = STATES.get(event, draw(st.sampled_from([None, AlertState.OPEN])))
        raw, severity = draw(SEVERITIES)
        title = draw(st.sampled_from([None, f"Said at {minute}"]))
        more = {"state": state, "title": title, "severity_raw": raw, "severity": severity}
        middle.append(said(event, minute, **more, links=(f"https://x.test/{minute}",)))
    end = said(SignalEvent.RESOLVE, 9, state=AlertState.RESOLVED, title=draw(WORDS))
    return [first, *middle, *([end] if draw(st.booleans()) else [])]


class Receiver:
    """Takes signals in as the intake does, without the tables."""

    def __init__(self) -> None:
        self.alert: Standing | None = None
        self.opened = 0
        self.begun = 0
        self._now = at(60)

    def take(self, signal: Signal) -> None:
        self._now += timedelta(seconds=1)
        if self.alert is None:
            if not may_begin(signal):
                return
            step = begin(signal, self._now)
        else:
            step = advance(life_of(self.alert, self.alert.updated_at), signal, self._now)
        self.opened += step.opens
        if self.alert is None or step.course is Course.BEGIN:
            self.begun += 1
            self.alert = first_standing(SOURCE, signal, step, self._now)
            return
        for name, value in improvements(self.alert, SOURCE, signal, step).items():
            setattr(self.alert, name, value)
        self.alert.updated_at = self._now

    def shown(self) -> dict[str, Any]:
        """Return what has to be the same, whatever came when."""
        assert self.alert is not None
        alert = self.alert.row()
        kept = ("title", "severity_raw", "severity", "state", "state_at", "triggered_at")
        kept = (*kept, "resolved_at", "opened_at", "triggered", "title_at", "severity_at")
        return {name: alert[name] for name in kept} | {
            "links": sorted(alert["links"]),
            "marks": sorted(alert["marks"]),
        }


def receive(signals: list[Signal]) -> Receiver:
    receiver = Receiver()
    for signal in signals:
        receiver.take(signal)
    return receiver


@given(lives(), st.data())
def test_any_order_and_repetition_gives_the_same_alert(
    life: list[Signal], data: st.DataObject
) -> None:
    repeated = data.draw(st.lists(st.sampled_from(life), max_size=4))
    shuffled = data.draw(st.permutations([*life, *repeated]))
    expected, found = receive(life), receive(shuffled)
    assert found.shown() == expected.shown()
    assert (found.opened, found.begun) == (1, 1)


@given(lives())
def test_the_end_of_a_life_is_as_it_was_told(life: list[Signal]) -> None:
    alert = receive(life).shown()
    told = [signal for signal in life if signal.event in {SignalEvent.TRIGGER, SignalEvent.UPDATE}]
    raws = [signal.severity_raw for signal in told if signal.severity_raw]
    assert alert["title"] == "Down"
    assert not raws or alert["severity_raw"] == raws[-1]
    over = life[-1].event is SignalEvent.RESOLVE
    assert (alert["state"] is AlertState.RESOLVED) is over
    assert alert["resolved_at"] == (at(9) if over else None)


@given(lives(), lives(), st.data())
def test_what_is_late_from_the_life_before_changes_nothing(
    older: list[Signal], newer: list[Signal], data: st.DataObject
) -> None:
    ended = [signal for signal in older if signal.event is not SignalEvent.RESOLVE]
    ended.append(said(SignalEvent.RESOLVE, 9, state=AlertState.RESOLVED))
    moved = [
        replace(signal, sent_at=signal.sent_at and signal.sent_at + timedelta(hours=1))
        for signal in newer
    ]
    late = data.draw(st.permutations([*moved[1:], *data.draw(st.lists(st.sampled_from(ended)))]))
    expected = receive([*ended, *moved])
    found = receive([*ended, moved[0], *late])
    assert found.shown() == expected.shown()
    assert found.begun == 2


@given(st.lists(st.sampled_from(list(STATES)), min_size=1, max_size=12))
def test_without_the_senders_clock_the_order_of_arrival_counts(events: list[SignalEvent]) -> None:
    signals = [Signal(event=event, dedup_key="k", state=STATES[event]) for event in events]
    receiver = receive(signals)
    begun, is_open = 0, False
    for event in events:
        begun += event is SignalEvent.TRIGGER and not is_open
        is_open = (
            begun > 0
            and event is not SignalEvent.RESOLVE
            and (is_open or event is SignalEvent.TRIGGER)
        )
    assert receiver.begun == receiver.opened == begun
    if receiver.alert is not None:
        assert (receiver.alert.state is not AlertState.RESOLVED) is is_open
