"""What is known already when an alert comes: earlier incidents, and what was promised there."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.actions.models import UNFINISHED, Action
from secondstory.alerts.answers import Because, KnownIncident, OpenAction
from secondstory.alerts.models import Alert
from secondstory.identity.models import Scope, User
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident, Visibility
from secondstory.incidents.names import incident_key
from secondstory.incidents.policy import VISIBLE_TO_CALLER, caller_values
from secondstory.platform.prepared import Driver, PreparedSelect, driver_of

_MOST: Final = 5
# A storm has the same key many times; its newest alerts say all there is to say.
_ALERTS_LOOKED_AT: Final = 50

_EVERYONE = col(Incident.visibility) == Visibility.EVERYONE
_ACTIONS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_object(
                    *("id", Action.id, "number", Action.number, "title", Action.title),
                    *("owner_name", User.name, "due_on", Action.due_on, "status", Action.status),
                ),
                col(Action.due_on),
                col(Action.id),
            ),
            type_=JSON,
        )
    )
    .outerjoin(User, col(User.id) == Action.owner_id)
    .where(
        col(Action.incident_id) == Incident.id,
        or_(*(col(Action.status) == status for status in UNFINISHED)),
    )
    .correlate(Incident)
    .scalar_subquery()
)
_EARLIER = col(Incident.id) < bindparam("incident_id", type_=Uuid)


def _of_the_same_alert(alerts: ColumnElement[bool], seen: ColumnElement[bool]) -> Any:
    return (
        select(col(Incident.id).label("id"), literal_column("0").label("nearness"))
        .join(Alert, col(Alert.incident_id) == Incident.id)
        .where(alerts, _EARLIER, seen)
        .order_by(col(Alert.id).desc())
        .limit(_MOST)
    )


def _of_the_same_service(services: ColumnElement[bool], seen: ColumnElement[bool]) -> Any:
    return (
        select(col(Incident.id).label("id"), literal_column("1").label("nearness"))
        .where(services, _EARLIER, seen)
        .order_by(col(Incident.id).desc())
        .limit(_MOST)
    )


def _known(found: CompoundSelect[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Select the incidents found, each once, the same alert first, then the newest."""
    each = found.subquery()
    nearest = select(each.c.id, func.min(each.c.nearness).label("nearness")).group_by(each.c.id)
    near = nearest.subquery()
    return (
        select(
            *(col(Incident.id), col(Incident.number), col(Incident.title)),
            *(col(Incident.severity), col(Incident.status), col(Incident.started_at)),
            near.c.nearness,
            _ACTIONS.label("open_actions"),
        )
        .join(near, near.c.id == Incident.id)
        .order_by(near.c.nearness, col(Incident.id).desc())
        .limit(_MOST)
    )


# For a sender, who is nobody in particular: what everybody may see, found by two indexes however
# many alerts and incidents there are.
_FOR_SENDER = PreparedSelect(
    _known(
        union_all(
            _of_the_same_alert(
                and_(
                    col(Alert.source_id) == bindparam("source_id", type_=Uuid),
                    col(Alert.dedup_key) == bindparam("dedup_key", type_=Text),
                ),
                _EVERYONE,
            ),
            _of_the_same_service(
                literal_column("incident.services[1]", Text) == bindparam("service", type_=Text),
                _EVERYONE,
            ),
        )
    )
)
_OF_ITS_ALERTS = (
    select(col(Alert.source_id), col(Alert.dedup_key))
    .where(col(Alert.incident_id) == bindparam("incident_id", type_=Uuid))
    .order_by(col(Alert.id).desc())
    .limit(_ALERTS_LOOKED_AT)
)
_FOR_READER = PreparedSelect(
    _known(
        union_all(
            _of_the_same_alert(
                tuple_(col(Alert.source_id), col(Alert.dedup_key)).in_(_OF_ITS_ALERTS),
                VISIBLE_TO_CALLER,
            ),
            _of_the_same_service(
                col(Incident.services).op("&&")(bindparam("services", type_=ARRAY(Text))),
                VISIBLE_TO_CALLER,
            ),
        )
    )
)
_SERVICES = "SELECT services FROM incident WHERE id = $1"


class Newcomer(NamedTuple):
    """An alert that has just got its incident."""

    source_id: UUID
    dedup_key: str
    service: str | None
    incident_id: UUID


async def known_to_everybody(
    driver: Driver, newcomer: Newcomer, base_url: str
) -> list[KnownIncident]:
    """Return earlier incidents of an alert or its service, of those that everybody may see."""
    rows = await _FOR_SENDER.all(driver, newcomer._asdict())
    return [_shown(row, base_url, with_actions=True) for row in rows]


async def known_to(
    session: AsyncSession, principal: Principal, incident_id: UUID, base_url: str
) -> list[KnownIncident]:
    """Return earlier incidents of the same alerts or services, of those the caller may see."""
    driver = await driver_of(session)
    services = await driver.fetchval(_SERVICES, incident_id)
    values = {"incident_id": incident_id, "services": services}
    rows = await _FOR_READER.all(driver, caller_values(principal) | values)
    with_actions = principal.may(Scope.ACTIONS_READ)
    return [_shown(row, base_url, with_actions=with_actions) for row in rows]


def _shown(row: dict[str, Any], base_url: str, *, with_actions: bool) -> KnownIncident:
    key = incident_key(row["number"])
    actions = (row["open_actions"] or []) if with_actions else []
    return KnownIncident(
        **{name: row[name] for name in ("id", "title", "severity", "status", "started_at")},
        key=key,
        url=f"{base_url}/i/{key}",
        because=Because.SAME_SERVICE if row["nearness"] else Because.SAME_ALERT,
        open_actions=[_promised(action) for action in actions],
    )


def _promised(action: dict[str, Any]) -> OpenAction:
    return OpenAction(
        **{name: action[name] for name in ("id", "title", "owner_name", "due_on", "status")},
        key=f"ACT-{action['number']}",
    )
