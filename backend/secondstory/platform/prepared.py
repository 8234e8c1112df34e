"""Statements that storms repeat: written in SQLAlchemy, compiled once, run by the driver alone.

SQLAlchemy's way from a statement to the socket takes several times as long as the statement. What
opens an incident at 3 a.m., and what every page and dashboard begins with, goes without it;
everything else is better off with it.
"""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import Any, TypeAlias, cast

from asyncpg import Connection, Record
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Driver: TypeAlias = "Connection[Record]"

_DIALECT = asyncpg_dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy left it untyped
_DRIVER = "driver"
# Marks sessions on autocommit, in which nothing is to begin.
READING = "reading"
_Convert = Callable[[Any], Any]


async def driver_of(session: AsyncSession) -> Driver:
    """Return the driver's connection, inside the transaction of the session.

    SQLAlchemy begins at its own first statement; a driver that ran before it would run outside.
    """
    transaction = session.sync_session.get_transaction()
    known: tuple[object, Driver] | None = session.info.get(_DRIVER)
    if known is not None and known[0] is transaction:
        return known[1]
    connection = await session.connection()
    pooled = await connection.get_raw_connection()
    driver = cast("Driver", pooled.driver_connection)
    # Through SQLAlchemy, which knows then that it has begun.
    if not (session.info.get(READING) or driver.is_in_transaction()):
        await session.execute(select(1))
    session.info[_DRIVER] = (session.sync_session.get_transaction(), driver)
    return driver


def driven_by(driver: Driver) -> dict[str, Any]:
    """Return the `info` of a session whose transaction the driver itself has begun."""
    return {READING: True, _DRIVER: (None, driver)}


class Prepared:
    """An INSERT, UPDATE or DELETE that is run as it is, with other values each time."""

    def __init__(self, statement: UpdateBase, column_keys: Collection[str] | None = None) -> None:
        # A copy, because looking marks a statement, and what is derived from it inherits the marks.
        statement = copy(statement)
        keys = None if column_keys is None else list(column_keys)
        compiled = statement.compile(dialect=_DIALECT, column_keys=keys)
        self._sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup or []]
        self._binds = [(bind.key, _to_driver(bind.type), bind.value) for bind in binds]
        columns = statement.returning_column_descriptions
        self._columns = [(column["name"], _from_driver(column["type"])) for column in columns]

    async def run(self, driver: Driver, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Run it and return the first row of its RETURNING, if there is one."""
        row = await driver.fetchrow(self._sql, *self._arguments(values))
        if row is None:
            return None
        named = zip(self._columns, row, strict=True)
        return {key: convert(value) for (key, convert), value in named}

    async def run_all(self, driver: Driver, rows: Collection[Mapping[str, Any]]) -> None:
        """Run it for each of several sets of values, in one go."""
        await driver.executemany(self._sql, [self._arguments(values) for values in rows])

    def _arguments(self, values: Mapping[str, Any]) -> list[Any]:
        return [convert(values.get(key, fixed)) for key, convert, fixed in self._binds]


class PreparedSelect:
    """A SELECT of plain, labelled columns.

    Its rows have what the driver gives, which parses JSON; response models make the rest of it.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup or []]
        self._binds = [(bind.key, bind.value) for bind in binds]

    async def all(self, driver: Driver, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run it and return every row by the names of its columns."""
        arguments = [values.get(key, fixed) for key, fixed in self._binds]
        return [dict(row) for row in await driver.fetch(self._sql, *arguments)]


def _to_driver(type_: TypeEngine[Any]) -> _Convert:
    return type_.dialect_impl(_DIALECT).bind_processor(_DIALECT) or _as_it_is


def _from_driver(type_: TypeEngine[Any]) -> _Convert:
    return type_.dialect_impl(_DIALECT).result_processor(_DIALECT, None) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
