"""What incidents take and answer."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from secondstory.changes.schemas import Actor
from secondstory.identity.schemas import PersonRef
from secondstory.incidents.models import Kind, ParticipantRole, Severity, Stage, Status, Visibility
from secondstory.platform.fields import (
    Label,
    Line,
    Markdown,
    QueryParameters,
    RequestBody,
    ResponseBody,
    Utc,
    one_line,
)

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_EXAMPLE: dict[str, Any] = {
    "title": "A database that looked like a development one was removed",
    "kind": "incident",
    "severity": "sev1",
    "status": "mitigated",
    "visibility": "everyone",
    "started_at": "2020-12-23T14:02:00Z",
    "detected_at": "2020-12-23T14:04:00Z",
    "mitigated_at": "2020-12-23T17:36:00Z",
    "resolved_at": "2020-12-24T09:00:00Z",
    "services": ["checkout", "orders"],
    "tags": ["datastore"],
    "summary": "Two production applications were down while their database was restored.",
}


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Labels = Annotated[list[Label], Field(max_length=20), AfterValidator(_distinct)]
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=50)
]


class IncidentCreate(RequestBody):
    """Open an incident; only the title is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    title: Line
    kind: Kind = Kind.INCIDENT
    severity: Severity = Severity.SEV3
    status: Status = Status.OPEN
    visibility: Visibility = Visibility.EVERYONE
    started_at: Annotated[Utc | None, Field(description="Default: now")] = None
    detected_at: Utc | None = None
    mitigated_at: Utc | None = None
    resolved_at: Utc | None = None
    services: Labels = Field(default_factory=list)
    tags: Labels = Field(default_factory=list)
    summary: Markdown = ""
    slug: Annotated[
        Slug | None, Field(description="Last part of the channel name; default: from the title")
    ] = None


class IncidentPatch(RequestBody):
    """Change an incident; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "resolved"}, {"stage": "discussion"}]}
    )

    title: Line | None = None
    kind: Kind | None = None
    severity: Severity | None = None
    status: Status | None = None
    stage: Stage | None = None
    visibility: Visibility | None = None
    started_at: Utc | None = None
    detected_at: Utc | None = None
    mitigated_at: Utc | None = None
    resolved_at: Utc | None = None
    services: Labels | None = None
    tags: Labels | None = None
    summary: Markdown | None = None

    @model_validator(mode="after")
    def _only_times_can_be_emptied(self) -> Self:
        clearable = {"detected_at", "mitigated_at", "resolved_at"}
        for name in self.model_fields_set - clearable:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        return self


Word = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(one_line)]


class IncidentFilter(QueryParameters):
    """What a list of incidents is narrowed to; the lists take several values each."""

    status: list[Status] = Field(default_factory=list)
    stage: list[Stage] = Field(default_factory=list)
    severity: list[Severity] = Field(default_factory=list)
    kind: list[Kind] = Field(default_factory=list)
    service: Word | None = None
    tag: Word | None = None
    q: Annotated[
        Word | None, Field(description="Words in title, channel or services, or a key")
    ] = None
    facilitator: Annotated[UUID | None, Field(description="A person's id")] = None
    updated_since: Annotated[Utc | None, Field(description="Moved at or after, for syncing")] = None
    started_after: Utc | None = None
    started_before: Utc | None = None


class IncidentRead(ResponseBody):
    """An incident and where its review stands."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE,
                    "id": _ID,
                    "key": "INC-42",
                    "stage": "recap",
                    "channel_name": "12-23-2020-rca-ddedown",
                    "created_by": {"kind": "user", "id": _ID, "name": "Ada"},
                    "created_at": "2020-12-23T14:05:00Z",
                    "updated_at": "2020-12-23T17:40:00Z",
                    "facilitator": {"id": _ID, "name": "Grace"},
                    "open_actions": 2,
                    "can_edit": True,
                }
            ]
        }
    )

    id: UUID
    key: str
    kind: Kind
    title: str
    severity: Severity
    status: Status
    stage: Stage
    visibility: Visibility
    channel_name: str
    started_at: datetime
    detected_at: datetime | None
    mitigated_at: datetime | None
    resolved_at: datetime | None
    services: list[str]
    tags: list[str]
    summary: str
    created_by: Actor
    created_at: datetime
    updated_at: datetime
    facilitator: PersonRef | None
    open_actions: int
    can_edit: bool


ParticipantRoles = Annotated[
    list[ParticipantRole],
    Field(min_length=1, max_length=len(ParticipantRole)),
    AfterValidator(lambda roles: sorted(set(roles))),
]


class ParticipantCreate(RequestBody):
    """Name a person's part in an incident."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"user_id": _ID, "roles": ["facilitator"]}]}
    )

    user_id: UUID
    roles: ParticipantRoles


class ParticipantPatch(RequestBody):
    """Change a person's part in an incident."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"roles": ["note_taker"]}]})

    roles: ParticipantRoles


class ParticipantRead(ResponseBody):
    """A person in an incident."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "user_id": _ID,
                    "name": "Grace",
                    "roles": ["facilitator"],
                    "joined_at": "2020-12-23T14:10:00Z",
                }
            ]
        }
    )

    id: UUID
    user_id: UUID
    name: str
    roles: list[ParticipantRole]
    joined_at: datetime
