"""The engine, the sessions, and the only commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast

from asyncpg import InternalClientError
from fastapi import Depends, Request
from sqlalchemy import Select, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from secondstory.platform.prepared import READING, Driver, driven_by

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Database:
    """One PostgreSQL, seen through a pool of connections."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        parsed = make_url(url).set(drivername="postgresql+asyncpg")
        self.dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        self.engine = create_async_engine(
            parsed,
            pool_size=pool_size,
            # Errors are logged; what people wrote is not.
            hide_parameters=True,
            # An overflowing connection is closed after one use, which costs more than the use.
            max_overflow=0,
            pool_timeout=10,
            connect_args={"server_settings": {"application_name": "secondstory"}},
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_closed)
        self._writes = async_sessionmaker(self.engine, expire_on_commit=False)
        # Reads skip BEGIN and COMMIT: two round trips less for a single SELECT.
        self._autocommit = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._reads = async_sessionmaker(
            self._autocommit, expire_on_commit=False, autoflush=False, info={READING: True}
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commit what happens inside as one, or nothing of it."""
        async with self._writes.begin() as session:
            yield session

    @asynccontextmanager
    async def driving(self) -> AsyncIterator[AsyncSession]:
        """Commit what happens inside as one, or nothing of it, for what storms come through.

        The driver begins and commits. The session, which need not know, runs its statements in
        between, and costs next to nothing as long as it has none.
        """
        async with self._autocommit.connect() as connection:
            driver = await _driver(connection)
            session = AsyncSession(connection, info=driven_by(driver))
            try:
                async with driver.transaction():
                    yield session
                    if session.in_transaction():
                        await session.flush()
            finally:
                if session.in_transaction():
                    await session.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give a session for SELECTs only; nothing is committed."""
        async with self._reads() as session:
            yield session

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[Driver]:
        """Give the driver's connection for a prepared SELECT, without the cost of a session."""
        async with self._autocommit.connect() as connection:
            driver = await _driver(connection)
            try:
                yield driver
            except InternalClientError:
                # The server's goodbye crossed our question: this connection is of no more use.
                await connection.invalidate()
                raise

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _refuse_closed(connection: Any, *_: object) -> None:
    """Have the pool replace a connection that the database has closed while it lay there.

    The driver knows of the goodbye without asking, so a restart costs nobody a failed request.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError


async def _driver(connection: AsyncConnection) -> Driver:
    pooled = await connection.get_raw_connection()
    return cast("Driver", pooled.driver_connection)


async def lend_back(session: AsyncSession) -> None:
    """Let others have a reading session's connection while it works long on what it has read.

    Its next SELECT takes another. A session that writes keeps its transaction.
    """
    if session.info.get(READING):
        await session.commit()


async def fetch(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return rows of plain, labelled columns: a third of what entities cost, and always fresh."""
    connection = await session.connection()
    result = await connection.execute(query)
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


async def get_database(request: Request) -> Database:
    """Return the database of the app that serves this request."""
    database: Database = request.app.state.database
    return database


async def get_session(
    request: Request, database: Annotated[Database, Depends(get_database)]
) -> AsyncIterator[AsyncSession]:
    """Give the session of this request: reading for safe methods, else one transaction.

    Function scope makes the commit happen before the answer leaves; with FastAPI's default
    scope a client would see 201 for a commit that then did not work.
    """
    context = database.reading if request.method in SAFE_METHODS else database.transaction
    async with context() as session:
        yield session


DatabaseDep = Annotated[Database, Depends(get_database)]
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
