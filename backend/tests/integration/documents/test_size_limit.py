"""A document takes text up to its limit, over REST as over the live channel; taking out goes on."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from secondstory.documents import service
from secondstory.documents.models import DocumentSnapshot
from secondstory.documents.service import (
    DocumentTooLarge,
    add_passages,
    remove_passages,
    write_passages,
)
from secondstory.documents.updates import SERVER_CLIENT
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.factories.records import add_event, add_takeaway, ask_why, fetched, patched
from tests.integration.alerts.senders import add_sender, items
from tests.integration.alerts.test_intake import PAGERDUTY
from tests.integration.documents.conftest import ADA, new_document
from tests.integration.documents.test_service import EVENT, WHY, logged, shown
from tests.unit.documents.doubles import writing

LIMIT = 40_000


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_BYTES", LIMIT)


async def write(database: Database, document_id: UUID, text: str) -> None:
    async with database.transaction() as session:
        await write_passages(session, document_id, {"summary": text}, ADA)


async def test_what_would_be_over_the_limit_is_not_stored(database: Database) -> None:
    document_id = await new_document(database, summary="x" * 30_000)
    async with database.transaction() as session:
        await add_passages(session, document_id, {EVENT: "y" * 9_000}, ADA)
    for add in (add_passages, write_passages):
        async with database.transaction() as session:
            with pytest.raises(DocumentTooLarge):
                await add(session, document_id, {WHY: "z" * 2_000}, ADA)
    with pytest.raises(DocumentTooLarge):
        await write(database, document_id, "x" * 32_000)
    expected = {"summary": "x" * 30_000, EVENT: "y" * 9_000}
    assert await shown(database, document_id) == await logged(database, document_id) == expected


async def test_taking_text_out_always_works_and_makes_room(database: Database) -> None:
    document_id = await new_document(database, summary="word " * 7_900)
    with pytest.raises(DocumentTooLarge):
        await write(database, document_id, "word " * 7_900 + "more " * 200)
    await write(database, document_id, "ward " * 7_800)
    await write(database, document_id, "short")
    async with database.transaction() as session:
        await remove_passages(session, document_id, ["summary"])
    # What was taken out is in the log for ever, but not in the document any more.
    await write(database, document_id, "again " * 5_000)
    async with database.transaction() as session:
        await add_passages(session, document_id, {EVENT: "y" * 5_000}, ADA)
        with pytest.raises(DocumentTooLarge):
            await add_passages(session, document_id, {WHY: "z" * 10_000}, ADA)


async def test_a_snapshot_counts_too(database: Database) -> None:
    document_id = await new_document(database, summary="x" * 30_000)
    state = writing("x" * 30_000, SERVER_CLIENT)
    async with database.transaction() as session:
        session.add(DocumentSnapshot(document_id=document_id, seq=1, state=state))
        with pytest.raises(DocumentTooLarge):
            await add_passages(session, document_id, {EVENT: "y" * 12_000}, ADA)
        await add_passages(session, document_id, {EVENT: "y" * 1_000}, ADA)


async def test_requests_are_answered_with_a_problem_and_change_nothing(
    member: Caller, incident: dict[str, Any]
) -> None:
    path = f"/incidents/{incident['id']}"
    event = await add_event(member, incident, "x" * 35_000)
    why = await ask_why(member, incident, "Why?")
    takeaway = await add_takeaway(member, incident, "Learn.")
    long = "y" * 10_000
    requests: list[tuple[str, str, dict[str, str]]] = [
        ("PATCH", path, {"summary": long, "title": "Never"}),
        ("POST", f"{path}/events", {"kind": "action", "text": long}),
        ("PATCH", f"{path}/events/{event['id']}", {"text": "x" * 45_000}),
        ("POST", f"{path}/whys", {"question": "Why?", "answer": long}),
        ("PATCH", f"{path}/whys/{why['id']}", {"answer": long}),
        ("POST", f"{path}/takeaways", {"kind": "learning", "text": long}),
        ("PATCH", f"{path}/takeaways/{takeaway['id']}", {"text": long}),
    ]
    for method, address, body in requests:
        answer = await member.client.request(method, address, json=body)
        assert answer.status_code == 413, (method, address, answer.text)
        assert answer.json()["code"] == "document_too_large"
    assert (await fetched(member, path))["title"] == incident["title"]
    assert len((await fetched(member, f"{path}/events"))["items"]) == 1
    # Fields go on, and so does making the text shorter.
    await patched(member, path, title="Shorter", summary="")
    await patched(member, f"{path}/events/{event['id']}", text="short")
    await patched(member, path, summary=long)


async def test_one_text_is_bounded_and_holds_no_half_characters(
    member: Caller, incident: dict[str, Any]
) -> None:
    path = f"/incidents/{incident['id']}"
    for text in ('"' + "x" * 50_001 + '"', '"a\\u0000b"', '"a\\ud83db"'):
        answer = await member.client.patch(
            path, content=f'{{"summary": {text}}}', headers={"Content-Type": "application/json"}
        )
        assert answer.status_code in {400, 422}, text[:10]
    await patched(member, path, summary="👩‍👩‍👧 \U0010ffff")
    assert (await fetched(member, path))["summary"] == "👩‍👩‍👧 \U0010ffff"


async def test_an_alert_is_taken_all_the_same(
    admin: Caller, anonymous: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    await sender.post_file(PAGERDUTY[0])
    monkeypatch.setattr(service, "MAX_BYTES", 10)
    answer = await sender.post_file(PAGERDUTY[2])
    assert answer.status_code == 202
    (incident,) = await items(admin, "/incidents")
    events = await items(admin, f"/incidents/{incident['id']}/events")
    assert len(events) > 1
    assert events[-1]["text"] == ""
    assert events[0]["text"] != ""
