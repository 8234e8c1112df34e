"""The table of the set-up link."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant


class SetupLink(SQLModel, table=True):
    """The one-time link that makes the first administrator; at most one row."""

    __tablename__ = "setup_link"

    id: int = Field(default=1, primary_key=True)
    secret_hash: str
    created_at: datetime = Field(sa_type=Instant)
