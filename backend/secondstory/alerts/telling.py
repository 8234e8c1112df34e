"""Telling an incident what its alert said: opening it, and adding to its timeline."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.deliveries import Delivery
from secondstory.alerts.models import Alert
from secondstory.alerts.signals import Fact
from secondstory.changes.service import appeared, record
from secondstory.documents.service import add_passages
from secondstory.incidents.models import Incident
from secondstory.incidents.schemas import IncidentCreate
from secondstory.incidents.service import open_incident
from secondstory.platform.columns import new_id
from secondstory.timeline.models import Event, EventSource, text_passage

# Services of incidents are labels, shorter than what senders call things.
_LONGEST_SERVICE = 80


async def open_for_alert(
    session: AsyncSession, delivery: Delivery, alert: Alert, facts: Sequence[Fact]
) -> Incident:
    """Open an incident with the facts of an alert as its first timeline entries."""
    entries = {new_id(): fact for fact in facts}
    new = IncidentCreate(
        title=alert.title,
        severity=alert.severity,
        services=[alert.service[:_LONGEST_SERVICE]] if alert.service else [],
        started_at=alert.opened_at,
        # A sender's clock may run ahead of ours.
        detected_at=max(alert.opened_at, delivery.received_at),
    )
    incident = await open_incident(session, delivery.principal, new, _passages(entries))
    await _store_events(session, delivery, incident.id, alert, entries)
    return incident


async def tell(
    session: AsyncSession,
    delivery: Delivery,
    incident_id: UUID,
    alert: Alert,
    facts: Sequence[Fact],
) -> None:
    """Add facts of an alert to the timeline of its incident."""
    entries = {new_id(): fact for fact in facts}
    await add_passages(session, incident_id, _passages(entries), delivery.principal)
    await _store_events(session, delivery, incident_id, alert, entries)


def _passages(entries: Mapping[UUID, Fact]) -> dict[str, str]:
    return {text_passage(event_id): fact.text for event_id, fact in entries.items()}


async def _store_events(
    session: AsyncSession,
    delivery: Delivery,
    incident_id: UUID,
    alert: Alert,
    entries: Mapping[UUID, Fact],
) -> None:
    if not entries:
        return
    first = next(iter(entries))
    rows = [
        _event_row(delivery, event_id, fact)
        | {
            "incident_id": incident_id,
            "alert_id": alert.id,
            "evidence": alert.links if event_id == first else [],
        }
        for event_id, fact in entries.items()
    ]
    await session.execute(insert(Event).values(rows))
    for row, fact in zip(rows, entries.values(), strict=True):
        fields = appeared(kind=fact.kind, occurred_at=row["occurred_at"], text=fact.text)
        await record(
            session,
            delivery.principal,
            "created",
            "event",
            row["id"],
            incident_id=incident_id,
            fields=fields,
        )


def _event_row(delivery: Delivery, event_id: UUID, fact: Fact) -> dict[str, Any]:
    occurred_at = fact.occurred_at or delivery.received_at
    return {
        "id": event_id,
        "kind": fact.kind,
        "occurred_at": occurred_at,
        "known_at": max(occurred_at, delivery.received_at),
        "source": EventSource.ALERT,
        "author_kind": delivery.principal.kind,
        "author_id": delivery.principal.id,
        "author_name": delivery.principal.name,
        "pivot": False,
        "created_at": delivery.received_at,
        "updated_at": delivery.received_at,
    }
