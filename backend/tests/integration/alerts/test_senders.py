"""What the page is told of the senders there are."""

import httpx

from secondstory.alerts.formats.contract import SourceKind
from tests.factories import Caller
from tests.integration.alerts.senders import items


async def test_every_kind_of_source_says_how_to_set_it_up(viewer: Caller) -> None:
    senders = {sender["kind"]: sender for sender in await items(viewer, "/alert-senders")}
    assert set(senders) == set(SourceKind)
    for sender in senders.values():
        assert "{address}" in sender["steps"] + (sender["snippet"] or "")
    assert senders["alertmanager"]["signing"] == "never"
    assert "url: '{address}'" in senders["alertmanager"]["snippet"]


async def test_strangers_are_told_nothing(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get("/api/v1/alert-senders")).status_code == 401
