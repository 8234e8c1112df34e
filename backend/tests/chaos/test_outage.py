"""A database that does not answer for a while, and people who type on."""

import asyncio

import pytest

from tests.chaos.promises import begin
from tests.chaos.world import World

pytestmark = pytest.mark.xdist_group("chaos")


async def test_a_silent_database_is_waited_for(world: World) -> None:
    server = await world.server()
    session = await begin(world, server, seed=3)
    await asyncio.sleep(0.5)
    world.postgres.freeze()
    try:
        before = await session.quiet_notes()
        # Somebody who comes now is kept waiting, or asked to come back.
        newcomer = await world.opened(world.people[0], server.address, session.incident)
        await asyncio.sleep(0.5)
        assert not (await newcomer.state())["synced"]
    finally:
        world.postgres.thaw()
    await asyncio.sleep(0.3)
    await session.stop()
    await session.until_saved()
    await newcomer.until(lambda state: state["synced"])
    noted = await session.notes()
    assert before.promised < noted.promised
    await session.check(server, noted)
    await session.leave()
    await newcomer.call("close")


async def test_who_comes_while_the_database_is_away_comes_back_later(world: World) -> None:
    server = await world.server()
    incident = await world.people[0].opens_incident(server)
    world.postgres.kill()
    newcomer = await world.opened(world.people[0], server.address, incident)
    state = await newcomer.until(lambda state: state["closes"] != [])
    assert state["closes"][0] == 1013
    await newcomer.insert("summary", "Typed meanwhile.")
    await asyncio.to_thread(world.postgres.start)
    await newcomer.until(lambda state: state["saved"])
    await newcomer.call("close")
