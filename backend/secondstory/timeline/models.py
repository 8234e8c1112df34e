"""The table of events."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant, enum_type, new_id


class EventKind(StrEnum):
    ACTION = "action"
    EFFECT = "effect"
    UNDERSTANDING = "understanding"


class EventSource(StrEnum):
    PERSON = "person"
    ALERT = "alert"
    CHAT = "chat"
    API = "api"


class Event(SQLModel, table=True):
    """One entry of the timeline. Its text is the passage `events/<id>/text`."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_timeline", "incident_id", "occurred_at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    incident_id: UUID = Field(foreign_key="incident.id", ondelete="CASCADE")
    kind: EventKind = Field(sa_type=enum_type(EventKind))
    occurred_at: datetime = Field(sa_type=Instant)
    # When the people acting came to know; what a replay shows at a moment goes by this.
    known_at: datetime = Field(sa_type=Instant)
    source: EventSource = Field(sa_type=enum_type(EventSource))
    author_kind: str
    author_id: UUID | None
    author_name: str
    account_of: UUID | None = Field(default=None, foreign_key="person.id")
    evidence: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    pivot: bool = False
    # The alert that reported it; alerts are a later feature, so no foreign key here.
    alert_id: UUID | None = Field(default=None, index=True)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


def text_passage(event_id: UUID) -> str:
    """Return the name of the passage that holds an event's text."""
    return f"events/{event_id}/text"
