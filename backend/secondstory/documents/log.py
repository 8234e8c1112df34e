"""The document log in PostgreSQL, read to load and catch up, and what is derived from it."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from asyncpg import InterfaceError, InternalClientError, Pool, PostgresError

from secondstory.documents.text import storable

# Whatever goes wrong between us and the database; each of them may pass. asyncpg raises
# InternalClientError when the server ends a connection at just the wrong moment.
DATABASE_AWAY = (OSError, TimeoutError, InterfaceError, InternalClientError, PostgresError)

CHANNEL = "document"
APPLICATION_NAME = "secondstory documents"
# With the process behind it: who listens is alive.
LISTENER_NAME = "secondstory live"

_LOAD = """
SELECT last_seq, projected_seq, snapshot.state, coalesce(snapshot.seq, 0) AS snapshot_seq, ARRAY(
    SELECT update FROM document_update
    WHERE document_id = document.id AND document_update.seq > coalesce(snapshot.seq, 0)
    ORDER BY document_update.seq
) AS tail
FROM document LEFT JOIN document_snapshot AS snapshot ON snapshot.document_id = document.id
WHERE document.id = $1
"""

_TAIL = """
SELECT seq, update FROM document_update WHERE document_id = $1 AND seq > $2 ORDER BY seq
"""

# Nothing happens when somebody else has moved the table meanwhile. A passage that a request wrote
# at a later number stays. What became empty is updated, never inserted: it may belong to something
# that was deleted.
_PROJECT = """
WITH moved AS (
    UPDATE document SET projected_seq = $3
    WHERE id = $1 AND projected_seq = $2 AND projected_seq < $3
    RETURNING id
), emptied AS (
    UPDATE passage SET text = '', seq = $4, updated_at = now() FROM moved
    WHERE document_id = moved.id AND name = ANY($7::text[]) AND seq <= $4 AND text <> ''
), shown AS (
    INSERT INTO passage (document_id, name, text, seq)
    SELECT moved.id, texts.name, texts.text, $4
    FROM moved, unnest($5::text[], $6::text[]) AS texts(name, text) ORDER BY texts.name
    ON CONFLICT (document_id, name) DO UPDATE
        SET text = excluded.text, seq = excluded.seq, updated_at = now()
        WHERE passage.seq <= excluded.seq AND passage.text IS DISTINCT FROM excluded.text
)
SELECT count(*) FROM moved
"""

_LOCK = "SELECT projected_seq FROM document WHERE id = $1 FOR UPDATE"
_NEWEST_SHOWN = "SELECT coalesce(max(seq), 0) FROM passage WHERE document_id = $1"

_SNAPSHOT = """
INSERT INTO document_snapshot (document_id, state, seq) VALUES ($1, $2, $3)
ON CONFLICT (document_id) DO UPDATE SET state = excluded.state, seq = excluded.seq
    WHERE document_snapshot.seq < excluded.seq
"""


# No index helps: it would have to move with every append, and appends are what has to be cheap.
_UNPROJECTED = "SELECT id, projected_seq, last_seq FROM document WHERE projected_seq < last_seq"
_BEHIND = f"{_UNPROJECTED} AND id = ANY($1::uuid[])"


class Row(NamedTuple):
    """One update of the log."""

    seq: int
    update: bytes


class Stored(NamedTuple):
    """All of a document that loading needs."""

    updates: list[bytes]
    last_seq: int
    projected_seq: int
    snapshot_seq: int


class View(NamedTuple):
    """What a room would show in the passage table."""

    seq: int
    """All updates up to this one are in the texts."""
    newest_seq: int
    """None after this one is; some in between may be missing."""
    texts: Mapping[str, str]
    changed: Collection[str]
    """Names of those that differ from the view that was shown last."""
    shown_seq: int
    """The number of that view; 0 when somebody else has shown another one since."""


class Lag(NamedTuple):
    """A document whose passages do not show all of its log yet."""

    document_id: UUID
    projected_seq: int
    last_seq: int


class DocumentLog:
    """Every method is one statement on a pooled connection; errors are those of DATABASE_AWAY."""

    def __init__(self, pool: "Pool[Any]") -> None:
        self._pool = pool

    async def load(self, document_id: UUID) -> Stored | None:
        """Return a document, or None when there is none."""
        row = await self._pool.fetchrow(_LOAD, document_id)
        if row is None:
            return None
        snapshot = [] if row["state"] is None else [row["state"]]
        return Stored(
            snapshot + row["tail"], row["last_seq"], row["projected_seq"], row["snapshot_seq"]
        )

    async def tail(self, document_id: UUID, after: int) -> list[Row]:
        """Return the updates after a number, in order."""
        return [Row(*row) for row in await self._pool.fetch(_TAIL, document_id, after)]

    async def latest(self, document_ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the last number of each document that exists."""
        rows = await self._pool.fetch(
            "SELECT id, last_seq FROM document WHERE id = ANY($1::uuid[])", list(document_ids)
        )
        return {row["id"]: row["last_seq"] for row in rows}

    async def unprojected(self) -> list[Lag]:
        """Return all documents whose passages lag behind: a look at every document's row."""
        return [Lag(*row) for row in await self._pool.fetch(_UNPROJECTED)]

    async def behind(self, document_ids: Collection[UUID]) -> list[Lag]:
        """Return those of some documents whose passages lag behind."""
        rows = await self._pool.fetch(_BEHIND, list(document_ids))
        return [Lag(*row) for row in rows]

    async def project(self, document_id: UUID, view: View) -> tuple[int, bool]:
        """Show a view in the passage table. Return how far the table is now, and whether by this.

        It is not when the table is as new already, or shows something that is not in the view:
        what somebody has read there does not vanish again.
        """
        if await _move(self._pool, document_id, view, view.shown_seq, view.changed):
            return view.seq, True
        async with self._pool.acquire() as connection, connection.transaction():
            shown_seq = await connection.fetchval(_LOCK, document_id)
            if shown_seq is None or shown_seq >= view.seq:
                return shown_seq or view.seq, False
            # Asked after locking: while we waited, somebody may have shown more.
            if await connection.fetchval(_NEWEST_SHOWN, document_id) > view.newest_seq:
                return shown_seq, False
            await _move(connection, document_id, view, shown_seq, view.texts)
            return view.seq, True

    async def snapshot(self, document_id: UUID, seq: int, state: bytes) -> None:
        """Keep a state that holds at least all updates up to a number."""
        await self._pool.execute(_SNAPSHOT, document_id, state, seq)

    async def notify(self, channel: str, payloads: Collection[str]) -> None:
        """Tell all who listen; each payload has less than 8,000 bytes."""
        await self._pool.execute(
            "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
            channel,
            list(payloads),
        )

    async def processes(self) -> set[str]:
        """Return the ids of all processes that listen."""
        rows = await self._pool.fetch(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND starts_with(application_name, $1)",
            f"{LISTENER_NAME} ",
        )
        return {row["application_name"].rpartition(" ")[2] for row in rows}


async def _move(
    connection: Any, document_id: UUID, view: View, shown_seq: int, names: Collection[str]
) -> bool:
    """Show some texts of a view, if the table stands at a number still."""
    shown = {name: storable(view.texts[name]) for name in names if view.texts[name]}
    emptied = [name for name in names if not view.texts[name]]
    numbers = (shown_seq, view.seq, view.newest_seq)
    moved = await connection.fetchval(
        _PROJECT, document_id, *numbers, list(shown), list(shown.values()), emptied
    )
    return bool(moved)
