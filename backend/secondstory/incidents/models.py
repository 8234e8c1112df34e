"""Tables of incidents and their participants."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from secondstory.incidents.names import incident_key
from secondstory.platform.columns import Instant, enum_type, new_id


class Kind(StrEnum):
    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    DRILL = "drill"


class Severity(StrEnum):
    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"
    SEV5 = "sev5"


class Status(StrEnum):
    OPEN = "open"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class Stage(StrEnum):
    RECAP = "recap"
    DISCUSSION = "discussion"
    TAKEAWAYS = "takeaways"
    PUBLISHED = "published"


class Visibility(StrEnum):
    EVERYONE = "everyone"
    RESTRICTED = "restricted"


class ParticipantRole(StrEnum):
    COMMANDER = "commander"
    RESPONDER = "responder"
    FACILITATOR = "facilitator"
    CO_FACILITATOR = "co_facilitator"
    NOTE_TAKER = "note_taker"


class Incident(SQLModel, table=True):
    """Something that went sideways, or nearly. Its prose lives in the document of the same id."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_services", "services", postgresql_using="gin"),
        Index("ix_incident_tags", "tags", postgresql_using="gin"),
        # The newest incidents of a service, however many there are; alerts name one service.
        Index("ix_incident_first_service", text("(services[1])"), "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: int = Field(
        default=None, sa_column=Column(BigInteger, Identity(), unique=True, nullable=False)
    )
    kind: Kind = Field(sa_type=enum_type(Kind))
    title: str
    severity: Severity = Field(sa_type=enum_type(Severity))
    status: Status = Field(sa_type=enum_type(Status), index=True)
    stage: Stage = Field(default=Stage.RECAP, sa_type=enum_type(Stage))
    visibility: Visibility = Field(sa_type=enum_type(Visibility))
    channel_name: str = Field(unique=True)
    started_at: datetime = Field(sa_type=Instant)
    detected_at: datetime | None = Field(default=None, sa_type=Instant)
    mitigated_at: datetime | None = Field(default=None, sa_type=Instant)
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    services: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    tags: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    # Kept by the actions feature, under this row's lock, so that lists need not count.
    open_actions: int = 0
    author_kind: str
    author_id: UUID | None
    author_name: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant, index=True)

    @property
    def key(self) -> str:
        """The name people use, `INC-42`."""
        return incident_key(self.number)


class Participant(SQLModel, table=True):
    """A person in an incident, and what they did there."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("incident_id", "user_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    incident_id: UUID = Field(foreign_key="incident.id", index=True, ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="person.id", index=True)
    roles: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    joined_at: datetime = Field(sa_type=Instant)
