"""Hubs on a real PostgreSQL: two of them stand for two processes."""

import asyncio
from collections.abc import Collection
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from secondstory.documents import listener
from secondstory.documents.hub import Hub
from secondstory.documents.limits import Limits
from secondstory.documents.protocol import CloseCode
from secondstory.documents.queries import read_passages
from secondstory.documents.running import running_hub
from secondstory.documents.service import write_passages
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from tests.integration.documents.conftest import ADA, SHORT, new_document
from tests.integration.documents.visitors import until_shown, visiting
from tests.waiting import until


async def test_two_processes_share_a_document(hub: Hub, other_hub: Hub, database: Database) -> None:
    document_id = await new_document(database, summary="Start.")
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        await until(lambda: ada.text == grace.text == "Start.")
        ada.type(" Ada.")
        await until(lambda: grace.text == "Start. Ada.")
        grace.type(" Grace.")
        await until(lambda: ada.text == "Start. Ada. Grace.")
        await until_shown(database, document_id, "Start. Ada. Grace.")


async def test_both_type_at_once(hub: Hub, other_hub: Hub, database: Database) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        for _ in range(20):
            ada.type("a")
            grace.type("g")
            await asyncio.sleep(0)
        await until(lambda: len(ada.text) == len(grace.text) == 40)
        assert ada.text == grace.text
        await until_shown(database, document_id, ada.text)


async def test_a_request_reaches_both(hub: Hub, other_hub: Hub, database: Database) -> None:
    document_id = await new_document(database, summary="Start.")
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        await until(lambda: ada.text == grace.text == "Start.")
        ada.type(" Typed.")
        await until(lambda: grace.text == "Start. Typed.")
        async with database.transaction() as session:
            await write_passages(session, document_id, {"summary": "Begin. Typed."}, ADA)
        await until(lambda: ada.text == grace.text == "Begin. Typed.")
        ada.type(" More.")
        await until(lambda: grace.text == "Begin. Typed. More.")
        await until_shown(database, document_id, "Begin. Typed. More.")


async def test_a_missed_notification_is_caught_up(hub: Hub, database: Database) -> None:
    document_id = await new_document(database, summary="one")
    async with visiting(hub, document_id, 1) as ada:
        await until(lambda: ada.text == "one")
        async with database.transaction() as session:
            await write_passages(session, document_id, {"summary": "two"}, ADA)
            # Nothing is notified: the periodic check finds it.
            await session.execute(text("UNLISTEN *"))
            await _end_connections(database, "SELECT 1")
        await until(lambda: ada.text == "two")


async def test_a_slip_of_ours_does_not_end_the_hearing(
    hub: Hub, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = await new_document(database, summary="one")
    slips, latest = 0, hub._log.latest

    async def slipping(document_ids: Collection[UUID]) -> dict[UUID, int]:
        nonlocal slips
        slips += 1
        if slips == 1:
            raise RuntimeError
        return await latest(document_ids)

    monkeypatch.setattr(hub._log, "latest", slipping)
    async with visiting(hub, document_id, 1) as ada:
        await until(lambda: slips == 1)
        async with database.transaction() as session:
            await write_passages(session, document_id, {"summary": "two"}, ADA)
        await until(lambda: ada.text == "two")


async def test_what_breaks_a_room_at_the_end_does_not_keep_others_from_being_stored(
    database: Database,
) -> None:
    limits = replace(SHORT, beat_seconds=60)
    documents = [await new_document(database) for _ in range(3)]
    async with running_hub(database.dsn, limits=limits) as hub, AsyncExitStack() as stack:
        visitors = [
            await stack.enter_async_context(visiting(hub, document_id, 1))
            for document_id in documents
        ]
        await until(lambda: all(visitor.socket.sent for visitor in visitors))
        rooms = [hub._open[document_id].room for document_id in documents]
        for visitor in visitors:
            visitor.type("a")
        assert all(room._mail for room in rooms)
        rooms[0].replica._doc = None  # type: ignore[assignment]  # what a slip would do
        await hub.close()
    for document_id in documents[1:]:
        await until_shown(database, document_id, "a")


async def test_a_lost_database_connection_loses_nothing(hub: Hub, database: Database) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(hub, document_id, 2) as grace:
        ada.type("before, ")
        await until(lambda: grace.text == "before, ")
        await _end_connections(database, "")
        ada.type("after")
        await until(lambda: grace.text == "before, after")
        await until_shown(database, document_id, "before, after")


async def _end_connections(database: Database, last_query: str) -> None:
    connection = await asyncpg.connect(database.dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND starts_with(application_name, 'secondstory ')"
        " AND query LIKE $1",
        f"%{last_query}%",
    )
    await connection.close()


async def test_a_document_is_opened_once(
    hub: Hub, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = await new_document(database, summary="x")
    loads = 0
    load = hub._log.load

    async def counted(document_id: UUID) -> object:
        nonlocal loads
        loads += 1
        return await load(document_id)

    monkeypatch.setattr(hub._log, "load", counted)
    async with AsyncExitStack() as stack:
        visitors = [
            await stack.enter_async_context(visiting(hub, document_id, client))
            for client in range(1, 6)
        ]
        await until(lambda: all(visitor.text == "x" for visitor in visitors))
    assert loads == 1


async def test_an_unused_room_closes_and_opens_again(hub: Hub, database: Database) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada:
        await until(lambda: bool(ada.socket.sent))
        ada.type("kept")
    assert document_id in hub._open
    await until(lambda: document_id not in hub._open)
    await until_shown(database, document_id, "kept")
    async with visiting(hub, document_id, 2) as grace:
        await until(lambda: grace.text == "kept")
        # Somebody who comes back in time keeps the room.
        room = hub._open[document_id].room
    async with visiting(hub, document_id, 3) as ada:
        await until(lambda: ada.text == "kept")
        await asyncio.sleep(0.1)
        assert hub._open[document_id].room is room


async def test_there_must_be_a_document(hub: Hub) -> None:
    async with visiting(hub, new_id(), 1) as ada:
        await until(lambda: ada.socket.closed is not None)
    assert ada.socket.closed == (CloseCode.NOT_FOUND, "there is no such document")


async def test_a_deleted_document_is_left(hub: Hub, database: Database) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada:
        await until(lambda: document_id in hub._open)
        await _delete(database, document_id)
        await until(lambda: ada.socket.closed is not None)
    assert ada.socket.closed == (CloseCode.NOT_FOUND, "the document was deleted")
    assert document_id not in hub._open


async def _delete(database: Database, document_id: UUID) -> None:
    connection = await asyncpg.connect(database.dsn)
    await connection.execute("DELETE FROM document WHERE id = $1", document_id)
    await connection.close()


async def test_a_document_that_cannot_be_read_asks_to_come_back(
    hub: Hub, database: Database
) -> None:
    document_id = await new_document(database, summary="x")
    connection = await asyncpg.connect(database.dsn)
    await connection.execute("UPDATE document_update SET update = '\\xff'")
    await connection.close()
    async with visiting(hub, document_id, 1) as ada:
        await until(lambda: ada.socket.closed is not None)
    assert ada.socket.closed is not None
    assert ada.socket.closed[0] == CloseCode.TRY_AGAIN_LATER


async def test_passages_left_behind_are_shown_at_start(database: Database) -> None:
    document_id = await new_document(database, summary="shown")
    connection = await asyncpg.connect(database.dsn)
    await connection.execute("UPDATE document SET projected_seq = 0")
    await connection.execute("UPDATE passage SET text = 'old', seq = 0")
    await connection.close()
    async with running_hub(database.dsn, limits=SHORT):
        await until_shown(database, document_id, "shown")


async def test_stopping_stores_and_shows_what_was_typed(database: Database) -> None:
    document_id = await new_document(database)
    async with (
        running_hub(database.dsn, limits=Limits(keep_seconds=60)) as hub,
        visiting(hub, document_id, 1) as ada,
    ):
        # Greeted and answered: from now on she is heard.
        await until(lambda: len(ada.socket.sent) > 1)
        ada.type("last words")
        await hub.close()
    assert ada.socket.closed == (CloseCode.RESTARTING, "the server is restarting")
    async with database.reading() as session:
        assert await read_passages(session, document_id) == {"summary": "last words"}


async def test_odd_notifications_are_passed_over(
    hub: Hub, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    connection = await asyncpg.connect(database.dsn)
    await connection.execute("SELECT pg_notify('document', 'nonsense')")
    await connection.close()
    await until(lambda: "was not understood" in caplog.text)
    hub.announce(new_id(), {"type": "change"})
    hub.on_notification(f"{new_id()} 3")


@pytest.mark.parametrize("is_open", [True, False])
async def test_what_a_dead_process_owes_is_shown_by_another(
    database: Database, *, is_open: bool
) -> None:
    document_id = await new_document(database, summary="one")
    patient = replace(SHORT, keep_seconds=60)
    async with AsyncExitStack() as stack:
        # As good as dead: it stores, and never gets to showing.
        dead = await stack.enter_async_context(running_hub(database.dsn, limits=patient))
        alive = await stack.enter_async_context(
            running_hub(database.dsn, limits=replace(SHORT, takeover_seconds=0.1))
        )
        if is_open:
            await stack.enter_async_context(visiting(alive, document_id, 2))
        ada = await stack.enter_async_context(visiting(dead, document_id, 1))
        await until(lambda: ada.text == "one")
        ada.type(", two")
        await until_shown(database, document_id, "one, two")
        await until(lambda: (document_id in alive._open) == is_open)


async def test_who_stores_shows_and_others_do_not(
    hub: Hub, other_hub: Hub, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        await until(lambda: document_id in hub._open and document_id in other_hub._open)
        monkeypatch.setattr(other_hub._log, "project", None)
        ada.type("Ada.")
        await until(lambda: grace.text == "Ada.")
        await until_shown(database, document_id, "Ada.")
        await asyncio.sleep(3 * SHORT.keep_seconds)


async def test_a_process_starts_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "_CONNECT_TIMEOUT_SECONDS", 0.1)
    async with (
        running_hub("postgresql://127.0.0.1:1/none", limits=SHORT) as hub,
        visiting(hub, new_id(), 1) as ada,
    ):
        await until(lambda: ada.socket.closed is not None)
    assert ada.socket.closed is not None
    assert ada.socket.closed[0] == CloseCode.TRY_AGAIN_LATER
