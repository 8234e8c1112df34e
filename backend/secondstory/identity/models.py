"""Tables of people, their sign-ins, and API tokens."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from secondstory.platform.columns import Instant, enum_type, new_id


class Role(StrEnum):
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class Scope(StrEnum):
    INCIDENTS_READ = "incidents:read"
    INCIDENTS_WRITE = "incidents:write"
    ACTIONS_READ = "actions:read"
    ACTIONS_WRITE = "actions:write"
    INSIGHTS_READ = "insights:read"
    INGEST = "ingest"
    ADMIN = "admin"


class User(SQLModel, table=True):
    """A person. Nobody is ever deleted, only made inactive: the record keeps its authors."""

    __tablename__ = "person"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    email: str = Field(unique=True)
    name: str
    role: Role = Field(sa_type=enum_type(Role))
    # Argon2id in PHC form. SSO accounts will have none: null never matches a password.
    password_hash: str | None
    active: bool = True
    created_at: datetime = Field(sa_type=Instant)
    last_seen_at: datetime | None = Field(default=None, sa_type=Instant)


class SignIn(SQLModel, table=True):
    """One browser that signed in; the session cookie names this row."""

    __tablename__ = "sign_in"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class SignInAttempt(SQLModel, table=True):
    """A try to sign in that has not succeeded; counted to slow guessing down."""

    __tablename__ = "sign_in_attempt"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    email: str = Field(index=True)
    address: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)


class Token(SQLModel, table=True):
    """An API token; only its SHA-256 is kept."""

    __tablename__ = "api_token"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    # Null: made on the command line, belongs to nobody.
    owner_id: UUID | None = Field(foreign_key="person.id", index=True)
    name: str
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    secret_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
