"""Compacting the stored log: what can be read stays, also for who was behind, and is done once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

import asyncpg
import pytest

from secondstory.documents.appender import Appender, Write
from secondstory.documents.compactor import Compactor
from secondstory.documents.history import VersionRow, newest_versions
from secondstory.documents.limits import Limits
from secondstory.documents.log import DocumentLog
from secondstory.documents.queries import read_log
from secondstory.documents.replica import Replica
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from tests.integration.documents.conftest import new_document
from tests.unit.documents.log_makers import PASSAGES, LogMaker
from tests.waiting import until

AGE = timedelta(days=30)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    async with asyncpg.create_pool(database.dsn, min_size=1, max_size=4) as pool:
        yield pool


async def stored_log(database: Database, days_old: int) -> tuple[UUID, LogMaker]:
    """Store what two people wrote in three sittings, and move it into the past."""
    maker = LogMaker()
    for _ in range(3):
        for number in range(10):
            maker.write("Ada", PASSAGES[0], 0, "a")
            maker.write("Grace", PASSAGES[1], 0, str(number))
        maker.wait(minutes=10)
    document_id = await new_document(database)
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO document_update (document_id, seq, update, author_id, author_name,"
            " created_at) VALUES ($1, $2, $3, $4, $5, now() - $6::interval + $7::interval)",
            [
                (
                    *(document_id, row.seq, row.update, row.author_id, row.author_name),
                    timedelta(days=days_old),
                    row.stored_at - maker.log[0].stored_at,
                )
                for row in maker.log
            ],
        )
        await connection.exec_driver_sql(
            "UPDATE document SET last_seq = $1 WHERE id = $2", (len(maker.log), document_id)
        )
    return document_id, maker


async def history(database: Database, document_id: UUID) -> tuple[int, Sequence[VersionRow]]:
    async with database.reading() as session:
        log = await read_log(session, document_id)
    return len(log), newest_versions(log, None, None, 1000)


async def test_an_old_log_becomes_shorter_and_reads_the_same(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondstory.documents.queries._ROWS_AT_ONCE", 7)
    document_id, maker = await stored_log(database, 32)
    rows, before = await history(database, document_id)
    behind = Replica([row.update for row in maker.log[:25]], Limits())

    await Compactor(pool, AGE).compact()

    assert rows == 60
    assert await history(database, document_id) == (6, before)
    for row in await DocumentLog(pool).tail(document_id, 25):
        behind.take_in(row.update)
    assert behind.texts() == maker.texts[-1]
    loaded = await DocumentLog(pool).load(document_id)
    assert loaded is not None
    assert Replica(loaded.updates, Limits()).texts() == maker.texts[-1]


async def test_one_odd_log_does_not_keep_others_from_it(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    odd, _ = await stored_log(database, 32)
    others = [(await stored_log(database, 32))[0] for _ in range(2)]
    await pool.execute(
        "UPDATE document_update SET update = '\\xff' WHERE document_id = $1 AND seq = 3", odd
    )
    await Compactor(pool, AGE).compact()
    assert [(await history(database, other))[0] for other in others] == [6, 6]


async def test_what_is_younger_stays(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    document_id, _ = await stored_log(database, 29)
    await Compactor(pool, AGE).compact()
    rows, _ = await history(database, document_id)
    assert rows == 60


async def test_the_log_goes_on_behind_what_is_compacted(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    document_id, maker = await stored_log(database, 32)
    compactor = Compactor(pool, AGE)
    await compactor.compact()
    maker.write("Ada", PASSAGES[0], 0, "new")
    write = Write(maker.log[-1].update, new_id(), "Ada")
    appender = Appender(partial(asyncpg.connect, database.dsn), "test")
    assert await appender.append({document_id: [write]}) == {document_id: 61}
    appender.close()
    _, before = await history(database, document_id)

    await compactor.compact()

    assert await history(database, document_id) == (7, before)


async def test_several_processes_do_it_once(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    document_id, _ = await stored_log(database, 32)
    _, before = await history(database, document_id)
    await asyncio.gather(*(Compactor(pool, AGE).compact() for _ in range(3)))
    assert await history(database, document_id) == (6, before)
    assert not await pool.fetchval(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    )


async def test_a_step_that_another_process_has_taken_changes_nothing(
    database: Database, pool: "asyncpg.Pool[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondstory.documents.compactor._ROWS_A_STEP", 20)
    document_id, _ = await stored_log(database, 32)
    _, before = await history(database, document_id)
    compactor = Compactor(pool, AGE)
    # As if the connection that held the lock had died, and its process had not noticed.
    async with pool.acquire() as one, pool.acquire() as other:
        await asyncio.gather(
            *(compactor.compact_document(driver, document_id, 0, 60) for driver in (one, other))
        )
    assert await history(database, document_id) == (6, before)


async def test_it_runs_now_and_then_and_outlives_trouble(
    database: Database,
    pool: "asyncpg.Pool[asyncpg.Record]",
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("secondstory.documents.compactor._FIRST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("secondstory.documents.compactor._PAUSE_SECONDS", 0.0)
    document_id, _ = await stored_log(database, 32)
    compactor = Compactor(pool, AGE)
    troubles: list[Exception] = [OSError("away"), ValueError("strange")]
    compact = compactor.compact

    async def troubled() -> None:
        if troubles:
            raise troubles.pop()
        await compact()

    monkeypatch.setattr(compactor, "compact", troubled)
    running = asyncio.create_task(compactor.run())

    async def is_compacted() -> bool:
        return (await history(database, document_id))[0] != 60

    await until(is_compacted)
    running.cancel()
    await asyncio.wait({running})
    assert caplog.text.count("Logs are compacted later") == 2
