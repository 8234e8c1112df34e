"""Putting into words what an alert did, as one line of a timeline."""

from collections.abc import Mapping
from datetime import datetime

from secondstory.alerts.formats.values import MAX_TITLE, shorten
from secondstory.alerts.signals import Fact, SignalEvent, digest
from secondstory.timeline.models import EventKind

_HAPPENED: Mapping[SignalEvent, tuple[str, EventKind]] = {
    SignalEvent.TRIGGER: ("fired", EventKind.EFFECT),
    SignalEvent.UPDATE: ("has news", EventKind.EFFECT),
    SignalEvent.ACK: ("acknowledged", EventKind.ACTION),
    SignalEvent.RESOLVE: ("resolved", EventKind.EFFECT),
}


def told(
    sender: str,
    event: SignalEvent,
    title: str | None,
    *,
    at: datetime | None = None,
    said: str | None = None,
    by: str | None = None,
) -> tuple[Fact, ...]:
    """Return the one fact of a message, or none for one that is about no alert.

    A firing is named by its title, so that a reminder adds nothing; what comes after it is named
    by its time, so that it is told each time it happens and once however often it is sent.
    """
    if event not in _HAPPENED:
        return ()
    happened, kind = _HAPPENED[event]
    line = f"{sender} alert {happened}"
    if by and kind is EventKind.ACTION:
        line += f" by {by}"
    if title:
        line = shorten(f"{line}: {title}", MAX_TITLE)
    named = title if event is SignalEvent.TRIGGER else at.isoformat() if at else said
    return (
        Fact(
            mark=digest(event, named),
            text=f"{line}\n\n{said}" if said and said != title else line,
            occurred_at=at,
            kind=kind,
        ),
    )
