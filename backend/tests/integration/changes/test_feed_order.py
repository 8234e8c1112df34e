"""The feed misses nothing, however transactions overlap."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
from sqlalchemy import true

from secondstory.changes.queries import list_changes_after
from secondstory.changes.service import CHANNEL, record
from secondstory.identity.principal import SYSTEM
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database


async def add(database: Database, entity_id: UUID, *, hold: asyncio.Event | None = None) -> None:
    """Record a change, and commit once `hold` is set."""
    async with database.transaction() as session:
        await record(session, SYSTEM, "created", "test", entity_id, incident_id=None)
        if hold is not None:
            await hold.wait()


async def read(database: Database, after: int, limit: int = 100) -> tuple[list[UUID], int]:
    async with database.reading() as session:
        feed = await list_changes_after(session, after, limit, true())
    return [change.entity_id for change in feed.items], feed.last_seq


async def test_an_early_number_committed_late_is_not_missed(database: Database) -> None:
    early, late, hold = new_id(), new_id(), asyncio.Event()
    waiting = asyncio.create_task(add(database, early, hold=hold))
    await asyncio.sleep(0.1)
    await add(database, late)
    seen, last = await read(database, 0)
    assert seen == [], "the later one waits for the earlier"
    hold.set()
    await waiting
    assert (await read(database, last))[0] == [early, late]


async def test_what_is_rolled_back_leaves_no_gap(database: Database) -> None:
    async with database.transaction() as session:
        await record(session, SYSTEM, "created", "test", new_id(), incident_id=None)
        await session.rollback()
    kept = new_id()
    await add(database, kept)
    assert (await read(database, 0))[0] == [kept]


async def test_a_reader_in_a_storm_of_writers_sees_each_change_once(database: Database) -> None:
    dice = random.Random(7)
    written: list[UUID] = []
    done = asyncio.Event()

    async def write() -> None:
        for _ in range(15):
            ids = [new_id() for _ in range(dice.randint(1, 3))]
            async with database.transaction() as session:
                for entity_id in ids:
                    await record(session, SYSTEM, "created", "test", entity_id, incident_id=None)
                    await asyncio.sleep(dice.random() / 200)
            written.extend(ids)

    async def follow() -> list[UUID]:
        seen: list[UUID] = []
        last = 0
        while True:
            over = done.is_set()
            new, last = await read(database, last, limit=dice.randint(1, 5))
            seen += new
            if over and not new:
                return seen

    readers = [asyncio.create_task(follow()) for _ in range(2)]
    await asyncio.gather(*(write() for _ in range(6)))
    done.set()
    for reader in readers:
        seen = await reader
        assert len(seen) == len(set(seen))
        assert set(seen) == set(written)


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator["asyncio.Queue[dict[str, object]]"]:
    heard: asyncio.Queue[dict[str, object]] = asyncio.Queue()
    connection = await asyncpg.connect(database.dsn)
    await connection.add_listener(CHANNEL, lambda *call: heard.put_nowait(json.loads(call[-1])))
    yield heard
    await connection.close()


async def test_every_process_hears_of_what_is_committed_and_only_that(
    database: Database,
) -> None:
    hold, mine = asyncio.Event(), new_id()
    async with listening(database) as heard:
        waiting = asyncio.create_task(add(database, mine, hold=hold))
        await asyncio.sleep(0.1)
        assert heard.empty()
        hold.set()
        await waiting
        frame = await asyncio.wait_for(heard.get(), 5)
        assert frame["type"] == "change"
        assert frame["entity_id"] == str(mine)
        assert frame["actor"] == {"kind": "system", "id": None, "name": "Second Story"}
        assert set(frame) == {
            *("type", "seq", "incident_id", "entity", "entity_id", "action", "actor")
        }
