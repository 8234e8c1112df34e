"""From alert to incident: the rules of a source, as a person writes and reads them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from secondstory.alerts.standing import Standing
from secondstory.incidents.models import Severity
from secondstory.platform.fields import Label, RequestBody, ResponseBody

LONGEST_GROUPING = timedelta(days=1)
_MINUTES = int(LONGEST_GROUPING.total_seconds() // 60)

EXAMPLE: dict[str, Any] = {
    "open_at_or_above": "sev3",
    "only_services": ["checkout", "payments-*"],
    "only_labels": {"team": ["payments"]},
    "attach_within_minutes": 15,
    "note_only": False,
    "on_resolve": "add_event",
}


class OnResolve(StrEnum):
    """What the end of an alert does to its incident."""

    ADD_EVENT = "add_event"
    RESOLVE_INCIDENT = "resolve_incident"


class Rules(RequestBody):
    """What an alert has to be to open an incident, and what its end does. Given as a whole.

    `*` at the end of a service or a value stands for anything; upper and lower case are the same.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    open_at_or_above: Annotated[
        Severity | None, Field(description="Open for this severity or a worse one; null: for any")
    ] = None
    only_services: Annotated[
        tuple[Label, ...], Field(max_length=100, description="Open for these services")
    ] = ()
    only_labels: Annotated[
        dict[Label, Annotated[tuple[Label, ...], Field(min_length=1, max_length=50)]],
        Field(max_length=20, description="Open for alerts with one of these labels as well"),
    ] = {}  # noqa: RUF012 - pydantic copies it
    attach_within_minutes: Annotated[
        int | None,
        Field(
            ge=1,
            le=_MINUTES,
            description="Join an incident of the same service that is not resolved, and was "
            "opened or joined by an alert in the last so many minutes; null: never",
        ),
    ] = None
    note_only: Annotated[bool, Field(description="List alerts, and open nothing")] = False
    on_resolve: Annotated[
        OnResolve,
        Field(
            description="`resolve_incident`: the incident is resolved with the last of its alerts, "
            "and open again with the first that comes back"
        ),
    ] = OnResolve.ADD_EVENT


class RulesRead(ResponseBody):
    """The rules of a source."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    open_at_or_above: Severity | None
    only_services: list[str]
    only_labels: dict[str, list[str]]
    attach_within_minutes: int | None
    note_only: bool
    on_resolve: OnResolve


SeverityMap = Annotated[
    dict[Label, Severity],
    Field(
        max_length=100,
        description="What the sender's words and numbers mean here; upper and lower case are the "
        "same, and words not named keep their usual meaning",
    ),
]

UNCHANGED = Rules()


def rules_from(stored: Mapping[str, Any] | None) -> Rules:
    """Return rules as they were stored; those nobody has changed for null."""
    return UNCHANGED if stored is None else Rules.model_validate(stored)


def objection(rules: Rules, alert: Standing) -> str | None:
    """Return why an alert opens no incident by these rules, None if it does."""
    if rules.note_only:
        return "This source only notes its alerts"
    if rules.open_at_or_above is not None and alert.severity > rules.open_at_or_above:
        return f"{alert.severity} is below {rules.open_at_or_above}, where this source begins"
    if not rules.only_services and not rules.only_labels:
        return None
    if _matches(alert.service, rules.only_services):
        return None
    for name, values in rules.only_labels.items():
        if _matches(alert.details.get(name), values):
            return None
    return f"{_wanted(rules)}; this one {_is(alert.service)}"


def _matches(value: str | None, patterns: Iterable[str]) -> bool:
    if value is None:
        return False
    folded = value.casefold()
    return any(_fits(folded, pattern.casefold()) for pattern in patterns)


def _fits(value: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


def _wanted(rules: Rules) -> str:
    services = [f"of {service}" for service in rules.only_services]
    labels = [
        f"with {name} {value}" for name, values in rules.only_labels.items() for value in values
    ]
    return f"This source opens incidents only for alerts {_any_of([*services, *labels])}"


def _any_of(choices: list[str]) -> str:
    shown = choices if len(choices) <= 5 else [*choices[:4], f"{len(choices) - 4} others"]  # noqa: PLR2004 - a line
    return " or ".join(shown)


def _is(service: str | None) -> str:
    return f"is of {service}" if service else "names no service"
