"""How a report says things: kinds, states, times and spans in words."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from secondstory.actions.models import ActionStatus, Intent
from secondstory.actions.schemas import ActionRead
from secondstory.incidents.models import Kind, ParticipantRole, Stage
from secondstory.incidents.schemas import IncidentRead
from secondstory.reports.passages import first_words
from secondstory.reports.schemas import ReportRead
from secondstory.timeline.models import EventKind, EventSource
from secondstory.timeline.schemas import EventRead

KIND: Final = {
    Kind.INCIDENT: "incident",
    Kind.NEAR_MISS: "near miss",
    Kind.DRILL: "drill",
}
STAGE: Final = {
    Stage.RECAP: "the recap is being written",
    Stage.DISCUSSION: "the whys are being discussed",
    Stage.TAKEAWAYS: "the takeaways are being collected",
    Stage.PUBLISHED: "published",
}
ROLE: Final = {role: role.replace("_", "-") for role in ParticipantRole}
EVENT_KIND: Final = {
    EventKind.ACTION: "what we did",
    EventKind.EFFECT: "what we saw",
    EventKind.UNDERSTANDING: "what we understood",
}
EVENT_SOURCE: Final = {
    EventSource.ALERT: "from an alert",
    EventSource.CHAT: "from the chat",
    EventSource.API: "from a program",
}
ACTION_STATUS: Final = {status: status.replace("_", " ") for status in ActionStatus}
INTENT: Final = {
    Intent.PREVENT: "to make it less likely",
    Intent.DETECT: "to notice sooner",
    Intent.MITIGATE: "to soften what it does",
    Intent.LEARN: "to know more",
}

PIVOT: Final = "a decision turned here"
NO_SUMMARY: Final = "There is no summary yet."
NO_EVENTS: Final = "The timeline is empty so far."
NO_WHYS: Final = "No whys have been asked yet."
NO_ANSWER: Final = "Open: not answered yet."
NO_LEARNINGS: Final = "Nothing is written down yet."
NO_ACTIONS: Final = "No actions; here is what we learned."


def day(value: date) -> str:
    """Return `23 December 2020`."""
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """Return `23 December 2020, 14:02 UTC`."""
    return f"{day(value)}, {value:%H:%M} UTC"


def span(length: timedelta) -> str:
    """Return the two largest units of a span, `3 hours 34 minutes`."""
    minutes = int(length.total_seconds()) // 60
    if minutes == 0:
        return "less than a minute"
    counts = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
    named = [f"{n} {unit}{'s' if n > 1 else ''}" for unit, n in counts.items() if n]
    # A day and some minutes is a day.
    return " ".join(named[:2]) if counts["hour"] or not counts["day"] else named[0]


def facts(incident: IncidentRead) -> list[tuple[str, str]]:
    """Return the facts of the header, each with its name."""
    start = incident.started_at
    end = incident.resolved_at or incident.mitigated_at
    times = {
        "Detected": incident.detected_at,
        "Mitigated": incident.mitigated_at,
        "Resolved": incident.resolved_at,
    }
    known = [
        ("Kind", KIND[incident.kind]),
        ("Severity", incident.severity),
        ("Status", incident.status),
        ("Review", STAGE[incident.stage]),
        ("Started", moment(start)),
        *((name, _since(start, at)) for name, at in times.items() if at is not None),
        ("Lasted", span(end - start) if end else ""),
        ("Services", ", ".join(incident.services)),
        ("Tags", ", ".join(incident.tags)),
        ("Channel", incident.channel_name),
    ]
    return [(name, value) for name, value in known if value]


def event_marks(event: EventRead) -> list[str]:
    """Return what stands beside the time and kind of an event."""
    marks = [
        _known(event) if event.known_at != event.occurred_at else "",
        f"as {event.account_of_name} saw it" if event.account_of_name else "",
        EVENT_SOURCE.get(event.source, ""),
        PIVOT if event.pivot else "",
    ]
    return [mark for mark in marks if mark]


def action_marks(action: ActionRead) -> list[str]:
    """Return what stands beside the title of an action."""
    return [
        action.owner_name or "nobody yet",
        f"due {day(action.due_on)}" if action.due_on else "no due date",
        _state(action),
        INTENT[action.intent],
    ]


def is_web_link(text: str) -> bool:
    """Tell whether a text is safe to be followed as a link."""
    return text.lower().startswith(("http://", "https://"))


def references(report: ReportRead) -> dict[UUID, tuple[str, str]]:
    """Return, of each event, when it was and what it says, as a why refers to it."""
    first_day = report.incident.started_at.date()
    return {event.id: (_when(event, first_day), _said(event)) for event in report.events}


def origins(report: ReportRead) -> dict[UUID, str]:
    """Return what actions may come out of, in its first words."""
    takeaways = [*report.learnings, *report.recommendations, *report.parked]
    said = {takeaway.id: first_words(takeaway.text) for takeaway in takeaways}
    return said | {why.id: why.question for why in report.whys}


def _since(start: datetime, at: datetime) -> str:
    return f"{moment(at)}, {span(at - start)} after the start" if at != start else moment(at)


def _when(event: EventRead, first_day: date) -> str:
    at = event.occurred_at
    return f"{at:%H:%M}" if at.date() == first_day else f"{day(at)}, {at:%H:%M}"


def _said(event: EventRead) -> str:
    kind, said = EVENT_KIND[event.kind], first_words(event.text)
    return f"{kind}: {said}" if said else kind


def _known(event: EventRead) -> str:
    known, occurred = event.known_at, event.occurred_at
    if known.date() == occurred.date():
        return f"known at {known:%H:%M}"
    return f"known on {moment(known)}"


def _state(action: ActionRead) -> str:
    if action.status != ActionStatus.DONE:
        return ACTION_STATUS[action.status]
    done = f"done on {day(action.done_at)}" if action.done_at else "done"
    if action.held is not None:
        return f"{done} and it {'held' if action.held else 'did not hold'}"
    return f"{done}, to be looked at on {day(action.check_on)}" if action.check_on else done
