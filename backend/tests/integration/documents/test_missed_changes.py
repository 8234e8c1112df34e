"""The listener's connection is lost for a moment: nobody goes on showing what is no longer so."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from websockets.asyncio.client import ClientConnection

from secondstory.documents import listener
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.factories.records import patched
from tests.integration.documents.test_sockets import joined


async def notices(socket: ClientConnection) -> AsyncIterator[dict[str, Any]]:
    async with asyncio.timeout(5):
        while True:
            frame = await socket.recv(decode=False)
            if frame[0] == 100:
                yield json.loads(frame[frame.index(b"{") :])


async def next_notice(socket: ClientConnection) -> dict[str, Any]:
    return await anext(aiter(notices(socket)))


@asynccontextmanager
async def deaf(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """End the listener's connection; it does not come back before the end of the block."""
    may_return = asyncio.Event()
    connect = asyncpg.connect

    async def connect_later(*arguments: Any, **options: Any) -> Any:
        await may_return.wait()
        return await connect(*arguments, **options)

    monkeypatch.setattr(listener.asyncpg, "connect", connect_later)
    connection = await connect(database.dsn)
    ended = await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND starts_with(application_name, 'secondstory live')"
        " AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')"
    )
    assert ended
    await connection.close()
    await asyncio.sleep(0.1)
    yield
    may_return.set()


async def test_who_may_have_missed_a_change_is_told_to_read_again(
    address: str,
    member: Caller,
    admin: Caller,
    incident: dict[str, Any],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        joined(address, admin, incident) as staying,
        joined(address, member, incident) as leaving,
    ):
        await patched(admin, f"/incidents/{incident['id']}", severity="sev1")
        assert (await next_notice(staying))["type"] == "change"
        async with deaf(database, monkeypatch):
            await patched(admin, f"/incidents/{incident['id']}", severity="sev2")
            await patched(admin, f"/users/{member.id}", active=False)
            await asyncio.sleep(0.2)
            assert leaving.close_code is None
        assert await next_notice(staying) == {"type": "missed"}
        # A right that ended unheard is noticed on return as well.
        await asyncio.wait_for(leaving.wait_closed(), 2)
        assert leaving.close_code == 4401
        await patched(admin, f"/incidents/{incident['id']}", severity="sev3")
        assert (await next_notice(staying))["type"] == "change"
