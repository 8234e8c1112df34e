"""Strong ETags over the representation itself, so they move whenever anything shown moves."""

import hashlib
import re
from typing import Annotated, Any, Final

from fastapi import Header, Request, Response
from pydantic import BaseModel

from secondstory.platform.problems import PreconditionFailed

# For the `responses=` of a GET that `tag`s its answer.
CONDITIONAL: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "What `If-None-Match` names is still current"},
}
_TAG = re.compile(r'(?:W/)?"[^"]*"')


class NotModified(Exception):
    """What the client holds is still current."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def etag_of(body: BaseModel | str) -> str:
    """Return the strong entity tag of a representation."""
    text = body if isinstance(body, str) else body.model_dump_json()
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


def tag(request: Request, response: Response, body: BaseModel | str) -> None:
    """Put the ETag on an answer; on a GET whose `If-None-Match` names it, answer 304 instead."""
    etag = etag_of(body)
    wanted = request.headers.get("if-none-match")
    if request.method in {"GET", "HEAD"} and wanted and _names(wanted, etag, weak=True):
        raise NotModified(etag)
    response.headers["ETag"] = etag


def check_if_match(if_match: str | None, current: BaseModel) -> None:
    """Refuse a write that was made looking at an older representation.

    Raises `PreconditionFailed` (412). No header means: whatever it is now.
    """
    if if_match is None:
        return
    if not _names(if_match, etag_of(current), weak=False):
        raise PreconditionFailed("Read it again, then repeat your change on what it says now.")


IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="ETag that the change was made on"),
]


def _names(header: str, etag: str, *, weak: bool) -> bool:
    if header.strip() == "*":
        return True
    tags = _TAG.findall(header)
    return etag in tags or (weak and f"W/{etag}" in tags)
