"""Whether an alert opens an incident, joins one, or does neither, and why."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from secondstory.alerts.joining import Joinable
from secondstory.alerts.life import Course, Step
from secondstory.alerts.models import Decision
from secondstory.alerts.portrait import service_label
from secondstory.alerts.rules import Rules, objection
from secondstory.alerts.schemas import Outcome
from secondstory.alerts.signals import TELLING, AlertState, Signal
from secondstory.alerts.standing import Standing
from secondstory.incidents.names import incident_key

# Looks for an incident of a service with news in the last so many minutes.
FindJoinable = Callable[[str, int], Awaitable[Joinable | None]]


class Way(NamedTuple):
    """What becomes of an alert that has no incident: `joins` is the incident it goes to."""

    outcome: Outcome
    joins: Joinable | None = None

    @property
    def enters(self) -> bool:
        """Tell whether the alert gets an incident, its own or one that is there."""
        return self.outcome.decision in {Decision.OPEN_INCIDENT, Decision.ATTACH}


def is_due(alert: Standing, signal: Signal, step: Step) -> bool:
    """Say whether an alert, as the signal leaves it, is to be held against the rules.

    Once for its first trigger; and, while it has no incident, for whatever may have made it worse.
    """
    if step.opens:
        return True
    speaks = signal.event in TELLING and not step.late
    return (
        speaks
        and alert.triggered
        and alert.incident_id is None
        and alert.state is not AlertState.RESOLVED
    )


async def find_way(rules: Rules, alert: Standing, reason: str, find_joinable: FindJoinable) -> Way:
    """Decide about an alert that is due; `reason` is why one without rules would open."""
    against = objection(rules, alert)
    if against is not None:
        told = f"{against}: the alert is listed, and no incident is opened."
        return Way(Outcome(decision=Decision.RECORD, reason=told))
    minutes, service = rules.attach_within_minutes, service_label(alert.service)
    if minutes is not None and service is not None:
        found = await find_joinable(service, minutes)
        if found is not None:
            return Way(
                Outcome(decision=Decision.ATTACH, reason=_why_join(found, alert, minutes)), found
            )
    return Way(Outcome(decision=Decision.OPEN_INCIDENT, reason=reason))


def way_back(incident: Joinable) -> Way:
    """Return the way of a message that opened or joined an incident when it was read before."""
    key = incident_key(incident.number)
    reason = f"The message brought {key} about when it was read before: its alert goes there too."
    return Way(Outcome(decision=Decision.ATTACH, reason=reason), incident)


def way_together(alert: Standing) -> Way:
    """Return the way of an alert in a message that has just opened an incident of its service."""
    reason = (
        f"An alert before it in this message opens an incident of {alert.service}: this one joins "
        "it instead of opening another."
    )
    return Way(Outcome(decision=Decision.ATTACH, reason=reason))


def why_open(step: Step, alert: Standing | None) -> str:
    """Return why an alert opens an incident, given what was known of it before."""
    if alert is None:
        return "The first trigger of this alert."
    if step.course is Course.BEGIN:
        return "A trigger after the end of the alert before: this is a new one."
    if step.opens:
        return "The trigger of an alert of which only later messages had come."
    return "The rules let this alert open an incident now, which they did not before."


def _why_join(found: Joinable, alert: Standing, minutes: int) -> str:
    lately = "the last minute" if minutes == 1 else f"the last {minutes} minutes"
    told = "; it tells of many alerts already, so this one is only listed" if found.is_full else ""
    return (
        f"{incident_key(found.number)} of {alert.service} is not resolved and had an alert in "
        f"{lately}: this one joins it instead of opening another{told}."
    )
