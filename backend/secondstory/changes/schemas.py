"""What the change feed answers."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict

from secondstory.platform.fields import ResponseBody

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_CHANGE: dict[str, Any] = {
    "seq": 7,
    "at": "2020-12-23T14:05:00Z",
    "actor": {"kind": "user", "id": _ID, "name": "Ada"},
    "incident_id": _ID,
    "entity": "incident",
    "entity_id": _ID,
    "action": "updated",
    "fields": {"status": {"before": "open", "after": "mitigated"}},
}


class Actor(ResponseBody):
    """Who did it: a person, a token, an alert source, or the program itself."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "user", "id": _ID, "name": "Ada"}]}
    )

    kind: Literal["user", "token", "alert_source", "system"]
    id: UUID | None
    name: str


class FieldChange(ResponseBody):
    """A field's value on both sides of a change."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"before": "open", "after": "mitigated"}]}
    )

    before: Any
    after: Any


class ChangeRead(ResponseBody):
    """One line of what happened."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHANGE]})

    seq: int
    at: datetime
    actor: Actor
    incident_id: UUID | None
    entity: str
    entity_id: UUID
    action: str
    fields: dict[str, FieldChange]


class ChangeFeed(ResponseBody):
    """Changes after a sequence number. Ask again with `last_seq`; none is missed or repeated."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_CHANGE], "last_seq": 7}]})

    items: list[ChangeRead]
    last_seq: int
