"""Tables of alert sources, alerts, and what was delivered."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import AlertState, SignalEvent
from secondstory.incidents.models import Severity
from secondstory.platform.columns import Instant, enum_type, new_id


class Decision(StrEnum):
    """What was done with a signal, or would be."""

    OPEN_INCIDENT = "open_incident"
    ATTACH = "attach"
    APPEND = "append"
    REPEAT = "repeat"
    RECORD = "record"
    IGNORE = "ignore"
    KEEP = "keep"


class AlertSource(SQLModel, table=True):
    """A configured sender.

    Keys and secrets are kept readable: signatures cannot be checked with a hash, and an
    administrator has to see the address again. Look-ups go by the hash of the key.
    """

    __tablename__ = "alert_source"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: SourceKind = Field(sa_type=enum_type(SourceKind))
    name: str
    # Null once the source is removed; its alerts stay.
    key: str | None
    key_hash: str | None = Field(unique=True)
    previous_key_hash: str | None = Field(default=None, unique=True)
    secret: str | None
    previous_secret: str | None = None
    # The previous key and secret hold until a while after this.
    rotated_at: datetime | None = Field(default=None, sa_type=Instant)
    default_severity: Severity = Field(sa_type=enum_type(Severity))
    mapping: dict[str, Any] | None = Field(sa_column=Column(JSONB(none_as_null=True)))
    # See rules.py; null means the rules nobody has changed.
    rules: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    # The sender's words and numbers for severity, where they mean something else here.
    severity_map: dict[str, str] = Field(
        default_factory=dict, sa_column=Column(JSONB, nullable=False)
    )
    active: bool = True
    created_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


class Alert(SQLModel, table=True):
    """One thing a sender watches, from its trigger to its end.

    A trigger after the end makes a new row; `current` marks the newest of a key.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_current",
            "source_id",
            "dedup_key",
            unique=True,
            postgresql_where=text("current"),
        ),
        Index("ix_alert_source_id_id", "source_id", "id"),
        # All episodes of a key, and all alerts of an incident, newest first.
        Index("ix_alert_source_id_dedup_key", "source_id", "dedup_key", "id"),
        Index("ix_alert_incident_id_id", "incident_id", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    source_id: UUID = Field(foreign_key="alert_source.id")
    dedup_key: str
    current: bool = True
    incident_id: UUID | None = Field(default=None, foreign_key="incident.id", ondelete="SET NULL")
    event: SignalEvent = Field(sa_type=enum_type(SignalEvent))
    # The sender's clock of what gave the title and the severity, so that any order of the same
    # messages gives the same ones.
    title: str
    title_at: datetime | None = Field(default=None, sa_type=Instant)
    severity_raw: str | None
    severity: Severity = Field(sa_type=enum_type(Severity))
    severity_at: datetime | None = Field(default=None, sa_type=Instant)
    service: str | None
    state: AlertState = Field(sa_type=enum_type(AlertState))
    # The sender's clock of what set the state, other than a trigger; None where it sends no time.
    state_at: datetime | None = Field(sa_type=Instant)
    # The end of the episode before, by the sender's clock: what was sent until then is of that one.
    begun_after: datetime | None = Field(default=None, sa_type=Instant)
    opened_at: datetime = Field(sa_type=Instant)
    resolved_at: datetime | None = Field(sa_type=Instant)
    links: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    details: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    # What was told in the timeline already, see marks.py.
    marks: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    # A trigger came, and not only what follows one; the newest by the sender's clock.
    triggered: bool
    triggered_at: datetime | None = Field(default=None, sa_type=Instant)
    deliveries: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class AlertDelivery(SQLModel, table=True):
    """One request as it came in, kept raw."""

    __tablename__ = "alert_delivery"
    __table_args__ = (
        Index(
            "uq_alert_delivery_message",
            "source_id",
            "message_id",
            unique=True,
            postgresql_where=text("message_id IS NOT NULL"),
        ),
        Index("ix_alert_delivery_source_id_received_at", "source_id", "received_at", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    source_id: UUID = Field(foreign_key="alert_source.id")
    # The sender's own id of the message; the same one again is the same message.
    message_id: str | None
    received_at: datetime = Field(sa_type=Instant)
    headers: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    body: bytes = Field(sa_type=LargeBinary)
    # When it was last read again, after a mapping or a rule was changed.
    replayed_at: datetime | None = Field(default=None, sa_type=Instant)


class AlertSignal(SQLModel, table=True):
    """What one delivery said of one alert, and what was done about it."""

    __tablename__ = "alert_signal"
    __table_args__ = (Index("ix_alert_signal_alert_id_delivery_id", "alert_id", "delivery_id"),)

    delivery_id: UUID = Field(foreign_key="alert_delivery.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True)
    alert_id: UUID | None = Field(foreign_key="alert.id")
    # Null where nothing in the body was understood.
    signal: dict[str, Any] | None = Field(sa_column=Column(JSONB(none_as_null=True)))
    decision: Decision = Field(sa_type=enum_type(Decision))
    reason: str
    # A replay decided again; what was decided before stays on record.
    superseded: bool = False
