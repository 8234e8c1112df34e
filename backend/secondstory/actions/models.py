"""The table of actions."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant, enum_type, new_id


class ActionStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


# What an incident's `open_actions` counts.
UNFINISHED = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


class Intent(StrEnum):
    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    LEARN = "learn"


class Action(SQLModel, table=True):
    """A follow-up item of one incident."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("takeaway_id IS NULL OR why_id IS NULL", name="one_origin"),
        CheckConstraint("(done_at IS NOT NULL) = (status = 'done')", name="done_at"),
        CheckConstraint("held IS NULL OR status = 'done'", name="held"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: int = Field(
        default=None, sa_column=Column(BigInteger, Identity(), unique=True, nullable=False)
    )
    incident_id: UUID = Field(foreign_key="incident.id", index=True, ondelete="CASCADE")
    title: str
    owner_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    status: ActionStatus = Field(sa_type=enum_type(ActionStatus))
    intent: Intent = Field(sa_type=enum_type(Intent))
    # Where it came from: at most one of the two.
    takeaway_id: UUID | None = Field(
        default=None, foreign_key="takeaway.id", index=True, ondelete="SET NULL"
    )
    why_id: UUID | None = Field(default=None, foreign_key="why.id", index=True, ondelete="SET NULL")
    tracker_url: str | None = None
    # What shows that it is done; on `check_on` somebody looks whether it `held`.
    evidence: str | None = None
    check_on: date | None = None
    held: bool | None = None
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    author_kind: str
    author_id: UUID | None
    author_name: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)

    @property
    def key(self) -> str:
        """The name people use, `ACT-17`."""
        return f"ACT-{self.number}"
