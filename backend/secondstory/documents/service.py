"""Writing passages from requests, in the request's own transaction."""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from pycrdt import Text
from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.documents.limits import Limits
from secondstory.documents.models import (
    Author,
    Document,
    DocumentSnapshot,
    DocumentUpdate,
    Passage,
)
from secondstory.documents.passages import check_name
from secondstory.documents.text import Written, new_texts, open_document, revise, storable
from secondstory.documents.updates import SERVER_CLIENT, Clocks
from secondstory.platform.prepared import driver_of
from secondstory.platform.problems import BodyTooLarge

MAX_BYTES: Final = Limits().document_bytes

# One statement, run by the driver, because storms of alerts open many incidents. Nobody needs to
# be notified: a document that is not committed yet is open nowhere.
_CREATE = """
WITH given AS (
    SELECT $1::uuid AS id, $2::bigint AS seq, $3::bytea AS update
), made AS (
    INSERT INTO document (id, last_seq, server_clock, projected_seq)
    SELECT id, seq, $4, seq FROM given
), stored AS (
    INSERT INTO document_update (document_id, seq, update, author_id, author_name, at_once)
    SELECT id, seq, update, $5, $6, true FROM given WHERE update IS NOT NULL
)
INSERT INTO passage (document_id, name, text, seq)
SELECT given.id, shown.name, shown.text, given.seq
FROM given, unnest($7::text[], $8::text[]) AS shown(name, text)
"""

# The caller holds the document's row lock. Without an update (null) only the table is levelled.
_STORE = text("""
WITH given AS (
    SELECT CAST(:document_id AS uuid) AS id, CAST(:seq AS bigint) AS seq,
        CAST(:update AS bytea) AS update
), moved AS (
    UPDATE document SET
        last_seq = given.seq,
        server_clock = :clock,
        projected_seq = CASE WHEN projected_seq = last_seq THEN given.seq ELSE projected_seq END
    FROM given WHERE document.id = given.id
), stored AS (
    INSERT INTO document_update (document_id, seq, update, author_id, author_name, at_once)
    SELECT id, seq, update, :author_id, :author_name, true FROM given WHERE update IS NOT NULL
), shown AS (
    INSERT INTO passage (document_id, name, text, seq)
    SELECT given.id, texts.name, texts.text, given.seq
    FROM given, unnest(CAST(:names AS text[]), CAST(:texts AS text[])) AS texts(name, text)
    ON CONFLICT (document_id, name) DO UPDATE
        SET text = excluded.text, seq = excluded.seq, updated_at = now()
        WHERE passage.text IS DISTINCT FROM excluded.text
)
SELECT pg_notify('document', id || ' ' || seq) FROM given WHERE update IS NOT NULL
""")

_STORED_BYTES = """
WITH snapshot AS (
    SELECT seq, octet_length(state) AS size FROM document_snapshot WHERE document_id = $1
)
SELECT coalesce((SELECT size FROM snapshot), 0) + coalesce(sum(octet_length(update)), 0)
FROM document_update
WHERE document_id = $1 AND seq > coalesce((SELECT seq FROM snapshot), 0)
"""


class DocumentTooLarge(BodyTooLarge):
    code, title = "document_too_large", "The text of this incident has become too long to take more"


async def create_document(
    session: AsyncSession, document_id: UUID, texts: Mapping[str, str], author: Author
) -> None:
    """Create a document with its first passages."""
    texts = _checked(texts)
    written = new_texts(texts, clock=0)
    seq = 0 if written.update is None else 1
    driver = await driver_of(session)
    await driver.execute(_CREATE, *_values(document_id, texts, author, written, seq).values())


async def add_passages(
    session: AsyncSession, document_id: UUID, texts: Mapping[str, str], author: Author
) -> None:
    """Add passages that the document does not have yet; open editors see them at once.

    Cheaper than `write_passages`, as the document does not have to be read. Raises
    `DocumentTooLarge` (413).
    """
    texts = _checked(texts)
    document = await _lock(session, document_id)
    written = new_texts(texts, document.server_clock)
    if written.update is not None and not await _has_room(session, document, written.update):
        written = await _revised(session, document, texts)
    await _store(session, document, texts, author, written)


async def write_passages(
    session: AsyncSession, document_id: UUID, texts: Mapping[str, str], author: Author
) -> None:
    """Make passages read as given; those that do not exist are added.

    Only what differs is changed in the document, so that people who are typing in it keep their
    carets and their words. Raises `DocumentTooLarge` (413), but never for taking text out.
    """
    texts = _checked(texts)
    document = await _lock(session, document_id)
    await _store(session, document, texts, author, await _revised(session, document, texts))


async def remove_passages(session: AsyncSession, document_id: UUID, names: Collection[str]) -> None:
    """Empty passages whose owner is deleted. Who deleted it stands in the change record."""
    texts = _checked(dict.fromkeys(names, ""))
    document = await _lock(session, document_id)
    written = await _revised(session, document, texts)
    await _store(session, document, {}, _Nobody(), written)
    await session.execute(
        delete(Passage).where(col(Passage.document_id) == document_id, col(Passage.name).in_(names))
    )


class _Nobody(NamedTuple):
    id: UUID | None = None
    name: str = ""


async def _lock(session: AsyncSession, document_id: UUID) -> Document:
    """Lock a document's row: from here to the commit nobody else appends to its log."""
    return (
        await session.scalars(
            select(Document)
            .where(col(Document.id) == document_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()


async def _revised(session: AsyncSession, document: Document, texts: Mapping[str, str]) -> Written:
    snapshot = await session.scalar(
        select(DocumentSnapshot).where(col(DocumentSnapshot.document_id) == document.id)
    )
    tail = await session.scalars(
        select(col(DocumentUpdate.update))
        .where(
            col(DocumentUpdate.document_id) == document.id,
            col(DocumentUpdate.seq) > (snapshot.seq if snapshot else 0),
        )
        .order_by(col(DocumentUpdate.seq))
    )
    updates = [*([snapshot.state] if snapshot else []), *tail]
    doc = open_document(updates, client_id=SERVER_CLIENT)
    growth = sum(len(text) - len(str(doc.get(name, type=Text))) for name, text in texts.items())
    update = revise(doc, texts)
    # The sum of updates only grows; the document itself is more compact.
    size = sum(map(len, updates)) + len(update or b"")
    if growth > 0 and size > MAX_BYTES and len(doc.get_update()) > MAX_BYTES:
        raise DocumentTooLarge
    return Written(update, Clocks.read(doc.get_state()).get(SERVER_CLIENT, 0))


async def _has_room(session: AsyncSession, document: Document, update: bytes) -> bool:
    """Tell whether an update certainly fits, without reading the document."""
    driver = await driver_of(session)
    stored: int = await driver.fetchval(_STORED_BYTES, document.id)
    return stored + len(update) <= MAX_BYTES


async def _store(
    session: AsyncSession,
    document: Document,
    texts: Mapping[str, str],
    author: Author,
    written: Written,
) -> None:
    seq = document.last_seq + (0 if written.update is None else 1)
    await session.execute(_STORE, _values(document.id, texts, author, written, seq))


def _values(
    document_id: UUID, texts: Mapping[str, str], author: Author, written: Written, seq: int
) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "seq": seq,
        "update": written.update,
        "clock": written.clock,
        "author_id": author.id,
        "author_name": author.name,
        "names": list(texts),
        "texts": list(texts.values()),
    }


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    return {check_name(name): storable(text) for name, text in texts.items()}
