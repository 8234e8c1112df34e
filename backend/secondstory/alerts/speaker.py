"""A source as the intake handles it: what decides about a message, and nothing that watches it.

Making a table object for each delivery takes longer than reading its row, see `standing.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from secondstory.alerts.formats.contract import SourceKind
from secondstory.incidents.models import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks; see `models.AlertSource` for the columns."""

    id: UUID
    kind: SourceKind
    name: str
    active: bool
    secret: str | None
    previous_secret: str | None
    rotated_at: datetime | None
    default_severity: Severity
    mapping: dict[str, Any] | None
    rules: dict[str, Any] | None
    severity_map: dict[str, str]
