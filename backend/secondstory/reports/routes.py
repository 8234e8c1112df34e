"""HTTP: the whole postmortem of an incident."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Request, Response

from secondstory.identity.principal import MissingScope, Reader
from secondstory.incidents.access import VisibleIncident
from secondstory.platform.database import SessionDep
from secondstory.platform.etags import CONDITIONAL, tag
from secondstory.platform.problems import NotFound, declared
from secondstory.reports.markdown import to_markdown
from secondstory.reports.queries import read_report
from secondstory.reports.schemas import ReportFormat, ReportRead
from secondstory.reports.style import CONTENT_POLICY
from secondstory.reports.webpage import to_page

router = APIRouter(tags=["reports"])


class _Form(NamedTuple):
    render: Callable[[ReportRead], str]
    media_type: str
    headers: dict[str, str]


_FORMS: Final = {
    ReportFormat.MD: _Form(to_markdown, "text/markdown", {}),
    ReportFormat.HTML: _Form(to_page, "text/html", {"Content-Security-Policy": CONTENT_POLICY}),
    ReportFormat.JSON: _Form(ReportRead.model_dump_json, "application/json", {}),
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The whole postmortem, in the format asked for",
        "content": {
            "text/markdown": {"schema": {"type": "string"}, "example": "# INC-42: …\n"},
            "text/html": {"schema": {"type": "string"}, "example": "<!doctype html>…"},
        },
    }
}


@router.get(
    "/incidents/{incident}/report",
    response_model=ReportRead,
    responses=_ANSWERS | CONDITIONAL | declared(MissingScope, NotFound),
)
async def get_report(
    request: Request,
    session: SessionDep,
    principal: Reader,
    found: VisibleIncident,
    format: ReportFormat = ReportFormat.MD,
) -> Response:
    """Tell the whole postmortem: recap, every branch of the discussion, takeaways."""
    report = await read_report(session, principal, found)
    form = _FORMS[format]
    # A long report takes a while to render; others are served meanwhile.
    text = await asyncio.to_thread(form.render, report)
    answer = Response(text, media_type=form.media_type, headers=form.headers)
    name = f"{found.key}-{found.channel_name}.{format}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    tag(request, answer, text)
    return answer
