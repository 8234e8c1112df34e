"""What the whys take and answer."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from secondstory.changes.schemas import Actor
from secondstory.platform.fields import (
    Line,
    Markdown,
    QueryParameters,
    RequestBody,
    ResponseBody,
    Utc,
)

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_OTHER_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8f"
_EXAMPLE: dict[str, Any] = {
    "question": "How did a production database come to look like a development one?",
    "answer": "Both were made from one template, and the template names them by size.",
    "expectation": "Production names say so.",
    "assumption": "Whatever is called `dd-` belongs to development.",
    "causes": [_OTHER_ID],
    "evidence": [_ID],
    "position": 0,
}


def _distinct(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


Ids = Annotated[list[UUID], Field(max_length=100), AfterValidator(_distinct)]
Causes = Annotated[Ids, Field(description="Deeper whys, in order")]
Evidence = Annotated[Ids, Field(description="Events that show it")]
Position = Annotated[int, Field(ge=0, le=1_000_000, description="Order in the outline")]


class WhyCreate(RequestBody):
    """Ask a why; `effects` puts it below others in the same step."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE | {"effects": []}]})

    question: Line
    answer: Markdown = ""
    expectation: Annotated[Markdown, Field(description="What we expected")] = ""
    assumption: Annotated[Markdown, Field(description="What we assumed")] = ""
    causes: Causes = Field(default_factory=list)
    effects: Annotated[Ids, Field(description="Whys that this one is a cause of")] = Field(
        default_factory=list
    )
    evidence: Evidence = Field(default_factory=list)
    position: Annotated[Position | None, Field(description="Default: after all others")] = None


class WhyPatch(RequestBody):
    """Change a why; what is left out stays. `causes` and `evidence` are replaced as a whole."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"causes": [_OTHER_ID]}]})

    question: Line | None = None
    answer: Markdown | None = None
    expectation: Markdown | None = None
    assumption: Markdown | None = None
    causes: Causes | None = None
    evidence: Evidence | None = None
    position: Position | None = None

    @model_validator(mode="after")
    def _nothing_can_be_null(self) -> Self:
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        return self


class WhyFilter(QueryParameters):
    """What the whys are narrowed to."""

    updated_since: Annotated[Utc | None, Field(description="Moved at or after, for syncing")] = None


class WhyRead(ResponseBody):
    """A node of the cause graph, with its edges."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE,
                    "id": _ID,
                    "incident_id": _ID,
                    "effects": [],
                    "author": {"kind": "user", "id": _ID, "name": "Ada"},
                    "created_at": "2020-12-24T10:00:00Z",
                    "updated_at": "2020-12-24T10:00:00Z",
                }
            ]
        }
    )

    id: UUID
    incident_id: UUID
    question: str
    answer: str
    expectation: str
    assumption: str
    causes: list[UUID]
    effects: list[UUID]
    evidence: list[UUID]
    position: int
    author: Actor
    created_at: datetime
    updated_at: datetime
