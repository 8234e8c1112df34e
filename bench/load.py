"""Load by autocannon: a closed loop of a few connections, bounded in time, loopback only."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple

_AUTOCANNON = Path(__file__).parent / "node_modules" / ".bin" / "autocannon"
CONNECTIONS = 8
WARM_UP_SECONDS = 2
SECONDS = 5
ROUNDS = 3


@dataclass(frozen=True)
class Shot:
    """What is sent again and again. `[<id>]` in the body becomes something new each time."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


class Measured(NamedTuple):
    """Answers per second, and how long one took."""

    per_second: float
    median_ms: float
    p99_ms: float


def measure_alternating(shots: Sequence[Shot]) -> list[Measured]:
    """Fire at each target in turn, several rounds, and return the medians of each.

    Taking turns lets whatever else the machine does fall on all of them alike.
    """
    for shot in shots:
        _fire(shot, WARM_UP_SECONDS)
    rounds = [[_fire(shot, SECONDS) for shot in shots] for _ in range(ROUNDS)]
    return [Measured(*_medians(measured)) for measured in zip(*rounds, strict=True)]


def _medians(measured: Sequence[Measured]) -> list[float]:
    middle: Callable[[Sequence[float]], float] = median
    return [middle(values) for values in zip(*measured, strict=True)]


def _fire(shot: Shot, seconds: int) -> Measured:
    command = [str(_AUTOCANNON), "--json", "--no-progress", "--idReplacement"]
    command += ["--connections", str(CONNECTIONS), "--duration", str(seconds)]
    for name, value in shot.headers.items():
        command += ["--headers", f"{name}={value}"]
    if shot.body is not None:
        command += ["--method", "POST", "--body", shot.body]
    done = subprocess.run([*command, shot.url], capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    if result["non2xx"] or result["errors"] or not result["2xx"]:
        message = f"{shot.url} answered {result['2xx']} of {result['requests']['sent']} well"
        raise RuntimeError(message)
    return Measured(
        result["2xx"] / result["duration"],
        result["latency"]["p50"],
        result["latency"]["p99"],
    )
