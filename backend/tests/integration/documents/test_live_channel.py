"""People in one document: real Yjs clients, a real server, a real database."""

import asyncio
from typing import Any

from tests.factories import Caller
from tests.integration.documents.conftest import Connect


async def test_two_people_write_together(
    connect: Connect, member: Caller, admin: Caller, incident: dict[str, Any]
) -> None:
    ada = await connect(admin, incident["key"])
    grace = await connect(member, incident["id"])
    await ada.reads("summary", "The ded went down.")
    await grace.reads("summary", "The ded went down.")

    await asyncio.gather(
        ada.insert("summary", "A: ", at=0), grace.insert("summary", " At noon.")
    )
    for person in (ada, grace):
        await person.reads("summary", "A: The ded went down. At noon.")
    assert (await ada.until(lambda state: state["saved"]))["updates"] >= 1


async def test_typing_shows_in_the_next_read(
    connect: Connect, member: Caller, incident: dict[str, Any]
) -> None:
    grace = await connect(member, incident["id"])
    await grace.until(lambda state: state["synced"])
    await grace.insert("summary", " Then it came back 🎉.")
    async with asyncio.timeout(1):
        while not (await _summary(member, incident)).endswith("back 🎉."):
            await asyncio.sleep(0.05)


async def _summary(caller: Caller, incident: dict[str, Any]) -> str:
    answer = await caller.client.get(f"/incidents/{incident['id']}")
    summary: str = answer.json()["summary"]
    return summary
