"""Whatever happens in whatever order, all converge to the same text with nothing typed missing.

After every step the promise is checked as well: what a client was shown, or told to be saved, is
in the log. `pytest --hypothesis-profile thorough` tries ten times as many.
"""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Final, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.documents.world import Connected, World


class Step(NamedTuple):
    """One thing that happens: to whom, in which process, and how the dice fall."""

    what: str
    who: int = 0
    where: int = 0
    dice: int = 0
    pause: bool = True


Happening = Callable[[World, Connected, int, Random], None]
# What may happen, and how often out of all.
HAPPENINGS: Final[dict[str, tuple[int, Happening]]] = {
    "write": (28, lambda _world, person, _where, rng: person.write(rng)),
    "send": (22, lambda _world, person, _where, _rng: person.send_one()),
    "receive": (20, lambda _world, person, _where, _rng: person.receive_one()),
    "commit": (14, lambda world, _person, where, _rng: world.write_on(where)),
    "notify": (5, lambda world, _person, where, _rng: world.notify(where)),
    "repeat": (5, lambda _world, person, _where, rng: person.repeat(rng)),
    "late": (6, lambda _world, person, _where, rng: person.send_late(rng)),
    "connect": (5, lambda world, person, where, _rng: person.connect(world.rooms[where])),
    "move": (3, lambda world, person, where, _rng: person.move(world.rooms[where])),
    "cut": (3, lambda _world, person, _where, _rng: person.cut()),
    "request": (3, lambda world, _person, _where, rng: world.request(rng)),
    "crash": (2, lambda world, _person, where, _rng: world.crash(where)),
}
WEIGHTED: Final = [what for what, (often, _) in HAPPENINGS.items() for _ in range(often)]

steps = st.builds(
    Step,
    what=st.sampled_from(WEIGHTED),
    who=st.integers(0, 3),
    where=st.integers(0, 1),
    dice=st.integers(0, 999),
    pause=st.booleans(),
)


async def play(story: list[Step]) -> World:
    world = World()
    for step in story:
        _, happen = HAPPENINGS[step.what]
        rng = Random(step.dice)
        happen(world, world.people[step.who], step.where, rng)
        if step.pause:
            await asyncio.sleep(0)
    await world.settle()
    return world


@settings(max_examples=max(300, settings.default.max_examples))
@given(st.lists(steps, min_size=70, max_size=180))
def test_any_story_converges_and_keeps_the_promise(story: list[Step]) -> None:
    asyncio.run(play(story)).check_converged()


def test_the_stories_are_about_something() -> None:
    """The dice do reach what the stories are for."""
    rng = Random(7)
    story = [
        Step(rng.choice(WEIGHTED), rng.randrange(4), rng.randrange(2), rng.randrange(999))
        for _ in range(600)
    ]
    world = asyncio.run(play(story))
    world.check_converged()
    assert len(world.typed) > 200
    assert len(world.deleted) > 40
    assert any(sign > "\uffff" for sign in world.typed)
