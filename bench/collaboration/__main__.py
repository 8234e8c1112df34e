"""`python -m bench.collaboration`: shared editing beside Hocuspocus; exit 1 on a miss."""

import argparse
import signal
import sys

from bench.collaboration.loads import LOADS
from bench.collaboration.run import ROUNDS, measure_collaboration


def main() -> int:
    """Measure, print, and say by the exit code whether every promise is kept."""
    # Servers and PostgreSQL are stopped also when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = _options()
    loads = [load for load in LOADS if not options.loads or load.name in options.loads]
    if options.quick:
        loads = [load.quick() for load in loads]
    lines = measure_collaboration(loads, 1 if options.quick else options.rounds)
    return 0 if all(line.kept for line in lines) else 1


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
