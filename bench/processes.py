"""Servers of a benchmark: started, waited for, weighed, and stopped again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[1]
SECONDSTORY = Path(sys.executable).with_name("secondstory")
_PATIENCE_SECONDS = 60
_STOP_SECONDS = 30


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str | Path], settings: Mapping[str, str], address: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block; it starts when `/healthz` has answered."""
    kept = {name: value for name, value in os.environ.items() if "SECONDSTORY" not in name}
    process = subprocess.Popen(
        command, cwd=ROOT, env=kept | settings, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_until_healthy(process, address)
        yield process
    finally:
        # To the whole group, as Ctrl-C does: `make run` is a shell, a make and a server.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(_STOP_SECONDS)


def seconds_to_healthy(
    command: Sequence[str | Path], settings: Mapping[str, str], address: str
) -> float:
    """Start a server, stop it, and return how long its first healthy answer took."""
    started = time.perf_counter()
    with running(command, settings, address):
        return time.perf_counter() - started


def resident_megabytes(process: subprocess.Popen[bytes]) -> float:
    """Return the memory that a process holds now."""
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True, check=True
    )
    return int(shown.stdout) / 1024


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            message = f"{process.args!r} ended with {process.returncode}"
            raise RuntimeError(message)
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    message = f"{process.args!r} was not healthy in {_PATIENCE_SECONDS} s"
    raise RuntimeError(message)
