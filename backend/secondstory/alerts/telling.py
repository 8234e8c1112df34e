"""Telling an incident what its alert said: opening it, and adding to its timeline."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from secondstory.alerts.deliveries import Delivery
from secondstory.alerts.marks import QUIET
from secondstory.alerts.portrait import service_label
from secondstory.alerts.signals import Fact
from secondstory.alerts.standing import Standing
from secondstory.changes.service import Entry, appeared, record_all
from secondstory.documents.service import DocumentTooLarge, add_passages
from secondstory.incidents.schemas import IncidentCreate
from secondstory.incidents.service import Opened, open_incident
from secondstory.platform.columns import new_id
from secondstory.platform.prepared import Prepared
from secondstory.timeline.models import EventSource, text_passage

_INSERT_EVENTS = Prepared(insert(SQLModel.metadata.tables["event"]))


async def open_for_alert(
    delivery: Delivery, alert: Standing, facts: Sequence[Fact], news: Sequence[Entry]
) -> Opened:
    """Open an incident with the facts of an alert as its first timeline entries."""
    events = _events(delivery, alert, facts)
    new = new_incident(alert, delivery.received_at)
    told = [*map(_appeared, events, facts), *news]
    incident = await open_incident(
        delivery.session, delivery.principal, new, _passages(events, facts), told
    )
    await _store_events(delivery, incident.id, events)
    return incident


async def tell(
    delivery: Delivery, alert: Standing, facts: Sequence[Fact], news: Sequence[Entry]
) -> None:
    """Add facts of an alert to the timeline of its incident, and record what is new of it.

    Of an alert that is only listed nothing is told, and nobody is notified: it is one of a storm.
    """
    told, quiet = list(news), QUIET in alert.marks
    if facts and alert.incident_id is not None and not quiet:
        events = _events(delivery, alert, facts)
        texts = _passages(events, facts)
        # The incident is locked before its document, here as everywhere.
        await _store_events(delivery, alert.incident_id, events)
        # A document that takes no more gets the entries without their words: alerts are never
        # refused for content, and the delivery keeps what the sender said.
        with suppress(DocumentTooLarge):
            await add_passages(delivery.session, alert.incident_id, texts, delivery.principal)
        told = [*map(_appeared, events, facts), *news]
    if told:
        await record_all(
            *(delivery.session, delivery.principal, told),
            incident_id=alert.incident_id,
            followed=not quiet,
        )


def new_incident(alert: Standing, received_at: datetime) -> IncidentCreate:
    """Return the incident that an alert opens."""
    service = service_label(alert.service)
    return IncidentCreate(
        title=alert.title,
        severity=alert.severity,
        services=[service] if service else [],
        # A sender's clock may run ahead of ours, by seconds or by years: what people say of an
        # incident, such as its end, may not lie before its start.
        started_at=min(alert.opened_at, received_at),
        detected_at=received_at,
    )


def _events(delivery: Delivery, alert: Standing, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Return the timeline entries of facts; the first one carries the links."""
    rows = [_event_row(delivery, alert, fact) for fact in facts]
    return [row | {"evidence": alert.links if row is rows[0] else []} for row in rows]


def _passages(events: Sequence[dict[str, Any]], facts: Sequence[Fact]) -> dict[str, str]:
    return {text_passage(event["id"]): fact.text for event, fact in zip(events, facts, strict=True)}


def _appeared(event: dict[str, Any], fact: Fact) -> Entry:
    fields = appeared(kind=fact.kind, occurred_at=event["occurred_at"], text=fact.text)
    return Entry("created", "event", event["id"], fields)


async def _store_events(
    delivery: Delivery, incident_id: UUID, events: Sequence[dict[str, Any]]
) -> None:
    rows = [event | {"incident_id": incident_id} for event in events]
    await _INSERT_EVENTS.run_all(delivery.driver, rows)


def _event_row(delivery: Delivery, alert: Standing, fact: Fact) -> dict[str, Any]:
    occurred_at = fact.occurred_at or delivery.received_at
    return {
        "id": new_id(),
        "kind": fact.kind,
        "occurred_at": occurred_at,
        "known_at": max(occurred_at, delivery.received_at),
        "source": EventSource.ALERT,
        "author_kind": delivery.principal.kind,
        "author_id": delivery.principal.id,
        "author_name": delivery.principal.name,
        "pivot": False,
        "alert_id": alert.id,
        "created_at": delivery.received_at,
        "updated_at": delivery.received_at,
    }
