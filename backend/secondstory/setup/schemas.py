"""What set-up takes and answers."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from secondstory.identity.schemas import NewPassword
from secondstory.platform.fields import Email, Label, RequestBody, ResponseBody


class SetupRead(ResponseBody):
    """Whether the first administrator is still to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"needed": False}]})

    needed: bool


class SetupCreate(RequestBody):
    """Make the first administrator with the one-time link that `make run` prints."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "from-the-link",
                    "email": "ada@example.org",
                    "name": "Ada",
                    "password": "correct horse battery",
                    "example": True,
                }
            ]
        }
    )

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    email: Email
    name: Label
    password: NewPassword
    example: Annotated[bool, Field(description="Load the example incident too")] = False
