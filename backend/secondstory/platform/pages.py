"""Keyset pages: `?limit=&cursor=` in, `{"items", "next_cursor"}` and a `Link` header out."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Select, SQLColumnExpression, tuple_

from secondstory.platform.fields import ResponseBody
from secondstory.platform.problems import Invalid, PointedError

Item = TypeVar("Item")
Row = TypeVar("Row")
Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])

# The types that sort keys are made of.
KeyType = type[UUID | datetime | date | int | str]

DEFAULT_LIMIT = 50
MAX_LIMIT = 100


def _show_example(schema: dict[str, Any], page: type[BaseModel]) -> None:
    """Give the page of a list the example of its items."""
    (item,) = page.__pydantic_generic_metadata__["args"]
    schema["examples"] = [
        {"items": item.model_config["json_schema_extra"]["examples"], "next_cursor": "WyIwMTk3Il0"}
    ]


class Page(ResponseBody, Generic[Item]):
    """One page of a list. `next_cursor` is null on the last one."""

    model_config = ConfigDict(json_schema_extra=_show_example)

    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True)
class PageRequest:
    """What part of a list is asked for; `after` is the sort key of the last row already seen."""

    limit: int
    after: tuple[str, ...] | None

    def bound(self, *types: KeyType) -> tuple[Any, ...] | None:
        """Return the sort key in its own types; a cursor of another list is refused."""
        if self.after is None:
            return None
        try:
            return tuple(_parse(kind, text) for kind, text in zip(types, self.after, strict=True))
        except (ValueError, OverflowError):
            raise _bad_cursor() from None


async def get_page_request(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows per page")] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None, Query(max_length=500, description="`next_cursor` of the page before")
    ] = None,
) -> PageRequest:
    """Read the two paging parameters. Async, as all dependencies: others cost a thread each."""
    return PageRequest(limit, None if cursor is None else _decode(cursor))


PageDep = Annotated[PageRequest, Depends(get_page_request)]


def after_key(
    query: Rows,
    page: PageRequest,
    columns: Sequence[SQLColumnExpression[Any]],
    types: Sequence[KeyType],
    *,
    descending: bool = False,
) -> Rows:
    """Order by `columns`, start after the cursor, and fetch one row more than asked."""
    order = [column.desc() for column in columns] if descending else list(columns)
    query = query.order_by(*order).limit(page.limit + 1)
    key = page.bound(*types)
    if key is None:
        return query
    row = tuple_(*columns)
    return query.where(row < key if descending else row > key)


def cut(rows: Sequence[Row], page: PageRequest) -> tuple[Sequence[Row], Row | None]:
    """Split the extra row off; the second value is the row to continue after, if any."""
    if len(rows) > page.limit:
        kept = rows[: page.limit]
        return kept, kept[-1]
    return rows, None


def encode_cursor(*key: datetime | date | UUID | int | str) -> str:
    """Make the opaque cursor of a sort key."""
    texts = [value.isoformat() if isinstance(value, datetime) else str(value) for value in key]
    return base64.urlsafe_b64encode(json.dumps(texts).encode()).decode().rstrip("=")


def link_next(request: Request, response: Response, next_cursor: str | None) -> None:
    """Add `Link: <…>; rel="next"` (RFC 8288) when there is a next page."""
    if next_cursor is not None:
        kept = [item for item in request.query_params.multi_items() if item[0] != "cursor"]
        query = urlencode([*kept, ("cursor", next_cursor)])
        response.headers["Link"] = f'<{request.scope["path"]}?{query}>; rel="next"'


def _decode(cursor: str) -> tuple[str, ...]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise _bad_cursor() from None
    if not isinstance(key, list) or not all(isinstance(part, str) for part in key):
        raise _bad_cursor()
    return tuple(key)


def _parse(kind: KeyType, text: str) -> UUID | datetime | date | int | str:
    if kind is datetime:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise ValueError(text)
        return instant.astimezone(UTC)
    if kind is date:
        return date.fromisoformat(text)
    if kind is int:
        number = int(text)
        if not 0 <= number < 2**63:
            raise ValueError(text)
        return number
    if "\x00" in text:
        raise ValueError(text)
    return UUID(text) if kind is UUID else text


def _bad_cursor() -> Invalid:
    return Invalid(
        "The cursor is not one of this list; start again without it.",
        errors=[PointedError(pointer="query:cursor", detail="not a cursor of this list")],
    )
