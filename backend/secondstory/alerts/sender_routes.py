"""HTTP: the kinds of senders there are, and how to set each of them up."""

from dataclasses import asdict

from fastapi import APIRouter

from secondstory.alerts.formats.contract import Format
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.sender_schemas import SenderRead
from secondstory.identity.principal import MissingScope, Reader
from secondstory.platform.pages import Page
from secondstory.platform.problems import declared

router = APIRouter(tags=["alerts"])


@router.get("/alert-senders", responses=declared(MissingScope))
async def list_alert_senders(_principal: Reader) -> Page[SenderRead]:
    """List the kinds of senders that a source can be of, all on one page: pagers first."""
    return Page(items=[_read(format_) for format_ in FORMATS.values()], next_cursor=None)


def _read(format_: Format) -> SenderRead:
    return SenderRead(
        kind=format_.kind,
        label=format_.label,
        signing=format_.signing,
        **asdict(format_.guide),
    )
