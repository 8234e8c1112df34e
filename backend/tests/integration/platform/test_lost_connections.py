"""The database restarts, or drops us: nobody notices who asks later."""

import asyncio

import asyncpg

from secondstory.platform.database import Database
from tests.factories import Caller


async def _lose_connections(caller: Caller, database: Database) -> None:
    """Fill the pool, and end all of its connections while they lie there."""
    await asyncio.gather(*(caller.client.get("/incidents") for _ in range(8)))
    await database.engine.dispose()  # the test's own, which nobody is going to ask again
    connection = await asyncpg.connect(database.dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'secondstory' AND datname = current_database()"
    )
    await connection.close()
    await asyncio.sleep(0.2)  # the goodbyes are on their way


async def test_reading_goes_on_after_every_connection_was_lost(
    member: Caller, database: Database
) -> None:
    made = await member.client.post("/incidents", json={"title": "Before"})
    await _lose_connections(member, database)
    answers = [await member.client.get("/incidents") for _ in range(8)]
    assert {answer.status_code for answer in answers} == {200}
    assert answers[-1].json()["items"][0]["id"] == made.json()["id"]


async def test_writing_goes_on_after_every_connection_was_lost(
    member: Caller, database: Database
) -> None:
    await _lose_connections(member, database)
    answers = [await member.client.post("/incidents", json={"title": "After"}) for _ in range(8)]
    assert {answer.status_code for answer in answers} == {201}
