"""An alert as the intake handles it: the columns of its row, and nothing that watches them.

Making a table object takes longer than the statement that reads its row, which a storm would feel.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from secondstory.alerts.signals import AlertState, SignalEvent
from secondstory.incidents.models import Severity


@dataclass(slots=True, kw_only=True)
class Standing:
    """How an alert stands; see `models.Alert` for the columns."""

    id: UUID
    source_id: UUID
    dedup_key: str
    current: bool
    incident_id: UUID | None
    event: SignalEvent
    title: str
    title_at: datetime | None
    severity_raw: str | None
    severity: Severity
    severity_at: datetime | None
    service: str | None
    state: AlertState
    state_at: datetime | None
    begun_after: datetime | None
    opened_at: datetime
    resolved_at: datetime | None
    links: list[str]
    details: dict[str, str]
    marks: list[str]
    triggered: bool
    triggered_at: datetime | None
    deliveries: int
    created_at: datetime
    updated_at: datetime

    def row(self) -> dict[str, Any]:
        """Return the values of all columns; `asdict` would copy deeply."""
        return {name: getattr(self, name) for name in self.__slots__}


# What a later signal may change.
MUTABLE = (
    *("incident_id", "event", "title", "title_at", "severity_raw", "severity", "severity_at"),
    *("service", "state", "state_at", "opened_at", "resolved_at", "links", "details", "marks"),
    *("triggered", "triggered_at"),
)
