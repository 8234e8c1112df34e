"""The PostgreSQL that comes along: shared by all who use its folder, stopped by the last."""

import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from secondstory.platform.embedded import embedded_postgres_url

_USE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from secondstory.platform.embedded import embedded_postgres_url
with embedded_postgres_url(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


async def answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except OSError:
        return False
    await connection.close()
    return True


async def test_whoever_leaves_last_stops_it(tmp_path: Path) -> None:
    with embedded_postgres_url(tmp_path) as url:
        with embedded_postgres_url(tmp_path) as same_url:
            assert same_url == url
        assert await answers(url)
    assert not await answers(url)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_what_a_killed_process_left_running_is_stopped(tmp_path: Path) -> None:
    dead = subprocess.run(  # noqa: ASYNC221 - the test waits for nothing else
        [sys.executable, "-c", _USE_AND_DIE, str(tmp_path)], check=False
    )
    assert dead.returncode == -9
    with embedded_postgres_url(tmp_path) as url:
        assert await answers(url)
    assert not await answers(url)
