"""What a sender is answered: in our words, or in PagerDuty's where we stand in its place."""

from uuid import UUID

from pydantic import ConfigDict
from pydantic.config import JsonDict

from secondstory.alerts.signals import AlertState
from secondstory.platform.fields import ResponseBody

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_ALERT: JsonDict = {"id": _ID, "dedup_key": "checkout-errors", "state": "open"}
_INCIDENT: JsonDict = {"id": _ID, "key": "INC-42", "url": "https://example.org/i/INC-42"}


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


class Accepted(ResponseBody):
    """The message is stored; these are the alerts and incidents it belongs to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"status": "accepted", "alerts": [_ALERT], "incidents": [_INCIDENT]},
            ]
        }
    )

    status: str
    alerts: list[AlertRef]
    incidents: list[IncidentRef]


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
