"""The graph of whys as an outline: every branch, each why told in full once."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondstory.whys.schemas import WhyRead


@dataclass(frozen=True)
class Branch:
    """One line of the outline; `number` counts the whys in the order in which they are told."""

    number: int
    depth: int
    why: WhyRead
    # Told in full further up, below another of its effects.
    told: bool


def outline(whys: Sequence[WhyRead]) -> list[Branch]:
    """Return the whys depth first, roots in their order.

    A stack of our own: a graph may be deeper than Python recurses.
    """
    by_id = {why.id: why for why in whys}
    numbers: dict[object, int] = {}
    branches: list[Branch] = []
    roots = [why for why in whys if not any(effect in by_id for effect in why.effects)]
    # Every why hangs below a root, unless edges moved while they were read.
    for start in [*roots, *whys]:
        stack = [(0, start)] if start.id not in numbers else []
        while stack:
            depth, why = stack.pop()
            told = why.id in numbers
            number = numbers.setdefault(why.id, len(numbers) + 1)
            branches.append(Branch(number, depth, why, told))
            if not told:
                causes = [by_id[cause] for cause in why.causes if cause in by_id]
                stack += [(depth + 1, cause) for cause in reversed(causes)]
    return branches
