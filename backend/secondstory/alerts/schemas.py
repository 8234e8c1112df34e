"""What alerts and deliveries take and answer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.models import Decision
from secondstory.alerts.rules import Rules, SeverityMap
from secondstory.alerts.signals import AlertState, SignalEvent
from secondstory.incidents.models import Severity
from secondstory.platform.fields import Line, QueryParameters, RequestBody, ResponseBody, Utc

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_AT = "2020-12-23T14:02:00Z"
_SIGNAL: dict[str, Any] = {
    "event": "trigger",
    "title": "Checkout answers with errors",
    "severity_raw": "critical",
    "severity": "sev1",
    "dedup_key": "checkout-errors",
    "service": "checkout",
    "opened_at": _AT,
    "links": ["https://graphs.example.org/d/checkout"],
    "state": "open",
}
_OUTCOME: dict[str, Any] = {
    "decision": "open_incident",
    "reason": "The first trigger of this alert.",
}


class SignalRead(ResponseBody):
    """What a message says of an alert."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SIGNAL]})

    event: SignalEvent
    title: str | None
    severity_raw: str | None
    severity: Severity | None
    dedup_key: str | None
    service: str | None
    opened_at: datetime | None
    links: list[str]
    state: AlertState | None


class Outcome(ResponseBody):
    """What was done about a signal, or would be, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUTCOME]})

    decision: Decision
    reason: str


class KeptOutcome(Outcome):
    """What was done about a signal that came, and the incident that its alert belongs to now."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_OUTCOME, "incident_key": "INC-42"}]}
    )

    incident_key: str | None


class PreviewRequest(RequestBody):
    """A message as the sender would send it. Its signature is not checked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "headers": {"Content-Type": "application/json"},
                    "body": '{"check": {"name": "Checkout", "id": 7}, "status": "broken"}',
                }
            ]
        }
    )

    headers: dict[Annotated[str, Field(max_length=200)], Annotated[str, Field(max_length=8000)]] = (
        Field(default_factory=dict, max_length=100)
    )
    body: Annotated[str, Field(max_length=1024 * 1024)]
    mapping: Annotated[
        PayloadMapping | None, Field(description="Try this mapping instead of the source's")
    ] = None
    rules: Annotated[Rules | None, Field(description="Try these rules instead")] = None
    severity_map: Annotated[
        SeverityMap | None, Field(description="Try this map of severities instead")
    ] = None


class PreviewRead(ResponseBody):
    """What would become of a message now; nothing is stored."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"signals": [_SIGNAL], "outcome": [_OUTCOME]}]}
    )

    signals: list[SignalRead]
    outcome: list[Outcome]


class AlertFilter(QueryParameters):
    """What a list of alerts is narrowed to."""

    source_id: UUID | None = None
    dedup_key: Annotated[str | None, Field(max_length=10_000)] = None
    state: list[AlertState] = Field(default_factory=list)
    incident: Annotated[Line | None, Field(description="Id or key of an incident")] = None


class AlertRead(ResponseBody):
    """One alert, from its trigger to its end."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_SIGNAL,
                    "id": _ID,
                    "source_id": _ID,
                    "incident_id": _ID,
                    "incident_key": "INC-42",
                    "resolved_at": "2020-12-23T17:36:00Z",
                    "details": {"team": "payments"},
                    "deliveries": 3,
                    "created_at": _AT,
                    "updated_at": _AT,
                }
            ]
        }
    )

    id: UUID
    source_id: UUID
    incident_id: UUID | None
    incident_key: str | None
    dedup_key: str
    event: SignalEvent
    title: str
    severity_raw: str | None
    severity: Severity
    service: str | None
    state: AlertState
    opened_at: datetime
    resolved_at: datetime | None
    links: list[str]
    details: dict[str, str]
    deliveries: int
    created_at: datetime
    updated_at: datetime


class DeliveryRead(ResponseBody):
    """One request as it came in, without its secrets, and what was made of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "received_at": _AT,
                    "headers": {"content-type": "application/json"},
                    "body": '{"check": {"name": "Checkout", "id": 7}, "status": "broken"}',
                    "replayed_at": _AT,
                    "signals": [_SIGNAL],
                    "outcome": [{**_OUTCOME, "incident_key": "INC-42"}],
                }
            ]
        }
    )

    id: UUID
    received_at: datetime
    headers: dict[str, str]
    body: str
    replayed_at: datetime | None
    signals: list[SignalRead]
    outcome: list[KeptOutcome]


class ReplayRequest(RequestBody):
    """Read messages again that belong to no alert yet."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"since": _AT}]})

    since: Annotated[Utc, Field(description="Messages received from then on")]


class ReplayRead(ResponseBody):
    """What became of a message that was read again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": _ID, "received_at": _AT, "outcome": [_OUTCOME]}]}
    )

    id: UUID
    received_at: datetime
    outcome: list[Outcome]
