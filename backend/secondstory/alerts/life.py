"""The life of one alert: what the next signal does to it, whatever order signals come in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from secondstory.alerts.marks import add_marks, close_marks, fresh_members, open_marks, untold
from secondstory.alerts.signals import AlertState, Fact, Signal, SignalEvent

# How long after the end of a group a firing that began before that end still belongs to it: long
# enough for a retried request, short enough that a silence that ran out opens something new.
REOPENS_WITHIN = timedelta(hours=1)

_RANK = {AlertState.OPEN: 0, AlertState.ACKNOWLEDGED: 1, AlertState.RESOLVED: 2}


class Course(StrEnum):
    """What a signal does to the alert of its key."""

    BEGIN = "begin"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What decides about the next signal.

    `state_at` is the sender's clock of what set the state, None if it had none or a trigger set
    it: a trigger repeated later takes back no acknowledgement. `triggered_at` is that of the
    newest trigger, `seen_at` our clock of the last delivery. `triggered` says that a trigger
    came, not only what follows one. What was sent until `begun_after` is about the life before.
    """

    state: AlertState
    state_at: datetime | None
    resolved_at: datetime | None
    seen_at: datetime
    triggered: bool
    triggered_at: datetime | None
    begun_after: datetime | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one signal does: the life after it, and what is new to tell.

    `event` is what the signal is in this life: the second trigger of an alert is an update.
    `opens`: a trigger came for the first time, an incident is due, and what earlier signals said
    is to be told there too. `late`: the alert has moved on from the state the signal tells of.
    """

    course: Course
    life: Life
    event: SignalEvent
    facts: tuple[Fact, ...]
    opens: bool
    late: bool


def may_begin(signal: Signal) -> bool:
    """Say whether a signal about an unknown alert makes one.

    An acknowledgement or a resolve without a time of its own cannot be put behind a trigger that
    is still on its way, so PagerDuty's rule holds: it is dropped.
    """
    if signal.event is SignalEvent.TRIGGER:
        return True
    return signal.event is not SignalEvent.OTHER and signal.sent_at is not None


def begin(signal: Signal, received_at: datetime) -> Step:
    """Start an alert with a signal for which `may_begin` holds."""
    state = signal.state or AlertState.OPEN
    resolved = state is AlertState.RESOLVED
    triggered = signal.event is SignalEvent.TRIGGER
    facts = untold(signal.facts, ())
    states = signal.state is not None and (signal.members or not triggered)
    life = Life(
        state=state,
        state_at=signal.sent_at if states else None,
        resolved_at=(signal.sent_at or received_at) if resolved else None,
        seen_at=received_at,
        triggered=triggered,
        triggered_at=signal.sent_at if triggered else None,
        begun_after=None,
        marks=add_marks((), facts, signal),
    )
    return Step(
        course=Course.BEGIN,
        life=life,
        event=signal.event,
        facts=facts if triggered else (),
        opens=triggered,
        late=False,
    )


def advance(life: Life, signal: Signal, received_at: datetime) -> Step:
    """Apply a signal to the alert that its key names."""
    if is_past(life.begun_after, signal):
        return _let_pass(life, signal, received_at)
    if _begins_anew(life, signal, received_at):
        step = begin(signal, received_at)
        return replace(step, life=replace(step.life, begun_after=life.state_at))
    is_trigger = signal.event is SignalEvent.TRIGGER
    opens = is_trigger and not life.triggered
    facts = untold(signal.facts, life.marks)
    informed = replace(
        life,
        seen_at=max(life.seen_at, received_at),
        triggered=life.triggered or is_trigger,
        triggered_at=_latest(life.triggered_at, signal.sent_at if is_trigger else None),
        marks=add_marks(life.marks, facts, signal),
    )
    settle = _settle_group if signal.members else _settle
    settled = settle(informed, signal, received_at)
    return Step(
        course=Course.JOIN,
        life=settled,
        event=SignalEvent.UPDATE if is_trigger and life.triggered else signal.event,
        # Before the first trigger there is nobody to tell, and with it all is to be told.
        facts=untold(signal.facts, ()) if opens else facts if life.triggered else (),
        opens=opens,
        late=signal.state not in {None, settled.state},
    )


def advance_again(life: Life, signal: Signal, received_at: datetime) -> Step:
    """Apply a signal that is read again, long after it came: our clock stands in for the sender's.

    So nothing that was known when it came, or has happened since, is undone.
    """
    dated = replace(life, state_at=life.state_at or life.seen_at)
    return advance(dated, replace(signal, sent_at=signal.sent_at or received_at), received_at)


def is_past(begun_after: datetime | None, signal: Signal) -> bool:
    """Say whether a signal is about the life before the one that began after that moment."""
    return begun_after is not None and signal.sent_at is not None and signal.sent_at <= begun_after


def _let_pass(life: Life, signal: Signal, received_at: datetime) -> Step:
    return Step(
        course=Course.JOIN,
        life=replace(life, seen_at=max(life.seen_at, received_at)),
        event=SignalEvent.UPDATE if signal.event is SignalEvent.TRIGGER else signal.event,
        facts=(),
        opens=False,
        late=True,
    )


def _begins_anew(life: Life, signal: Signal, received_at: datetime) -> bool:
    """Say whether a trigger is a new problem after the end of the last one."""
    if signal.event is not SignalEvent.TRIGGER or life.resolved_at is None:
        return False
    if not signal.members:
        known_order = signal.sent_at is not None and life.state_at is not None
        return not known_order or _later(signal.sent_at, life.state_at)
    fresh = fresh_members(signal, life.marks)
    if not fresh or received_at - life.seen_at > REOPENS_WITHIN:
        return bool(fresh)
    return all(_later(member.since, life.resolved_at) for member in fresh)


def _settle(life: Life, signal: Signal, received_at: datetime) -> Life:
    """Return the life in the state that the signal, in its place in time, leaves it in."""
    state = signal.state
    if state is None or signal.event is SignalEvent.TRIGGER:
        return life  # it is open already, or has moved on from there
    if signal.event is SignalEvent.ACK and signal.sent_at is None and life.resolved_at is not None:
        return life  # as PagerDuty has it: nobody takes over what is over
    if signal.sent_at is not None and life.state_at is not None:
        told, known = (signal.sent_at, _RANK[state]), (life.state_at, _RANK[life.state])
        if told < known:
            return life
    if state is AlertState.RESOLVED and _later(life.triggered_at, signal.sent_at):
        return life  # what it ended has begun again since
    return _in_state(life, state, signal.sent_at, received_at)


def _settle_group(life: Life, signal: Signal, received_at: datetime) -> Life:
    """Return the life with the group open while a firing is known that has not ended.

    Every firing is named by its start and never begins again after its end, so any order of the
    same messages comes to the same state.
    """
    if signal.state is AlertState.RESOLVED:
        life = replace(life, marks=close_marks(life.marks, signal.sent_at))
    fires = bool(fresh_members(signal, life.marks) or open_marks(life.marks))
    state = AlertState.OPEN if fires else AlertState.RESOLVED
    moment = _latest(life.state_at, signal.sent_at)
    return _in_state(life, state, moment, received_at)


def _in_state(
    life: Life, state: AlertState, moment: datetime | None, received_at: datetime
) -> Life:
    ended_at = (moment or received_at) if state is AlertState.RESOLVED else None
    return replace(life, state=state, state_at=moment, resolved_at=ended_at)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _later(moment: datetime | None, than: datetime | None) -> bool:
    return moment is not None and than is not None and moment > than
