"""What identity takes and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, SecretStr

from secondstory.identity.models import Role, Scope
from secondstory.platform.fields import Email, Label, RequestBody, ResponseBody, Utc

NewPassword = Annotated[SecretStr, Field(min_length=10, max_length=200)]
GivenPassword = Annotated[SecretStr, Field(min_length=1, max_length=200)]
_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_AT = "2020-12-23T14:02:00Z"
_TOKEN: dict[str, Any] = {
    "id": _ID,
    "name": "dashboard",
    "scopes": ["incidents:read"],
    "created_at": _AT,
    "expires_at": "2021-12-23T14:02:00Z",
    "last_used_at": _AT,
    "revoked_at": _AT,
    "owner": {"id": _ID, "name": "Ada"},
}


class SessionCreate(RequestBody):
    """Sign in with a local account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "ada@example.org", "password": "correct horse battery"}]
        }
    )

    email: Email
    password: GivenPassword


class MeRead(ResponseBody):
    """The caller: a person, or a token."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "user",
                    "id": _ID,
                    "name": "Ada",
                    "email": "ada@example.org",
                    "role": "member",
                    "scopes": ["incidents:read", "incidents:write"],
                }
            ]
        }
    )

    kind: Literal["user", "token"]
    id: UUID
    name: str
    email: str | None
    role: Role
    scopes: list[Scope]


class PasswordChange(RequestBody):
    """One's own password, the present one and the next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"current": "correct horse battery", "new": "battery staple correct"}]
        }
    )

    current: GivenPassword
    new: NewPassword


class MePatch(RequestBody):
    """Change one's own name or password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Ada L."}]})

    name: Label | None = None
    password: PasswordChange | None = None


class PersonRef(ResponseBody):
    """A person, as shown beside what they did."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [{"id": _ID, "name": "Ada"}]}
    )

    id: UUID
    name: str


class UserRead(ResponseBody):
    """A person who may sign in."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "email": "ada@example.org",
                    "name": "Ada",
                    "role": "member",
                    "active": True,
                    "created_at": _AT,
                    "last_seen_at": _AT,
                }
            ]
        },
    )

    id: UUID
    email: str
    name: str
    role: Role
    active: bool
    created_at: datetime
    last_seen_at: datetime | None


class UserCreate(RequestBody):
    """Add a person with a first password that you hand over."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "grace@example.org",
                    "name": "Grace",
                    "role": "member",
                    "password": "correct horse battery",
                }
            ]
        }
    )

    email: Email
    name: Label
    role: Role = Role.MEMBER
    password: NewPassword


class UserPatch(RequestBody):
    """Change a person's name, role or password, or whether they may sign in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "viewer"}]})

    name: Label | None = None
    role: Role | None = None
    active: bool | None = None
    password: NewPassword | None = None


class TokenRead(ResponseBody):
    """An API token, without its secret."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_TOKEN]})

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    owner: PersonRef | None


class TokenCreated(TokenRead):
    """The one answer that shows the token itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_TOKEN, "token": "sst_…"}]})

    token: str


class TokenCreate(RequestBody):
    """Make an API token that can do some of what you can."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "dashboard", "scopes": ["incidents:read"]}]}
    )

    name: Label
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_at: Utc | None = None
