"""`secondstory serve` as its user starts and stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serving(data_dir: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SECONDSTORY_")} | {
        "SECONDSTORY_DATA_DIR": str(data_dir),
        "SECONDSTORY_PORT": str(port),
        **settings,
    }
    command = [sys.executable, "-m", "secondstory.cli", "serve"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(url, process)
        yield url, process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def _wait_until_healthy(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        assert process.poll() is None, process.stdout and process.stdout.read()
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("never healthy")


def _postmaster(data_dir: Path) -> int | None:
    file = data_dir / "postgres" / "postmaster.pid"
    return int(file.read_text().splitlines()[0]) if file.exists() else None


def test_prints_a_link_keeps_the_data_and_stops_everything(tmp_path: Path) -> None:
    with _serving(tmp_path) as (url, process):
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(2)]
        link = re.search(r"/setup#token=(\S+)", printed[1])
        assert link is not None
        body = {
            "token": link[1],
            "email": "ada@example.org",
            "name": "Ada",
            "password": "correct horse battery",
        }
        assert httpx.post(f"{url}/api/v1/setup", json=body).status_code == 201
        assert _postmaster(tmp_path) is not None
    assert process.returncode == 0
    assert _postmaster(tmp_path) is None

    with _serving(tmp_path) as (url, process):
        assert httpx.get(f"{url}/api/v1/setup").json() == {"needed": False}
        assert httpx.get(f"{url}/readyz").status_code == 200
        # The next one finds a database that nobody stopped.
        process.kill()
        process.wait(10)
    assert _postmaster(tmp_path) is not None

    unattended = {
        "SECONDSTORY_ADMIN_EMAIL": "root@example.org",
        "SECONDSTORY_ADMIN_PASSWORD": "correct horse battery",
    }
    with _serving(tmp_path, **unattended) as (url, _):
        signed_in = {"email": "ada@example.org", "password": "correct horse battery"}
        assert httpx.post(f"{url}/api/v1/session", json=signed_in).status_code == 201
    assert _postmaster(tmp_path) is None


def test_refuses_an_own_database_without_a_secret(tmp_path: Path) -> None:
    environment = os.environ | {
        "SECONDSTORY_DATABASE_URL": "postgresql://nowhere/none",
        "SECONDSTORY_DATA_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "secondstory.cli", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "SECONDSTORY_SECRET_KEY is required" in done.stderr
