"""What senders' words for the state of an alert mean to us, where a sender has no list of its own.

Source of the words: the senders read here, and what their templates are filled with.
"""

from collections.abc import Mapping

from secondstory.alerts.signals import AlertState, SignalEvent

_WORDS: Mapping[AlertState, tuple[str, ...]] = {
    AlertState.OPEN: (
        "open", "opened", "firing", "fired", "trigger", "triggered", "alert", "alerting", "alarm",
        "problem", "down", "failing", "failed", "started", "active", "new", "critical", "warning",
        "error", "1", "true",
    ),
    AlertState.ACKNOWLEDGED: ("acknowledged", "acknowledge", "ack", "acked"),
    AlertState.RESOLVED: (
        "resolved", "resolve", "ok", "okay", "closed", "close", "recovered", "recovery", "up",
        "normal", "passing", "success", "successful", "succeeded", "clear", "cleared", "healthy",
        "fixed", "inactive", "ended", "0", "false",
    ),
}  # fmt: skip
_BY_WORD = {word: state for state, words in _WORDS.items() for word in words}

EVENTS: Mapping[AlertState, SignalEvent] = {
    AlertState.OPEN: SignalEvent.TRIGGER,
    AlertState.ACKNOWLEDGED: SignalEvent.ACK,
    AlertState.RESOLVED: SignalEvent.RESOLVE,
}


def known_state(word: str, own: Mapping[str, AlertState] | None = None) -> AlertState | None:
    """Return what a word means, those of one source first; None for one that nobody knows."""
    folded = word.casefold()
    for known, state in (own or {}).items():
        if known.casefold() == folded:
            return state
    return _BY_WORD.get(folded)
