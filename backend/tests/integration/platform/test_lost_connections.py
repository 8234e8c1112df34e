"""The database restarts, or drops us: the next requests find their way back."""

import asyncpg

from secondstory.platform.database import Database
from tests.factories import Caller


async def _drop_everybody(database: Database) -> None:
    await database.engine.dispose()  # the test's own, which nobody is going to ask again
    connection = await asyncpg.connect(database.dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'secondstory' AND datname = current_database()"
    )
    await connection.close()


async def test_reading_goes_on_after_every_connection_was_lost(
    member: Caller, database: Database
) -> None:
    made = await member.client.post("/incidents", json={"title": "Before"})
    await _drop_everybody(database)
    answers = [await member.client.get("/incidents") for _ in range(4)]
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert answers[-1].status_code == 200
    assert answers[-1].json()["items"][0]["id"] == made.json()["id"]


async def test_writing_goes_on_after_every_connection_was_lost(
    member: Caller, database: Database
) -> None:
    await member.client.get("/incidents")
    await _drop_everybody(database)
    answers = [await member.client.post("/incidents", json={"title": "After"}) for _ in range(4)]
    assert {answer.status_code for answer in answers} <= {201, 503}
    assert answers[-1].status_code == 201
