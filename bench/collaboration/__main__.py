"""`python -m bench.collaboration`: both servers in turn under every load; exit 1 on a miss."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.collaboration.bars import OURS, PEER, Rounds, lines_of
from bench.collaboration.loads import LOADS, Load
from bench.collaboration.play import Played, play
from bench.collaboration.report import print_bars, print_numbers
from bench.collaboration.stage import Stage, a_stage

ROUNDS = 3


def main() -> int:
    """Measure, print, and say by the exit code whether every promise is kept."""
    options = _options()
    chosen = [load for load in LOADS if not options.loads or load.name in options.loads]
    loads = [load.quick() if options.quick else load for load in chosen]
    rounds = 1 if options.quick else options.rounds
    with (
        tempfile.TemporaryDirectory(prefix="second-story-bench-") as folder,
        a_stage(Path(folder)) as stage,
    ):
        found = {load.name: _measure(stage, load, rounds) for load in loads}
    print_numbers(found, {load.name: load.load for load in loads})
    lines = lines_of(found)
    print_bars(lines)
    return 0 if all(line.kept for line in lines) else 1


def _measure(stage: Stage, load: Load, rounds: int) -> Rounds:
    """Take turns, so that whatever else the machine does falls on both alike."""
    found: dict[str, list[Played]] = {OURS: [], PEER: []}
    for number in range(rounds):
        for server in (OURS, PEER):
            print(f"{load.name}, round {number + 1} of {rounds}: {server}", file=sys.stderr)
            found[server].append(play(stage, server, load))
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.collaboration", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, to see it work")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of each load")
    parser.add_argument(
        "loads",
        nargs="*",
        choices=[load.name for load in LOADS] + [[]],
        metavar="load",
        help="only these: " + ", ".join(load.name for load in LOADS),
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
