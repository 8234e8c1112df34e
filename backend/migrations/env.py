"""How alembic reaches the database: one connection, one transaction, one migrating process."""

import asyncio

from alembic import context
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import secondstory.incidents.models
import secondstory.main  # noqa: F401 - registers every table

# Any number would do; it is the same in every process.
MIGRATION_LOCK = 7_358_001


def run(connection: Connection) -> None:
    """Migrate on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        context.run_migrations()


async def run_async() -> None:
    """Open a connection and migrate."""
    url = make_url(context.config.attributes["database_url"])
    engine = create_async_engine(url.set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(run_async())
