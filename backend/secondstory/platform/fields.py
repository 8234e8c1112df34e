"""Field types of bodies: bounded strings without NUL, aware UTC times, days, web links."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
_DAY = re.compile(r"(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\d", re.ASCII)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_HTTP_URL = TypeAdapter(AnyHttpUrl)

MAX_TEXT = 50_000


def one_line(value: str) -> str:
    """Refuse control characters, line breaks among them."""
    if _CONTROL.search(value):
        msg = "control characters and line breaks are not allowed here"
        raise ValueError(msg)
    return value


def _plain_text(value: str) -> str:
    if "\x00" in value:
        msg = "NUL is not allowed in text"
        raise ValueError(msg)
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _written_instant(value: Any) -> Any:
    if isinstance(value, str) and _INSTANT.match(value):
        return value
    if isinstance(value, datetime):
        return value
    msg = "give the time as RFC 3339, for example 2020-12-23T14:02:00Z"
    raise ValueError(msg)


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        msg = "the time needs an offset: end it with Z or +hh:mm"
        raise ValueError(msg)
    # Compared before converting: astimezone() overflows near the ends of the calendar.
    if not _EARLIEST <= value < _LATEST:
        msg = "the time must lie between 1970 and 2200"
        raise ValueError(msg)
    return value.astimezone(UTC)


def _written_day(value: Any) -> Any:
    if isinstance(value, str | date) and _DAY.fullmatch(str(value)):
        return value
    msg = "give the day as YYYY-MM-DD, between 1970 and 2199"
    raise ValueError(msg)


def _web_link(value: str) -> str:
    _HTTP_URL.validate_python(value)
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(one_line),
]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(one_line),
]
Markdown = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_plain_text)]
Utc = Annotated[
    datetime,
    BeforeValidator(_written_instant, json_schema_input_type=datetime),
    AfterValidator(_utc),
]
Day = Annotated[date, BeforeValidator(_written_day, json_schema_input_type=date)]
WebLink = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=8, max_length=2000),
    AfterValidator(one_line),
    AfterValidator(_web_link),
    Field(json_schema_extra={"format": "uri"}),
]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$",
    ),
]


class RequestBody(BaseModel):
    """A body somebody sends us: unknown members are refused."""

    model_config = ConfigDict(extra="forbid")


class QueryParameters(BaseModel):
    """Filters of a list. Other parameters pass: paging has its own, and proxies add theirs."""


class ResponseBody(BaseModel):
    """A body we send: every member always present, so output schemas carry no defaults."""

    model_config = ConfigDict(from_attributes=True)
