"""The table of takeaways."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant, enum_type, new_id


class TakeawayKind(StrEnum):
    LEARNING = "learning"
    RECOMMENDATION = "recommendation"


class Takeaway(SQLModel, table=True):
    """Something we learned, or recommend. Its text is the passage `takeaways/<id>/text`."""

    __tablename__ = "takeaway"
    __table_args__ = (Index("ix_takeaway_order", "incident_id", "position", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    incident_id: UUID = Field(foreign_key="incident.id", ondelete="CASCADE")
    kind: TakeawayKind = Field(sa_type=enum_type(TakeawayKind))
    # An idea that came before its time: kept, and out of the way.
    parked: bool = False
    position: int = Field(sa_type=BigInteger)
    author_kind: str
    author_id: UUID | None
    author_name: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


def text_passage(takeaway_id: UUID) -> str:
    """Return the name of the passage that holds a takeaway's text."""
    return f"takeaways/{takeaway_id}/text"
