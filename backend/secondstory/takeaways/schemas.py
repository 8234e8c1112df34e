"""What the takeaways take and answer."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from secondstory.changes.schemas import Actor
from secondstory.platform.fields import Markdown, QueryParameters, RequestBody, ResponseBody, Utc
from secondstory.takeaways.models import TakeawayKind

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_EXAMPLE: dict[str, Any] = {
    "kind": "learning",
    "text": "A name tells who made a thing, not who depends on it.",
    "parked": False,
    "position": 0,
}

Parked = Annotated[bool, Field(description="An idea that came too early: kept for later")]
Position = Annotated[int, Field(ge=0, le=1_000_000, description="Order in the list")]


class TakeawayCreate(RequestBody):
    """Write down what we learned, or what we recommend."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: TakeawayKind
    text: Markdown = ""
    parked: Parked = False
    position: Annotated[Position | None, Field(description="Default: after all others")] = None


class TakeawayPatch(RequestBody):
    """Change a takeaway; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"parked": True}]})

    kind: TakeawayKind | None = None
    text: Markdown | None = None
    parked: Parked | None = None
    position: Position | None = None

    @model_validator(mode="after")
    def _nothing_can_be_null(self) -> Self:
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        return self


class TakeawayFilter(QueryParameters):
    """What the takeaways are narrowed to."""

    kind: list[TakeawayKind] = Field(default_factory=list)
    parked: bool | None = None
    updated_since: Annotated[Utc | None, Field(description="Moved at or after, for syncing")] = None


class TakeawayRead(ResponseBody):
    """Something we learned, or recommend."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE,
                    "id": _ID,
                    "incident_id": _ID,
                    "author": {"kind": "user", "id": _ID, "name": "Ada"},
                    "created_at": "2020-12-24T11:00:00Z",
                    "updated_at": "2020-12-24T11:00:00Z",
                }
            ]
        }
    )

    id: UUID
    incident_id: UUID
    kind: TakeawayKind
    text: str
    parked: bool
    position: int
    author: Actor
    created_at: datetime
    updated_at: datetime
