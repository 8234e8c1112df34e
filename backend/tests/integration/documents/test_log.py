"""The log on a real PostgreSQL: numbers, order, what is shown, what is loaded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

import asyncpg
import pytest

from secondstory.documents.appender import Appender, Write
from secondstory.documents.log import DocumentLog, Row, View
from secondstory.documents.queries import read_passage_of_many, read_passages
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from tests.integration.documents.conftest import new_document


@asynccontextmanager
async def appending(database: Database) -> AsyncIterator[Appender]:
    appender = Appender(partial(asyncpg.connect, database.dsn), "this-process")
    yield appender
    appender.close()


@pytest.fixture
async def appender(database: Database) -> AsyncIterator[Appender]:
    async with appending(database) as appender:
        yield appender


@pytest.fixture
async def log(database: Database) -> AsyncIterator[DocumentLog]:
    async with asyncpg.create_pool(database.dsn, min_size=2, max_size=4) as pool:
        yield DocumentLog(pool)


def writes(*updates: bytes) -> list[Write]:
    return [Write(update, None, "Ada") for update in updates]


def view(seq: int, newest_seq: int = 0, **texts: str) -> View:
    return View(seq, max(seq, newest_seq), texts, texts, 0)


async def passages(database: Database, document_id: UUID) -> dict[str, str]:
    async with database.reading() as session:
        return await read_passages(session, document_id)


async def test_one_statement_stores_many_documents(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    first, second = await new_document(database), await new_document(database, summary="x")
    ada = new_id()
    stored = await appender.append(
        {first: [Write(b"1", ada, "Ada"), Write(b"2", None, "Bot")], second: writes(b"3")}
    )
    assert stored == {first: 2, second: 2}
    assert await log.tail(first, 0) == [Row(1, b"1"), Row(2, b"2")]
    assert await log.tail(second, 1) == [Row(2, b"3")]
    assert await log.latest([first, second, new_id()]) == {first: 2, second: 2}


async def test_a_missing_document_does_not_stop_the_others(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    assert await appender.append({new_id(): writes(b"x"), document_id: writes(b"y")}) == {
        document_id: 1
    }
    assert await log.load(new_id()) is None


async def test_two_writers_number_without_gaps_or_deadlocks(
    log: DocumentLog, database: Database
) -> None:
    documents = [await new_document(database) for _ in range(4)]

    async def write(order: list[UUID]) -> None:
        async with appending(database) as appender:
            for _ in range(20):
                await appender.append({document_id: writes(b"a", b"b") for document_id in order})

    await asyncio.gather(write(documents), write(documents[::-1]))
    for document_id in documents:
        assert [row.seq for row in await log.tail(document_id, 0)] == list(range(1, 81))


async def test_a_commit_notifies_the_others(appender: Appender, database: Database) -> None:
    document_id = await new_document(database)
    heard: asyncio.Queue[object] = asyncio.Queue()
    listening = await asyncpg.connect(database.dsn)
    await listening.add_listener("document", lambda *event: heard.put_nowait(event[3]))
    await appender.append({document_id: writes(b"1", b"2")})
    async with asyncio.timeout(5):
        assert await heard.get() == f"{document_id} 2 this-process"
    await listening.close()


async def test_a_snapshot_shortens_loading_and_keeps_the_log(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    await appender.append({document_id: writes(b"1", b"2", b"3")})
    await log.snapshot(document_id, 2, b"1+2")
    await log.snapshot(document_id, 1, b"older")
    stored = await log.load(document_id)
    assert stored is not None
    assert stored.updates == [b"1+2", b"3"]
    assert (stored.last_seq, stored.snapshot_seq, stored.projected_seq) == (3, 2, 0)
    assert len(await log.tail(document_id, 0)) == 3


async def test_passages_only_move_forward(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    await appender.append({document_id: writes(b"1", b"2", b"3")})
    assert await log.unprojected() == [(document_id, 0, 3)]
    assert await log.behind([document_id, new_id()]) == [(document_id, 0, 3)]
    assert await log.behind([]) == []
    assert await log.project(document_id, view(2, summary="two")) == (2, True)
    assert await log.project(document_id, view(1, summary="one")) == (2, False)
    assert await log.project(document_id, view(2, summary="two again")) == (2, False)
    assert await passages(database, document_id) == {"summary": "two"}
    assert await log.project(document_id, view(3, summary="three")) == (3, True)
    assert await log.unprojected() == []


async def test_what_was_shown_does_not_vanish_again(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    await appender.append({document_id: writes(b"1", b"2", b"3")})
    # The second was somebody else's, and had not been read when the third was typed.
    assert await log.project(document_id, view(1, 3, summary="one, three")) == (1, True)
    assert await log.project(document_id, view(1, 2, summary="one")._replace(shown_seq=1)) == (
        1,
        False,
    )
    assert await log.project(document_id, view(2, summary="one, two")) == (1, False)
    assert await passages(database, document_id) == {"summary": "one, three"}
    assert await log.project(document_id, view(3, summary="one, two, three")) == (3, True)


async def test_only_changes_are_shown_where_nobody_else_did(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    await appender.append({document_id: writes(b"1", b"2", b"3")})
    texts = {"summary": "x", "takeaways/x/text": "y"}
    assert await log.project(document_id, View(1, 1, texts, ["summary"], 0)) == (1, True)
    assert await passages(database, document_id) == {"summary": "x"}
    assert await log.project(document_id, View(2, 2, texts, [], 0)) == (2, True)
    assert await passages(database, document_id) == texts
    assert await log.project(document_id, View(3, 3, texts | {"summary": "z"}, [], 2)) == (3, True)
    assert await passages(database, document_id) == texts


async def test_a_deleted_document_has_nothing_to_show(log: DocumentLog) -> None:
    assert await log.project(new_id(), view(1, summary="x")) == (1, False)


async def test_nul_becomes_a_sign_that_can_be_stored(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database)
    await appender.append({document_id: writes(b"1")})
    await log.project(document_id, view(1, summary="a\x00b"))
    assert await passages(database, document_id) == {"summary": "a\ufffdb"}


async def test_emptied_passages_stay_but_are_never_made(
    log: DocumentLog, appender: Appender, database: Database
) -> None:
    document_id = await new_document(database, summary="text")
    await appender.append({document_id: writes(b"1")})
    await log.project(document_id, view(2, **{"summary": "", "events/x/text": ""}))
    assert await passages(database, document_id) == {"summary": ""}


async def test_one_passage_of_many_documents(database: Database) -> None:
    first, second = [await new_document(database, summary=text) for text in ("one", "two")]
    third = await new_document(database)
    async with database.reading() as session:
        found = await read_passage_of_many(session, [first, second, third], "summary")
    assert found == {first: "one", second: "two"}
