"""Finding the incident that an alert may join instead of opening another: storms are one fire."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, exists, func, or_, select
from sqlmodel import SQLModel, col

from secondstory.alerts.rules import LONGEST_GROUPING
from secondstory.incidents.models import Incident, Kind, Severity, Status, Visibility
from secondstory.platform import clock
from secondstory.platform.columns import first_id_at
from secondstory.platform.prepared import Driver, PreparedSelect

# An incident tells of so many alerts that joined it; all others are only listed with it.
MAX_TOLD = 50

_ALERT = SQLModel.metadata.tables["alert"]
_RECENT = bindparam("recent", type_=Uuid)
_LISTED = (
    select(func.count())
    .select_from(
        select(_ALERT.c.id)
        .where(_ALERT.c.incident_id == Incident.id)
        .limit(MAX_TOLD)
        .correlate(Incident)
        .subquery()
    )
    .scalar_subquery()
)
_JOINED_LATELY = exists().where(_ALERT.c.incident_id == Incident.id, _ALERT.c.id >= _RECENT)
# Ids are in the order of their making, so this looks at the newest incidents only.
_FIND = PreparedSelect(
    select(
        *(col(Incident.id), col(Incident.number), col(Incident.severity)),
        _LISTED.label("listed"),
    )
    .where(
        col(Incident.id) >= bindparam("earliest", type_=Uuid),
        col(Incident.services).contains(bindparam("services", type_=ARRAY(Text))),
        col(Incident.status) != Status.RESOLVED,
        col(Incident.kind) != Kind.DRILL,
        # An alert in an incident that few can see would be an alert that nobody sees.
        col(Incident.visibility) == Visibility.EVERYONE,
        or_(col(Incident.id) >= _RECENT, _JOINED_LATELY),
    )
    .order_by(col(Incident.id).desc())
    .limit(1)
)
_LOCK_SERVICE = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7358004))"
# Waits for whoever is just resolving it, and then sees that.
_HOLD = """
SELECT id FROM incident
WHERE id = $1 AND status <> 'resolved' AND visibility = 'everyone' FOR KEY SHARE
"""


class Joinable(NamedTuple):
    """An incident that an alert may join. `is_full`: its timeline tells of enough alerts."""

    id: UUID
    number: int
    severity: Severity
    is_full: bool


async def find_joinable(driver: Driver, service: str, minutes: int) -> Joinable | None:
    """Return the newest incident of a service that is not over, and had news lately."""
    now = clock.now()
    values = {
        "earliest": first_id_at(now - LONGEST_GROUPING),
        "recent": _recent(now, minutes),
        "services": [service],
    }
    rows = await _FIND.all(driver, values)
    return next((_joinable(row) for row in rows), None)


async def hold_joinable(driver: Driver, service: str, minutes: int) -> Joinable | None:
    """Return the same, kept from being resolved until this transaction ends.

    Where there is none, alerts of this service come one by one from here on, so that the first of
    a storm opens an incident which all others find.
    """
    found = await find_joinable(driver, service, minutes)
    if found is None:
        await driver.execute(_LOCK_SERVICE, service)
        found = await find_joinable(driver, service, minutes)
    if found is None:
        return None
    held = await driver.fetchval(_HOLD, found.id)
    return None if held is None else found


def _recent(now: datetime, minutes: int) -> UUID:
    return first_id_at(now - timedelta(minutes=minutes))


def _joinable(row: dict[str, object]) -> Joinable:
    return Joinable(
        UUID(str(row["id"])),
        int(str(row["number"])),
        Severity(str(row["severity"])),
        int(str(row["listed"])) >= MAX_TOLD,
    )
