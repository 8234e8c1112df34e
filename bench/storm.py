"""Storms of alerts beside a bare handler that writes the same; one incident; a million alerts.

`python -m bench.storm` measures this part alone, `SECONDS=2` for a short look.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.load import Measured
from bench.processes import SECONDSTORY, free_port, resident_megabytes, running
from bench.storm_world import (
    MANY_ALERTS,
    SOME_ALERTS,
    StormWorld,
    add_sources,
    count_incidents,
    fill_alerts,
)
from bench.table import AtLeast, AtMost, Line, print_table
from secondstory.migrate import migrate
from secondstory.platform.embedded import embedded_postgres_url

_FIRE = ["node", str(Path(__file__).with_name("storm.mjs"))]
_SECONDS = int(os.environ.get("SECONDS", "5"))
_WARM_UP_SECONDS = 2
_ROUNDS = 3
_CONNECTIONS = 16
_STORM = 10_000
_PAYLOAD: Mapping[str, Any] = {
    "source": "checkout",
    "severity": "critical",
    "custom_details": {"rate": "12 %", "region": "eu-1"},
}


def measure_storms() -> list[Line]:
    """Measure on a database of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="second-story-storm-") as folder,
        embedded_postgres_url(Path(folder)) as dsn,
    ):
        migrate(dsn)
        world = asyncio.run(add_sources(dsn))
        port, bare_port = free_port(), free_port()
        ours, bare = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bare_port}"
        settings = {
            "SECONDSTORY_DATABASE_URL": dsn,
            "SECONDSTORY_PORT": str(port),
            "SECONDSTORY_SECRET_KEY": world.secret_key,
            # The limit is tested elsewhere.
            "SECONDSTORY_DELIVERIES_PER_MINUTE": "100000000",
        }
        by_hand = [sys.executable, "-m", "bench.bare", str(bare_port), dsn]
        with (
            running([SECONDSTORY, "serve"], settings, ours) as process,
            running(by_hand, {}, bare),
        ):
            lines = [
                *_beside("(f) storm, 90 % repeats", _mixed(), world, ours, bare),
                *_beside("(f) storm, all new", [_body(world, "[<id>]")], world, ours, bare),
            ]
            return [
                *lines,
                *_one_service(process, world, ours, dsn),
                _with_many_alerts(world, ours, dsn),
            ]


def _beside(
    name: str, bodies: Sequence[str], world: StormWorld, ours: str, bare: str
) -> list[Line]:
    bodies = [body % world.routing_key if "%s" in body else body for body in bodies]
    targets = [f"{ours}/v2/enqueue", f"{bare}/storms/{world.source_id}"]
    for url in targets:
        _fire(url, bodies, _WARM_UP_SECONDS)
    rounds = [[_fire(url, bodies, _SECONDS) for url in targets] for _ in range(_ROUNDS)]
    measured, beside = (_medians(side) for side in zip(*rounds, strict=True))
    ratio = measured.per_second / beside.per_second
    slowest = measured.p99_ms / beside.p99_ms
    return [
        Line(name, AtLeast(0.5), ratio, (measured, beside)),
        Line(f"{name}: p99", AtMost(3), slowest, (measured, beside)),
    ]


def _one_service(
    process: "subprocess.Popen[bytes]", world: StormWorld, ours: str, dsn: str
) -> list[Line]:
    """Deliver a storm about one service, every alert another one."""
    body = _body(world, "[<id>]", world.grouped_key)
    url = f"{ours}/v2/enqueue"
    _fire(url, [body], _WARM_UP_SECONDS)
    before, sent = resident_megabytes(process), 0.0
    while sent < _STORM:
        sent += _fire(url, [body], _SECONDS).per_second * _SECONDS
    grown = resident_megabytes(process) - before
    incidents = asyncio.run(count_incidents(dsn, world.grouped_id))
    return [
        Line(f"(g) incidents of a storm of {_STORM}", AtMost(1), incidents),
        Line("(g) memory it takes, MB", AtMost(20), grown),
    ]


def _with_many_alerts(world: StormWorld, ours: str, dsn: str) -> Line:
    costs = []
    for number in (SOME_ALERTS, MANY_ALERTS):
        asyncio.run(fill_alerts(dsn, number))
        bodies = [_body(world, "[<id>]"), *(_body(world, f"repeat-{n}") for n in range(9))]
        _fire(f"{ours}/v2/enqueue", bodies, _WARM_UP_SECONDS)
        rounds = [_fire(f"{ours}/v2/enqueue", bodies, _SECONDS) for _ in range(_ROUNDS)]
        costs.append(1 / _medians(rounds).per_second)
    return Line("(h) cost with 1 M alerts by 10 k", AtMost(1.3), costs[1] / costs[0])


def _mixed() -> list[str]:
    """Ten new alerts to ninety that are known."""
    repeats = [_template(f"known-{number}") for number in range(90)]
    return [body for n in range(10) for body in (_template("[<id>]"), *repeats[n::10])]


def _body(world: StormWorld, dedup_key: str, routing_key: str | None = None) -> str:
    return _template(dedup_key, routing_key or world.routing_key)


def _template(dedup_key: str, routing_key: str = "%s") -> str:
    payload = {**_PAYLOAD, "summary": f"{dedup_key} answers with errors"}
    event = {"routing_key": routing_key, "dedup_key": dedup_key, "payload": payload}
    event["event_action"] = "trigger"
    text = json.dumps(event)
    return text if routing_key != "%s" else text.replace("12 %", "12 %%")


def _medians(measured: Sequence[Measured]) -> Measured:
    middle: Callable[[Sequence[float]], float] = median
    return Measured(*(middle(values) for values in zip(*measured, strict=True)))


def _fire(url: str, bodies: Sequence[str], seconds: int) -> Measured:
    shot = {"url": url, "bodies": bodies, "connections": _CONNECTIONS, "seconds": seconds}
    done = subprocess.run(_FIRE, input=json.dumps(shot), capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    if result["non2xx"] or result["errors"] or not result["2xx"]:
        message = f"{url} answered {result['2xx']} of {result['requests']['sent']} well"
        raise RuntimeError(message)
    latency = result["latency"]
    return Measured(result["2xx"] / result["duration"], latency["p50"], latency["p99"])


if __name__ == "__main__":
    measured_lines = measure_storms()
    print_table(measured_lines)
    sys.exit(0 if all(line.kept for line in measured_lines) else 1)
