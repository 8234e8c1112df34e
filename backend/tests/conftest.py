"""A real PostgreSQL for every test that asks, built by the migrations, emptied after each test."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from hypothesis import settings as hypothesis_settings
from sqlalchemy import make_url
from sqlmodel import SQLModel

from secondstory.identity.models import Role
from secondstory.main import create_app
from secondstory.migrate import migrate
from secondstory.platform.database import Database
from secondstory.platform.embedded import embedded_postgres_url
from secondstory.settings import Settings
from tests.factories import Caller, sign_in_as

# A busy machine is no fault of the code: how long an example takes is not tested.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=10_000)
hypothesis_settings.load_profile("untimed")

# Durability is what some tests are about, and those start a server of their own.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A database of this worker, on a server of its own.

    Not below pytest's folder: run as root, another pytest closes that to PostgreSQL's user.
    """
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with (
        tempfile.TemporaryDirectory(prefix="secondstory-test-") as folder,
        embedded_postgres_url(Path(folder)) as server_url,
    ):
        asyncio.run(_create_database(server_url, name))
        url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
        migrate(url)
        yield url


async def _create_database(server_url: str, name: str) -> None:
    connection = await asyncpg.connect(server_url)
    for setting in _FAST:
        await connection.execute(f"ALTER SYSTEM SET {setting.replace('=', ' = ')}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of the embedded mode, away from any environment."""
    return Settings(data_dir=tmp_path, web_dir=tmp_path / "no-page", host="testserver", port=80)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The database; what a test commits is deleted after it."""
    database = Database(database_url)
    yield database
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql(f"TRUNCATE {tables}")
    await database.close()


@pytest.fixture
async def app(database: Database, settings: Settings) -> AsyncIterator[FastAPI]:
    """The whole app, started; `database` is there to look behind it."""
    app = create_app(settings, database.dsn)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def anonymous(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client nobody has signed in with."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest.fixture
async def admin(app: FastAPI, database: Database) -> AsyncIterator[Caller]:
    """A signed-in administrator."""
    async with sign_in_as(app, database, Role.ADMIN, "Ada") as caller:
        yield caller


@pytest.fixture
async def member(app: FastAPI, database: Database) -> AsyncIterator[Caller]:
    """A signed-in member."""
    async with sign_in_as(app, database, Role.MEMBER, "Grace") as caller:
        yield caller


@pytest.fixture
async def viewer(app: FastAPI, database: Database) -> AsyncIterator[Caller]:
    """A signed-in viewer."""
    async with sign_in_as(app, database, Role.VIEWER, "Edsger") as caller:
        yield caller
