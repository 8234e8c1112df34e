"""What the history takes and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from secondstory.documents.diff import Op
from secondstory.documents.passages import LONGEST_NAME, NAME_PATTERN
from secondstory.platform.fields import RequestBody, ResponseBody

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_PASSAGE = f"events/{_ID}/text"
_WRITER: dict[str, Any] = {"id": _ID, "name": "Ada"}
_VERSION: dict[str, Any] = {
    "passage": _PASSAGE,
    "seq": 118,
    "previous_seq": 42,
    "began_at": "2020-12-23T14:02:00Z",
    "ended_at": "2020-12-23T14:09:12Z",
    "writers": [_WRITER],
    "added": 140,
    "removed": 3,
}

PassageName = Annotated[
    str,
    StringConstraints(pattern=NAME_PATTERN, max_length=LONGEST_NAME),
    Field(description="Name of a passage", examples=["summary", _PASSAGE]),
]
Number = Annotated[
    int, Field(ge=0, lt=2**63, description="A version's number; 0 is before anything was written")
]


class WriterRead(ResponseBody):
    """Who wrote: a person, or a token (by the name it had then)."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WRITER]})

    id: UUID | None
    name: str


class VersionRead(ResponseBody):
    """A passage after one sitting, of one person or of several who took turns.

    `writers` is empty where the text went with what it belonged to. `added` and `removed` count
    characters, compared with the version before (`previous_seq`, 0 if there is none).
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_VERSION]})

    passage: str
    seq: int
    previous_seq: int
    began_at: datetime
    ended_at: datetime
    writers: list[WriterRead]
    added: int
    removed: int


class VersionText(ResponseBody):
    """How a passage read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"passage": _PASSAGE, "seq": 118, "text": "Checkout was **down**."}]
        }
    )

    passage: str
    seq: int
    text: str


class DifferencePiece(ResponseBody):
    """What both texts have, or only the later one (`add`), or only the earlier one (`remove`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"op": "add", "text": "**down**"}]})

    op: Op
    text: str


class Difference(ResponseBody):
    """Two texts in one, word by word."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "passage": _PASSAGE,
                    "from_seq": 42,
                    "to_seq": 118,
                    "pieces": [
                        {"op": "keep", "text": "Checkout was "},
                        {"op": "remove", "text": "slow"},
                        {"op": "add", "text": "**down**"},
                    ],
                }
            ]
        }
    )

    passage: str
    from_seq: int
    to_seq: int
    pieces: list[DifferencePiece]


class RestorationCreate(RequestBody):
    """Make a passage read again as it did; a new edit, like any other."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"passage": "summary", "seq": 1}]})

    passage: PassageName
    seq: Number


class RestorationRead(ResponseBody):
    """What was restored. Restoring `before_seq` undoes it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "passage": "summary",
                    "restored_seq": 1,
                    "seq": 119,
                    "before_seq": 118,
                    "text": "Checkout was **down**.",
                }
            ]
        }
    )

    passage: str
    restored_seq: int
    seq: Annotated[int, Field(description="Number of the new edit")]
    before_seq: Annotated[
        int, Field(description="How far the text was before it; `seq` when it read so already")
    ]
    text: str
