"""Two API processes on one database: people edit together, whichever they are connected to."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.chaos.promises import Session, begin
from tests.chaos.proxy import proxying
from tests.chaos.servers import Server
from tests.chaos.world import World

pytestmark = pytest.mark.xdist_group("chaos")

_SEED = 7


@pytest.fixture
async def other(world: World) -> AsyncIterator[Server]:
    """The second process; the first is the world's."""
    await world.server()
    server = await world.servers.start()
    yield server
    await server.kill()


async def until_together(session: Session, *servers: Server) -> None:
    """Let people rest, and see that everybody everywhere has everything."""
    await session.stop()
    await session.until_saved()
    noted = await session.notes()
    for server in servers:
        await session.check(server, noted)
    await session.leave()


async def test_behind_a_proxy_that_cuts_and_swallows(world: World, other: Server) -> None:
    server = await world.server()
    async with proxying(server.address, other.address) as proxy:
        session = await begin(world, server, _SEED, addresses=[proxy.address])
        await asyncio.sleep(0.5)
        proxy.cut()
        await asyncio.sleep(0.5)
        proxy.swallow()
        await asyncio.sleep(0.3)
        proxy.carry()
        await asyncio.sleep(0.2)
        proxy.swallow()
        await asyncio.sleep(0.2)
        # Cut off with frames on the way in both directions.
        proxy.cut()
        proxy.carry()
        await asyncio.sleep(0.3)
        await until_together(session, server, other)


async def test_database_connections_come_and_go(world: World, other: Server) -> None:
    server = await world.server()
    both = [server.address, other.address]
    session = await begin(world, server, _SEED, addresses=both)
    for _ in range(3):
        await asyncio.sleep(0.3)
        await world.postgres.end_connections()
    await until_together(session, server, other)


async def test_missed_notifications_are_caught_up_by_number(world: World, other: Server) -> None:
    server = await world.server()
    session = await begin(world, server, _SEED, addresses=[server.address, other.address])
    listeners = await world.postgres.listener_processes()
    assert len(listeners) == 2
    # They hear nothing, and do not know it. What others stored shows in the numbers of one's own.
    for listener in listeners:
        listener.suspend()
    try:
        await session.until_everybody_has((await session.notes()).typed)
        await world.postgres.end_connections()
    finally:
        for listener in listeners:
            listener.resume()
    await until_together(session, server, other)


@pytest.mark.parametrize("is_open", [True, False])
async def test_passages_of_a_dead_process_are_shown_by_another(
    world: World, other: Server, *, is_open: bool
) -> None:
    server = await world.server()
    session = await begin(world, other, _SEED, once=True)
    reader = (
        await world.join(world.people[0], server.address, session.incident) if is_open else None
    )
    await asyncio.sleep(0.7)
    await other.kill()
    await session.until_lost()
    noted = await session.notes()
    await session.until_shown(server, noted)
    await session.stop()
    await session.check(server, noted)
    await session.leave()
    if reader is not None:
        await reader.call("close")
