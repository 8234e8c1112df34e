"""How long it takes from a command to the first healthy answer, with the data already there."""

from pathlib import Path
from statistics import median

from bench.load import ROUNDS
from bench.processes import SECONDSTORY, free_port, seconds_to_healthy
from bench.table import AtMost, Line


def measure_start_ups(folder: Path) -> list[Line]:
    """Time `secondstory serve` and `make run`; both start PostgreSQL and migrate."""
    return [
        Line(
            "(c) start of secondstory serve, s", AtMost(4), _timed([SECONDSTORY, "serve"], folder)
        ),
        Line("(c) start of make run, s", AtMost(4), _timed(["make", "run"], folder)),
    ]


def _timed(command: list[str | Path], folder: Path) -> float:
    port = str(free_port())
    settings = {"SECONDSTORY_DATA_DIR": str(folder), "SECONDSTORY_PORT": port}
    address = f"http://127.0.0.1:{port}"
    seconds_to_healthy(command, settings, address)  # whatever the first run still has to make
    return median(seconds_to_healthy(command, settings, address) for _ in range(ROUNDS))
