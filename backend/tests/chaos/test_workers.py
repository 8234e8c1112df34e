"""`secondstory serve --workers 2`: processes that uvicorn watches over, on either database."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from secondstory.identity.principal import COOKIE
from tests.chaos.promises import begin
from tests.chaos.servers import Server, free_port, is_running
from tests.chaos.world import Person, World
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("chaos")

_ADMIN = ("ada@example.org", "correct horse battery")


@asynccontextmanager
async def serving(settings: Mapping[str, str]) -> AsyncIterator[Server]:
    """Run it as its user does; whatever becomes of it, nothing is left at the end."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if "SECONDSTORY" not in name}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "secondstory.cli", "serve", "--workers", "2"),
        env={**kept, **settings, "SECONDSTORY_PORT": str(port)},
        stdout=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(process.pid, port)
    try:
        await server.answers()
        yield server
    finally:
        await server.kill()
        await process.wait()


def workers(server: Server) -> set[psutil.Process]:
    """Return the processes that uvicorn has started to serve."""
    children = psutil.Process(server.pid).children()
    return {
        child
        for child in children
        if is_running(child.pid) and "spawn_main" in " ".join(child.cmdline())
    }


def at_work(server: Server) -> set[psutil.Process]:
    """Return those of them that people are connected to."""
    return {
        worker
        for worker in workers(server)
        if any(connection.status == "ESTABLISHED" for connection in worker.net_connections("tcp"))
    }


async def test_a_killed_worker_is_replaced_and_nothing_is_lost(world: World) -> None:
    async with serving(world.servers.settings) as server:
        await until(lambda: len(workers(server)) == 2)
        session = await begin(world, server, seed=1)
        killed = at_work(server).pop()
        await asyncio.sleep(0.5)
        killed.kill()
        await until(lambda: len(workers(server) - {killed}) == 2)
        await session.stop()
        await session.until_saved()
        await session.check(server, await session.notes())
        await session.leave()
        everybody = psutil.Process(server.pid).children()
        await server.stop()
        # Python's own helper among them ends when it sees that the others have.
        await until(lambda: not any(is_running(process.pid) for process in everybody))


async def test_with_a_database_of_its_own(world: World) -> None:
    with tempfile.TemporaryDirectory(prefix="secondstory-workers-") as folder:
        lock_file = Path(folder) / "postgres" / "postmaster.pid"
        settings = {
            "SECONDSTORY_DATA_DIR": folder,
            "SECONDSTORY_ADMIN_EMAIL": _ADMIN[0],
            "SECONDSTORY_ADMIN_PASSWORD": _ADMIN[1],
        }
        try:
            async with serving(settings) as server:
                await _edit_together(world, server)
                assert lock_file.exists()
                await server.stop()
                assert not lock_file.exists()
        finally:
            if lock_file.exists():
                psutil.Process(int(lock_file.read_text().splitlines()[0])).kill()


async def _edit_together(world: World, server: Server) -> None:
    """Have editors on both processes, and something in each of them."""
    email, password = _ADMIN
    async with httpx.AsyncClient(base_url=f"http://{server.address}/api/v1") as requests:
        body = {"email": email, "password": password}
        signed_in = await requests.post("/session", json=body)
    ada = Person(signed_in.cookies[COOKIE])
    incident = await ada.opens_incident(server)
    editors = [await world.join(ada, server.address, incident)]
    # Who accepts a connection is chance, unless the other one is held for a moment.
    (busy,) = at_work(server)
    busy.suspend()
    try:
        editors.append(await world.join(ada, server.address, incident))
    finally:
        busy.resume()
    assert len(at_work(server)) == 2
    for editor in editors:
        await editor.insert("summary", "x")
    for editor in editors:
        await editor.reads("summary", "x" * len(editors))
    await ada.until_reads(server, incident, lambda summary: summary == "x" * len(editors))
    for editor in editors:
        await editor.call("close")
