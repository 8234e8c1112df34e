"""Passages written by requests, in their transaction."""

from uuid import UUID

import pytest
from pycrdt import Text
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlmodel import col

from secondstory.documents.models import Document, DocumentSnapshot, DocumentUpdate, Passage
from secondstory.documents.passages import UnknownPassage
from secondstory.documents.queries import read_passages
from secondstory.documents.service import (
    add_passages,
    create_document,
    remove_passages,
    write_passages,
)
from secondstory.documents.text import open_document
from secondstory.documents.updates import SERVER_CLIENT, Clocks
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from tests.integration.documents.conftest import ADA, new_document
from tests.unit.documents.doubles import writing

EVENT = "events/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/text"
WHY = "whys/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/answer"


async def shown(database: Database, document_id: UUID) -> dict[str, str]:
    async with database.reading() as session:
        return await read_passages(session, document_id)


async def logged(database: Database, document_id: UUID) -> dict[str, str]:
    """Read the passages from the log; check that its numbers have no gaps."""
    async with database.reading() as session:
        rows = (
            await session.scalars(
                select(DocumentUpdate)
                .where(col(DocumentUpdate.document_id) == document_id)
                .order_by(col(DocumentUpdate.seq))
            )
        ).all()
        document = (
            await session.scalars(select(Document).where(col(Document.id) == document_id))
        ).one()
    assert [row.seq for row in rows] == list(range(1, document.last_seq + 1))
    doc = open_document(row.update for row in rows)
    assert Clocks.read(doc.get_state()).get(SERVER_CLIENT, 0) == document.server_clock
    return {name: str(doc.get(name, type=Text)) for name in list(doc.keys())}


async def test_creating_writes_log_and_passages(database: Database) -> None:
    document_id = new_id()
    async with database.transaction() as session:
        await create_document(session, document_id, {"summary": "Hé😀", EVENT: "x"}, ADA)
    expected = {"summary": "Hé😀", EVENT: "x"}
    assert await shown(database, document_id) == await logged(database, document_id) == expected


async def test_an_empty_document_has_an_empty_log(database: Database) -> None:
    document_id = await new_document(database)
    assert await shown(database, document_id) == await logged(database, document_id) == {}


async def test_adding_continues_the_log(database: Database) -> None:
    document_id = await new_document(database, summary="😀")
    for name in (EVENT, WHY):
        async with database.transaction() as session:
            await add_passages(session, document_id, {name: "added"}, ADA)
    expected = {"summary": "😀", EVENT: "added", WHY: "added"}
    assert await shown(database, document_id) == await logged(database, document_id) == expected


async def test_writing_changes_what_differs(database: Database) -> None:
    document_id = await new_document(database, summary="The database was slow. 😀")
    async with database.transaction() as session:
        texts = {"summary": "The database was very slow. 😀", WHY: "new"}
        await write_passages(session, document_id, texts, ADA)
        await write_passages(session, document_id, {"summary": "The disk was slow. 😀"}, ADA)
    expected = {"summary": "The disk was slow. 😀", WHY: "new"}
    assert await shown(database, document_id) == await logged(database, document_id) == expected


async def test_writing_the_same_again_stores_nothing(database: Database) -> None:
    document_id = await new_document(database, summary="same")
    async with database.transaction() as session:
        await write_passages(session, document_id, {"summary": "same"}, ADA)
        document = await session.get_one(Document, document_id)
    assert document.last_seq == 1


async def test_writing_goes_on_from_what_people_typed(database: Database) -> None:
    document_id = await new_document(database)
    async with database.transaction() as session:
        session.add(
            DocumentUpdate(
                document_id=document_id, seq=1, update=writing("typed"), author_name="Ada"
            )
        )
        document = await session.get_one(Document, document_id)
        document.last_seq = 1
    async with database.transaction() as session:
        await write_passages(session, document_id, {"summary": "typed on"}, ADA)
        document = await session.get_one(Document, document_id)
    assert await logged(database, document_id) == {"summary": "typed on"}
    # What was typed is not shown yet, so the table does not claim to be level.
    assert (document.projected_seq, document.last_seq) == (0, 2)


async def test_writing_reads_from_the_snapshot(database: Database) -> None:
    document_id = await new_document(database, summary="one two")
    async with database.transaction() as session:
        update = await session.scalar(
            select(col(DocumentUpdate.update)).where(col(DocumentUpdate.document_id) == document_id)
        )
        assert update is not None
        session.add(DocumentSnapshot(document_id=document_id, seq=1, state=update))
    async with database.transaction() as session:
        await write_passages(session, document_id, {"summary": "one three"}, ADA)
    assert await logged(database, document_id) == {"summary": "one three"}


async def test_removing_empties_the_text_and_takes_the_row(database: Database) -> None:
    document_id = await new_document(database, summary="stays")
    async with database.transaction() as session:
        await add_passages(session, document_id, {EVENT: "goes"}, ADA)
    async with database.transaction() as session:
        await remove_passages(session, document_id, [EVENT])
    assert await shown(database, document_id) == {"summary": "stays"}
    assert await logged(database, document_id) == {"summary": "stays", EVENT: ""}


async def test_a_rolled_back_request_leaves_nothing(database: Database) -> None:
    document_id = await new_document(database, summary="before")

    async def fail() -> None:
        async with database.transaction() as session:
            await write_passages(session, document_id, {"summary": "after"}, ADA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await shown(database, document_id) == await logged(database, document_id)
    assert await shown(database, document_id) == {"summary": "before"}


async def test_what_the_database_cannot_hold_is_replaced(database: Database) -> None:
    document_id = await new_document(database, summary="a\x00b\ud83d")
    assert await shown(database, document_id) == {"summary": "a\ufffdb\ufffd"}
    assert await logged(database, document_id) == {"summary": "a\ufffdb\ufffd"}


async def test_names_are_checked_and_documents_must_exist(database: Database) -> None:
    with pytest.raises(UnknownPassage):
        await new_document(database, notes="x")
    async with database.transaction() as session:
        with pytest.raises(NoResultFound):
            await add_passages(session, new_id(), {EVENT: "x"}, ADA)


async def test_authors_are_kept(database: Database) -> None:
    document_id = await new_document(database, summary="x")
    async with database.reading() as session:
        row = (
            await session.scalars(
                select(DocumentUpdate).where(col(DocumentUpdate.document_id) == document_id)
            )
        ).one()
        passage = (
            await session.scalars(select(Passage).where(col(Passage.document_id) == document_id))
        ).one()
    assert (row.author_name, row.author_id) == ("Ada", None)
    assert passage.seq == 1
    assert passage.updated_at.tzinfo is not None
