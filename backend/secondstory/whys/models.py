"""Tables of the cause graph: whys, their edges, and the events that speak for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant, new_id

# The prose of a why, each a passage `whys/<id>/<part>`.
PARTS = ("answer", "expectation", "assumption")


class Why(SQLModel, table=True):
    """A node of the graph: one question. Its prose lives in passages."""

    __tablename__ = "why"
    __table_args__ = (Index("ix_why_order", "incident_id", "position", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    incident_id: UUID = Field(foreign_key="incident.id", ondelete="CASCADE")
    question: str
    # Orders the whys of an incident, the roots of the outline among them.
    position: int = Field(sa_type=BigInteger)
    author_kind: str
    author_id: UUID | None
    author_name: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class WhyCause(SQLModel, table=True):
    """An edge: `cause_id` is one of the answers to why `effect_id` came about."""

    __tablename__ = "why_cause"
    __table_args__ = (CheckConstraint("effect_id <> cause_id", name="not_its_own"),)

    effect_id: UUID = Field(foreign_key="why.id", ondelete="CASCADE", primary_key=True)
    cause_id: UUID = Field(foreign_key="why.id", ondelete="CASCADE", primary_key=True, index=True)
    position: int


class WhyEvidence(SQLModel, table=True):
    """How we know: an event that a why rests on. An event taken away is taken away here too."""

    __tablename__ = "why_evidence"

    why_id: UUID = Field(foreign_key="why.id", ondelete="CASCADE", primary_key=True)
    event_id: UUID = Field(foreign_key="event.id", ondelete="CASCADE", primary_key=True, index=True)
    position: int


def part_passage(why_id: UUID, part: str) -> str:
    """Return the name of the passage that holds one of `PARTS`."""
    return f"whys/{why_id}/{part}"
