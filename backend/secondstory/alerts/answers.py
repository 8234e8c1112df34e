"""What a sender is answered: in our words, or in PagerDuty's where we stand in its place."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import ConfigDict
from pydantic.config import JsonDict

from secondstory.actions.models import ActionStatus
from secondstory.alerts.signals import AlertState
from secondstory.incidents.models import Severity, Status
from secondstory.platform.fields import ResponseBody

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_ALERT: JsonDict = {"id": _ID, "dedup_key": "checkout-errors", "state": "open"}
_INCIDENT: JsonDict = {"id": _ID, "key": "INC-42", "url": "https://example.org/i/INC-42"}
_ACTION: JsonDict = {
    "id": _ID,
    "key": "ACT-17",
    "title": "Ask for the full name of a production database before removing it",
    "owner_name": "Ada",
    "due_on": "2021-01-15",
    "status": "in_progress",
}
_KNOWN: JsonDict = {
    **_INCIDENT,
    "title": "Checkout answers with errors",
    "severity": "sev1",
    "status": "resolved",
    "started_at": "2020-12-23T14:02:00Z",
    "because": "same_alert",
    "open_actions": [_ACTION],
}


class AlertRef(ResponseBody):
    """An alert that a message belongs to."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ALERT]})

    id: UUID
    dedup_key: str
    state: AlertState


class IncidentRef(ResponseBody):
    """An incident that a message belongs to."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INCIDENT]})

    id: UUID
    key: str
    url: str


class Because(StrEnum):
    """What an earlier incident has in common with this one."""

    SAME_ALERT = "same_alert"
    SAME_SERVICE = "same_service"


class OpenAction(ResponseBody):
    """What was promised and is not done yet."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ACTION]})

    id: UUID
    key: str
    title: str
    owner_name: str | None
    due_on: date | None
    status: ActionStatus


class KnownIncident(ResponseBody):
    """An earlier incident of the same alert or service, and what is still to be done after it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_KNOWN]})

    id: UUID
    key: str
    url: str
    title: str
    severity: Severity
    status: Status
    started_at: datetime
    because: Because
    open_actions: list[OpenAction]


class Related(ResponseBody):
    """What is known beside an incident: the same alert first, then the same services."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_KNOWN]}]})

    items: list[KnownIncident]


class Accepted(ResponseBody):
    """The message is stored; these are the alerts and incidents it belongs to.

    `known`, where it opened or joined an incident: earlier ones that everybody may see.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "accepted",
                    "alerts": [_ALERT],
                    "incidents": [_INCIDENT],
                    "known": [_KNOWN],
                },
            ]
        }
    )

    status: str
    alerts: list[AlertRef]
    incidents: list[IncidentRef]
    known: list[KnownIncident]


class Enqueued(ResponseBody):
    """PagerDuty's own answer to an alert event."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"status": "success", "message": "Event processed", "dedup_key": "checkout-errors"}
            ]
        }
    )

    status: str
    message: str
    dedup_key: str


class ChangeEnqueued(ResponseBody):
    """PagerDuty's own answer to a change event."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "success", "message": "Change event processed"}]}
    )

    status: str
    message: str


class EnqueueRefused(ResponseBody):
    """PagerDuty's own answer to an event it cannot use."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "invalid event",
                    "message": "Event object is invalid",
                    "errors": ["'payload.summary' is missing or blank"],
                }
            ]
        }
    )

    status: str
    message: str
    errors: list[str]
