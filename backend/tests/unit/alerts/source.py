"""A source as it comes out of the settings, nobody's in particular."""

from datetime import UTC, datetime

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.models import AlertSource
from secondstory.incidents.models import Severity

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = AlertSource(
    kind=SourceKind.GENERIC,
    name="Any",
    key=None,
    key_hash=None,
    secret=None,
    default_severity=Severity.SEV3,
    mapping=None,
    created_at=NOON,
)
