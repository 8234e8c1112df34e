"""Whatever dies while twenty people type: what they saw, or were told is saved, is on disk.

`make chaos ROUNDS=200` plays more rounds, each another one. A failure prints its seed, and
pytest's `-p randomly_seed=…` brings all seeds of a run back; but what is on its way at the moment
of the kill is up to the machine, so the same seed gives a similar round, not the same.
"""

import asyncio
import os
import random

import pytest

from tests.chaos.promises import begin
from tests.chaos.world import World

pytestmark = pytest.mark.xdist_group("chaos")

ROUNDS = range(int(os.environ.get("ROUNDS", "20")))
# Of ten rounds seven kill the server, two the database, and one both.
DATABASE_ROUNDS = [number for number in ROUNDS if number % 10 in (2, 5)]
POWER_ROUNDS = [number for number in ROUNDS if number % 10 == 8]
SERVER_ROUNDS = [number for number in ROUNDS if number % 10 not in (2, 5, 8)]


class Dice:
    """The chance of one round."""

    def __init__(self, number: int) -> None:
        # pytest-randomly starts the same sequence before every test.
        self.seed = random.randrange(2**30) + number
        self._random = random.Random(self.seed)
        print(f"seed {self.seed}")  # noqa: T201 - pytest shows it when the test fails

    async def wait(self) -> None:
        """Let people type for a while."""
        await asyncio.sleep(self._random.uniform(0.3, 1.5))


@pytest.mark.parametrize("number", SERVER_ROUNDS)
async def test_a_killed_server_forgets_nothing(world: World, number: int) -> None:
    dice = Dice(number)
    server = await world.server()
    session = await begin(world, server, dice.seed, once=True)
    await dice.wait()
    await server.kill()
    await session.until_lost()
    await session.stop()
    await session.check(await world.server(), await session.notes())
    await session.leave()


@pytest.mark.parametrize("number", POWER_ROUNDS)
async def test_a_power_cut_costs_nothing_either(world: World, number: int) -> None:
    dice = Dice(number)
    server = await world.server()
    session = await begin(world, server, dice.seed, once=True)
    await dice.wait()
    world.postgres.kill()
    await server.kill()
    await session.until_lost()
    await session.stop()
    await session.check(await world.server(), await session.notes())
    await session.leave()


@pytest.mark.parametrize("number", DATABASE_ROUNDS)
async def test_a_killed_database_is_waited_for(world: World, number: int) -> None:
    dice = Dice(number)
    server = await world.server()
    session = await begin(world, server, dice.seed)
    await dice.wait()
    world.postgres.kill()
    before = await session.quiet_notes()
    await asyncio.to_thread(world.postgres.start)
    await dice.wait()
    await session.stop()
    await session.until_saved()
    noted = await session.notes()
    assert before.promised <= noted.promised
    # What the server still knows is not the question.
    await server.kill()
    await session.check(await world.server(), noted)
    await session.leave()
