"""What is done with a signal, and why, in words for the person who set the source up."""

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.life import Step, is_past
from secondstory.alerts.marks import QUIET
from secondstory.alerts.models import Decision
from secondstory.alerts.opening import Way
from secondstory.alerts.schemas import Outcome
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.standing import Standing


def unread(source: Speaker) -> Outcome:
    """Say why a body without any signal is only kept."""
    reason = "Nothing in this body is an alert we understand; it is kept as it came."
    if source.kind is SourceKind.GENERIC:
        reason = "The mapping finds no title and no key in this body; it is kept as it came."
        if source.mapping is None:
            reason = "The source has no mapping yet; the body is kept as it came."
    return Outcome(decision=Decision.KEEP, reason=reason)


def paused() -> Outcome:
    """Say why a paused source opens nothing."""
    reason = "The source is paused: the message is kept, and nothing else is done."
    return Outcome(decision=Decision.KEEP, reason=reason)


def known_before() -> Outcome:
    """Say why a message read again does nothing to an alert that is over."""
    reason = "The message is about an alert of this key that is over: it changes nothing."
    return Outcome(decision=Decision.REPEAT, reason=reason)


def outcome_of(
    signal: Signal, step: Step | None, alert: Standing | None, way: Way | None
) -> Outcome:
    """Put into words what a signal does.

    `alert` is what was known before it, `way` what the rules say where they were asked.
    """
    if step is None:
        return _ignored(signal)
    if way is not None:
        return way.outcome
    if not step.life.triggered:
        reason = "No trigger of this alert has come yet; what is said is recorded until it does."
        return Outcome(decision=Decision.RECORD, reason=reason)
    late = f"The alert has moved on to {step.life.state}" if step.late else ""
    if is_past(step.life.begun_after, signal):
        late = "The message is from before this alert began, about the one before it"
    if not step.facts:
        reason = late or "Nothing new: the alert counts one delivery more"
        return Outcome(decision=Decision.REPEAT, reason=f"{reason}.")
    untold = _why_untold(alert)
    if untold is not None:
        return Outcome(decision=Decision.RECORD, reason=f"{late or untold}.")
    entries = "one entry" if len(step.facts) == 1 else f"{len(step.facts)} entries"
    reason = f"Adds {entries} to the timeline of the alert's incident"
    return Outcome(decision=Decision.APPEND, reason=f"{late}. {reason}." if late else f"{reason}.")


def _why_untold(alert: Standing | None) -> str | None:
    """Return why the news of an alert goes into no timeline, None if it does."""
    if alert is None or alert.incident_id is None:
        return "The alert has no incident; what is said is recorded"
    if QUIET in alert.marks:
        return "The alert is one of many of its incident and is only listed"
    return None


def _ignored(signal: Signal) -> Outcome:
    reason = "No alert is known under this key, and only a trigger makes one."
    if signal.event is SignalEvent.OTHER:
        reason = "The message is about no alert: a test, a change, or news of something else."
    return Outcome(decision=Decision.IGNORE, reason=reason)
