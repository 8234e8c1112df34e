"""What the actions take and answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from secondstory.actions.models import ActionStatus, Intent
from secondstory.changes.schemas import Actor
from secondstory.platform.fields import (
    Day,
    Line,
    QueryParameters,
    RequestBody,
    ResponseBody,
    Utc,
    WebLink,
    one_line,
)

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_EXAMPLE: dict[str, Any] = {
    "title": "Ask for the full name of a production database before removing it",
    "owner": _ID,
    "due_on": "2021-01-15",
    "status": "in_progress",
    "intent": "prevent",
    "origin": {"kind": "takeaway", "id": _ID},
    "tracker_url": "https://tracker.example.org/browse/OPS-311",
    "evidence": "https://git.example.org/infra/pull/7",
    "check_on": "2021-03-15",
}


class OriginKind(StrEnum):
    TAKEAWAY = "takeaway"
    WHY = "why"


class ActionOrigin(RequestBody):
    """The takeaway or why that an action came out of."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "takeaway", "id": _ID}]}, from_attributes=True
    )

    kind: OriginKind
    id: UUID


Owner = Annotated[UUID, Field(description="A person who can sign in")]
Proof = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(one_line),
    Field(description="What shows that it is done: a link, or a line"),
]


class ActionCreate(RequestBody):
    """Agree on a follow-up; only the title is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    title: Line
    owner: Owner | None = None
    due_on: Day | None = None
    status: ActionStatus = ActionStatus.OPEN
    intent: Intent = Intent.PREVENT
    origin: ActionOrigin | None = None
    tracker_url: WebLink | None = None
    evidence: Proof | None = None
    check_on: Annotated[Day | None, Field(description="When to look whether it held")] = None


class ActionPatch(RequestBody):
    """Change an action; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "done"}, {"held": True}, {"due_on": None}]}
    )

    title: Line | None = None
    owner: Owner | None = None
    due_on: Day | None = None
    status: ActionStatus | None = None
    intent: Intent | None = None
    origin: ActionOrigin | None = None
    tracker_url: WebLink | None = None
    evidence: Proof | None = None
    check_on: Day | None = None
    held: Annotated[bool | None, Field(description="Only for what is done")] = None

    @model_validator(mode="after")
    def _some_cannot_be_emptied(self) -> Self:
        for name in self.model_fields_set & {"title", "status", "intent"}:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        return self


Word = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(one_line)]


class ActionFilter(QueryParameters):
    """What the actions are narrowed to; `status` and `intent` take several values each."""

    status: list[ActionStatus] = Field(default_factory=list)
    intent: list[Intent] = Field(default_factory=list)
    owner: Annotated[UUID | None, Field(description="A person's id")] = None
    due_before: Annotated[Day | None, Field(description="Due on an earlier day")] = None
    incident: Annotated[
        str | None, Field(max_length=40, description="Id or key of an incident")
    ] = None
    q: Annotated[
        Word | None, Field(description="Words in the title or the incident's title, or a key")
    ] = None
    updated_since: Annotated[Utc | None, Field(description="Moved at or after, for syncing")] = None


class ActionRead(ResponseBody):
    """A follow-up item, with the incident it belongs to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE,
                    "id": _ID,
                    "status": "done",
                    "key": "ACT-17",
                    "incident_id": _ID,
                    "incident_key": "INC-42",
                    "incident_title": "A database that looked like a development one was removed",
                    "owner_name": "Grace",
                    "held": True,
                    "done_at": "2021-01-04T10:00:00Z",
                    "created_by": {"kind": "user", "id": _ID, "name": "Ada"},
                    "created_at": "2020-12-24T11:00:00Z",
                    "updated_at": "2020-12-24T11:00:00Z",
                }
            ]
        }
    )

    id: UUID
    key: str
    incident_id: UUID
    incident_key: str
    incident_title: str
    title: str
    owner: UUID | None
    owner_name: str | None
    due_on: date | None
    status: ActionStatus
    intent: Intent
    origin: ActionOrigin | None
    tracker_url: str | None
    evidence: str | None
    check_on: date | None
    held: bool | None
    done_at: datetime | None
    created_by: Actor
    created_at: datetime
    updated_at: datetime
