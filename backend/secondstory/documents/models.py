"""Tables of documents: the log of updates, and the plain text that follows from it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    false,
    func,
    text,
)
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant


class Author(Protocol):
    """Who wrote: a principal of identity will do."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def name(self) -> str: ...


class Document(SQLModel, table=True):
    """One shared document; its id is that of what it belongs to.

    The row's lock guards the numbers: whoever appends holds it until commit, so that the log of a
    document has no gaps and is read in the order in which it was committed.
    """

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("projected_seq <= last_seq", name="projected_seq"),)

    id: UUID = Field(primary_key=True)
    last_seq: int = Field(default=0, sa_type=BigInteger)
    # How many UTF-16 code units the server's own Yjs client has written.
    server_clock: int = Field(default=0, sa_type=BigInteger)
    # Up to here the log holds one row for each person and sitting.
    compacted_seq: int = Field(
        sa_column=Column(BigInteger, nullable=False, server_default=text("0"))
    )
    # The passage table shows at least all updates up to this one.
    projected_seq: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(
        sa_column=Column(Instant, nullable=False, server_default=func.now())
    )


class DocumentUpdate(SQLModel, table=True):
    """One Yjs update, as it was stored, or what one person wrote in a sitting long ago.

    Compaction merges the latter into the last of their rows; nothing of it is lost.
    """

    __tablename__ = "document_update"

    document_id: UUID = Field(
        sa_column=Column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    )
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    update: bytes = Field(sa_type=LargeBinary)
    author_id: UUID | None = None
    author_name: str
    # Written as a whole, by a request: a version of its own.
    at_once: bool = Field(sa_column=Column(Boolean, nullable=False, server_default=false()))
    # When the first of several merged updates was stored; null for a single one.
    began_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(
        sa_column=Column(Instant, nullable=False, server_default=func.now())
    )


class DocumentSnapshot(SQLModel, table=True):
    """All updates up to a number as one. It shortens loading and replaces nothing.

    Not a column of the document: that row is locked by every append, and stays small.
    """

    __tablename__ = "document_snapshot"

    document_id: UUID = Field(
        sa_column=Column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    )
    seq: int = Field(sa_type=BigInteger)
    state: bytes = Field(sa_type=LargeBinary)


class Passage(SQLModel, table=True):
    """The plain Markdown of one passage, for reads and search. No row: nothing written yet."""

    __tablename__ = "passage"

    document_id: UUID = Field(
        sa_column=Column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    )
    name: str = Field(primary_key=True)
    text: str
    # The log's number that this text is at least as new as.
    seq: int = Field(sa_type=BigInteger)
    updated_at: datetime = Field(
        sa_column=Column(Instant, nullable=False, server_default=func.now())
    )
