"""What an alert does to the state of its incident, where the rules of its source say so."""

from sqlalchemy import exists, select
from sqlmodel import col

from secondstory.alerts.deliveries import Delivery
from secondstory.alerts.models import Alert
from secondstory.alerts.rules import OnResolve, rules_from
from secondstory.alerts.signals import AlertState
from secondstory.alerts.standing import Standing
from secondstory.incidents.models import Incident, Status
from secondstory.incidents.schemas import IncidentPatch
from secondstory.incidents.service import change_incident

_TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 7358005))"


async def follow(delivery: Delivery, alert: Standing) -> None:
    """Resolve an incident with the last of its alerts; open it again with one that comes back.

    Called before anything is written into the incident: its row is locked before its document.
    """
    rules = rules_from(delivery.source.rules)
    if rules.on_resolve is OnResolve.ADD_EVENT or alert.incident_id is None:
        return
    over = alert.state is AlertState.RESOLVED
    if over:
        # One alert after the other, or each of the last two would take the other for open. The
        # incident itself is locked only when it is to change: alerts that storm in hold it.
        await delivery.driver.execute(_TAKE_TURNS, alert.incident_id)
        if await _has_others(delivery, alert):
            return
    incident = await _locked(delivery, alert, alone=True)
    if incident is None or (incident.status is Status.RESOLVED) is over:
        return
    if not over:
        await _change(delivery, incident, IncidentPatch(status=Status.OPEN))
    elif not await _has_others(delivery, alert):
        # By the sender's clock, which may run ahead of ours.
        ended_at = min(alert.resolved_at or delivery.received_at, delivery.received_at)
        ended_at = max(ended_at, incident.started_at)
        patch = IncidentPatch(status=Status.RESOLVED, resolved_at=ended_at)
        await _change(delivery, incident, patch)


async def worsen(delivery: Delivery, alert: Standing) -> None:
    """Give an incident the severity of an alert that joined it, if that is worse."""
    incident = await _locked(delivery, alert, alone=False)
    if incident is not None and alert.severity < incident.severity:
        await _change(delivery, incident, IncidentPatch(severity=alert.severity))


async def _has_others(delivery: Delivery, alert: Standing) -> bool:
    others = exists().where(
        col(Alert.incident_id) == alert.incident_id,
        col(Alert.id) != alert.id,
        col(Alert.state) != AlertState.RESOLVED,
    )
    return bool(await delivery.session.scalar(select(others)))


async def _locked(delivery: Delivery, alert: Standing, *, alone: bool) -> Incident | None:
    """Lock the incident so that nobody changes it until this transaction ends.

    `alone`: nor does an alert join it meanwhile. An alert that has joined may not ask for that: two
    of them would wait for each other.
    """
    return await delivery.session.get(
        Incident,
        alert.incident_id,
        with_for_update={"key_share": not alone},
        populate_existing=True,
    )


async def _change(delivery: Delivery, incident: Incident, patch: IncidentPatch) -> None:
    await change_incident(delivery.session, delivery.principal, incident, patch, None)
