"""Both servers in turn under every load, and what came of it held against the promises."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.collaboration.bars import OURS, PEER, Rounds, lines_of
from bench.collaboration.loads import LOADS, Load
from bench.collaboration.play import Played, play
from bench.collaboration.report import print_bars, print_numbers
from bench.collaboration.stage import Stage, a_stage
from bench.table import Line

ROUNDS = 3


def measure_collaboration(loads: Sequence[Load] = LOADS, rounds: int = ROUNDS) -> list[Line]:
    """Measure, print all numbers, and return the promises."""
    with (
        tempfile.TemporaryDirectory(prefix="second-story-bench-") as folder,
        a_stage(Path(folder)) as stage,
    ):
        found = {load.name: _measure(stage, load, rounds) for load in loads}
    print_numbers(found, {load.name: load.load for load in loads})
    lines = lines_of(found)
    print_bars(lines)
    return lines


def _measure(stage: Stage, load: Load, rounds: int) -> Rounds:
    """Take turns, so that whatever else the machine does falls on both alike."""
    servers = (OURS, PEER) if load.processes == 1 else (OURS,)
    found: dict[str, list[Played]] = {server: [] for server in servers}
    for number in range(rounds):
        for server in servers:
            print(f"{load.name}, round {number + 1} of {rounds}: {server}", file=sys.stderr)
            found[server].append(play(stage, server, load))
    return found
