import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from secondstory.documents.limits import Limits
from secondstory.documents.log import Lag
from secondstory.documents.replica import Broken
from secondstory.documents.takeover import Takeover
from secondstory.platform.columns import new_id

PATIENCE = 0.04
AFTERWARDS = 4 * PATIENCE


class Table:
    """How far passages are, and who asks."""

    def __init__(self) -> None:
        self.lags: dict[UUID, Lag] = {}
        self.asked: list[UUID] = []
        self.shown: list[UUID] = []
        self.away = False
        self.broken = False

    def add(self, projected_seq: int, last_seq: int) -> UUID:
        document_id = new_id()
        self.lags[document_id] = Lag(document_id, projected_seq, last_seq)
        return document_id

    async def unprojected(self) -> list[Lag]:
        if self.away:
            raise ConnectionRefusedError
        return list(self.lags.values())

    async def behind(self, document_ids: Collection[UUID]) -> list[Lag]:
        if self.away:
            raise ConnectionRefusedError
        self.asked += document_ids
        return [self.lags[document_id] for document_id in document_ids if document_id in self.lags]

    async def show(self, document_id: UUID) -> None:
        if self.broken:
            raise Broken
        self.shown.append(document_id)
        del self.lags[document_id]


@asynccontextmanager
async def running(table: Table) -> AsyncIterator[Takeover]:
    takeover = Takeover(table, table.show, Limits(takeover_seconds=PATIENCE))
    task = asyncio.create_task(takeover.run())
    # What was left is asked for first.
    await asyncio.sleep(0)
    yield takeover
    assert not task.done()
    task.cancel()
    await asyncio.wait({task})


async def test_what_stays_behind_is_shown_once() -> None:
    table = Table()
    async with running(table) as takeover:
        document_id = table.add(2, 3)
        takeover.hear(document_id, 3)
        await asyncio.sleep(PATIENCE / 2)
        assert table.shown == []
        await asyncio.sleep(AFTERWARDS)
        assert table.shown == [document_id]
        await asyncio.sleep(AFTERWARDS)
        # It is looked at once more, and then forgotten.
        assert table.asked == [document_id] * 2


async def test_where_somebody_keeps_up_nobody_else_does() -> None:
    table = Table()
    async with running(table) as takeover:
        level, moving = new_id(), table.add(3, 7)
        takeover.hear(level, 3)
        takeover.hear(moving, 3)
        await asyncio.sleep(PATIENCE * 1.9)
        assert set(table.asked) == {level, moving}
        assert table.shown == []
        # Nothing more was heard of it, but the rest is owed too.
        await asyncio.sleep(AFTERWARDS)
        assert table.shown == [moving]


async def test_what_everybody_left_behind_is_shown_at_once() -> None:
    table = Table()
    document_ids = {table.add(0, 1) for _ in range(30)}
    async with running(table):
        await asyncio.sleep(PATIENCE)
        assert set(table.shown) == document_ids


async def test_what_was_never_notified_is_found() -> None:
    table = Table()
    async with running(table) as takeover:
        document_id = table.add(0, 1)
        await takeover.hear_of_all()
        await asyncio.sleep(AFTERWARDS)
        assert table.shown == [document_id]


async def test_nothing_is_forgotten_while_the_database_is_away() -> None:
    table = Table()
    table.away = True
    async with running(table) as takeover:
        document_id = table.add(0, 1)
        takeover.hear(document_id, 1)
        await asyncio.sleep(AFTERWARDS)
        assert table.shown == []
        table.away = False
        await asyncio.sleep(AFTERWARDS)
        assert table.shown == [document_id]


async def test_a_broken_document_is_left(caplog: pytest.LogCaptureFixture) -> None:
    table = Table()
    table.broken = True
    async with running(table) as takeover:
        document_id = table.add(0, 1)
        takeover.hear(document_id, 1)
        await asyncio.sleep(2 * AFTERWARDS)
        assert table.asked == [document_id]
        assert "stay behind" in caplog.text
