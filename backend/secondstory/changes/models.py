"""The table of changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel
from typing_extensions import override

from secondstory.platform.columns import Instant


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    @override
    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class Change(SQLModel, table=True):
    """One line: who did what to what. Only ever added to."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_order", "xid", "seq"),
        Index("ix_change_incident_id_seq", "incident_id", "seq"),
    )

    seq: int = Field(sa_column=Column(BigInteger, Identity(), primary_key=True))
    # Orders the feed: numbers are taken before their transactions commit, so `seq` alone could
    # let a late commit slip in behind a reader's back.
    xid: int = Field(
        sa_column=Column(Xid8, nullable=False, server_default=text("pg_current_xact_id()"))
    )
    at: datetime = Field(sa_type=Instant)
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    incident_id: UUID | None
    entity: str
    entity_id: UUID
    action: str
    fields: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
