"""Who is here, seen from another process: two hubs on one PostgreSQL."""

import asyncio

import asyncpg
import pytest

from secondstory.documents.hub import Hub
from secondstory.documents.running import running_hub
from secondstory.platform.database import Database
from tests.integration.documents.conftest import SHORT, new_document
from tests.integration.documents.visitors import visiting
from tests.waiting import until

HERE, THERE = '{"at":"summary"}', '{"at":"elsewhere"}'


async def test_people_of_another_process_come_move_and_leave(
    hub: Hub, other_hub: Hub, database: Database
) -> None:
    document_id = await new_document(database)
    async with visiting(other_hub, document_id, 2) as grace:
        async with visiting(hub, document_id, 1) as ada:
            ada.appears(HERE)
            await until(lambda: grace.sees == {1: HERE})
            grace.appears(THERE)
            await until(lambda: ada.sees == {1: HERE, 2: THERE})
            ada.appears(THERE, 1)
            await until(lambda: grace.sees == {1: THERE, 2: THERE})
        await until(lambda: grace.sees == {2: THERE})


async def test_who_opens_the_document_later_hears_of_everybody(
    hub: Hub, other_hub: Hub, database: Database
) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(hub, document_id, 3) as edsger:
        ada.appears(HERE)
        edsger.appears(THERE)
        await until(lambda: ada.sees == {1: HERE, 3: THERE})
        async with visiting(other_hub, document_id, 2) as grace:
            await until(lambda: grace.sees == {1: HERE, 3: THERE})


async def test_somebody_who_moves_to_another_process_is_one_person(
    hub: Hub, other_hub: Hub, database: Database
) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        ada.appears(HERE)
        await until(lambda: grace.sees == {1: HERE})
        async with visiting(other_hub, document_id, 1) as ada_again:
            ada_again.appears(THERE)
            await until(lambda: grace.sees == {1: THERE})
            ada.socket.hangs_up()
            await asyncio.sleep(0.3)
            assert grace.sees == {1: THERE}


async def test_a_lost_listener_greets_again(hub: Hub, other_hub: Hub, database: Database) -> None:
    document_id = await new_document(database)
    async with visiting(hub, document_id, 1) as ada, visiting(other_hub, document_id, 2) as grace:
        ada.appears(HERE)
        await until(lambda: grace.sees == {1: HERE})
        connection = await asyncpg.connect(database.dsn)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND starts_with(application_name, $1)",
            "secondstory live",
        )
        await connection.close()
        ada.appears(THERE, 1)
        grace.appears(HERE)
        await until(lambda: grace.sees == ada.sees == {1: THERE, 2: HERE})


async def test_people_of_a_process_that_died_are_gone(
    hub: Hub, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondstory.documents.relay._ALIVE_SECONDS", 0.1)
    document_id = await new_document(database)
    async with (
        running_hub(database.dsn, limits=SHORT) as watching,
        visiting(watching, document_id, 2) as grace,
        visiting(hub, document_id, 1) as ada,
    ):
        ada.appears(HERE)
        await until(lambda: grace.sees == {1: HERE})
        # Its last word is never heard, as if it had none.
        monkeypatch.setattr(hub.relay, "_say", lambda *_: None)
        connections = await asyncpg.connect(database.dsn)
        monkeypatch.setattr(watching._log, "processes", nobody)
        await connections.close()
        await until(lambda: grace.sees == {})


async def nobody() -> set[str]:
    return set()


async def test_a_process_is_alive_while_it_listens(hub: Hub, database: Database) -> None:
    async with running_hub(database.dsn, limits=SHORT) as other:
        assert await hub._log.processes() == {hub._process, other._process}
    await asyncio.sleep(0.1)
    assert await hub._log.processes() == {hub._process}
