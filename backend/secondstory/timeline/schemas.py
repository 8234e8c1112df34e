"""What the timeline takes and answers."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from secondstory.changes.schemas import Actor
from secondstory.platform.fields import (
    Markdown,
    QueryParameters,
    RequestBody,
    ResponseBody,
    Utc,
    WebLink,
)
from secondstory.timeline.models import EventKind, EventSource

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_EXAMPLE: dict[str, Any] = {
    "kind": "effect",
    "occurred_at": "2020-12-23T14:02:00Z",
    "known_at": "2020-12-23T14:04:00Z",
    "text": "Checkout answered every request with an error page.",
    "account_of": _ID,
    "evidence": ["https://graphs.example.org/d/checkout?from=1608732000"],
    "pivot": False,
}

Evidence = Annotated[list[WebLink], Field(max_length=20, description="Links")]


class EventCreate(RequestBody):
    """Add what we did, what we saw, or what we understood."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: EventKind
    occurred_at: Annotated[Utc | None, Field(description="Default: now")] = None
    known_at: Annotated[Utc | None, Field(description="Default: `occurred_at`")] = None
    text: Markdown = ""
    source: Annotated[
        EventSource | None, Field(description="Default: `person`, or `api` for a token")
    ] = None
    account_of: Annotated[UUID | None, Field(description="Whose view it is, if one person's")] = (
        None
    )
    evidence: Evidence = Field(default_factory=list)
    pivot: Annotated[bool, Field(description="A decision turned here")] = False


class EventPatch(RequestBody):
    """Change an event; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"pivot": True}]})

    kind: EventKind | None = None
    occurred_at: Utc | None = None
    known_at: Utc | None = None
    text: Markdown | None = None
    account_of: UUID | None = None
    evidence: Evidence | None = None
    pivot: bool | None = None

    @model_validator(mode="after")
    def _only_accounts_can_be_emptied(self) -> Self:
        for name in self.model_fields_set - {"account_of"}:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        return self


class EventFilter(QueryParameters):
    """What a timeline is narrowed to."""

    kind: list[EventKind] = Field(default_factory=list)
    pivot: bool | None = None
    account_of: UUID | None = None
    known_until: Annotated[Utc | None, Field(description="Only what was known at this instant")] = (
        None
    )
    updated_since: Utc | None = None


class EventRead(ResponseBody):
    """One entry of the timeline."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE,
                    "id": _ID,
                    "incident_id": _ID,
                    "source": "person",
                    "author": {"kind": "user", "id": _ID, "name": "Ada"},
                    "account_of_name": "Ada",
                    "alert_id": _ID,
                    "created_at": "2020-12-23T15:00:00Z",
                    "updated_at": "2020-12-23T15:00:00Z",
                }
            ]
        }
    )

    id: UUID
    incident_id: UUID
    kind: EventKind
    occurred_at: datetime
    known_at: datetime
    text: str
    source: EventSource
    author: Actor
    account_of: UUID | None
    account_of_name: str | None
    evidence: list[str]
    pivot: bool
    alert_id: UUID | None
    created_at: datetime
    updated_at: datetime
