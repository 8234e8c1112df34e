"""`make bench`: run everything, print the table, exit 1 when something misses its limit."""

import asyncio
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.collaboration.run import measure_collaboration
from bench.load import Shot, measure_alternating
from bench.processes import SECONDSTORY, free_port, resident_megabytes, running
from bench.startup import measure_start_ups
from bench.storm import measure_storms
from bench.table import AtLeast, AtMost, Line, print_table
from bench.world import World, build_world
from secondstory.migrate import migrate
from secondstory.platform.embedded import embedded_postgres_url

_ALERT = """{"routing_key": "%s", "event_action": "trigger", "dedup_key": "[<id>]", "payload": {
"summary": "[<id>] answers with errors", "source": "checkout", "severity": "critical",
"custom_details": {"rate": "12 %%", "region": "eu-1"}}}"""


def main() -> int:
    """Measure, print, and say by the exit code whether every limit is kept."""
    with tempfile.TemporaryDirectory(prefix="second-story-bench-") as folder:
        with embedded_postgres_url(Path(folder)) as dsn:
            migrate(dsn)
            lines = _side_by_side(dsn, asyncio.run(build_world(dsn)))
        lines += measure_start_ups(Path(folder))
    lines += measure_storms()
    print_table(lines)
    lines += measure_collaboration()
    return 0 if all(line.kept for line in lines) else 1


def _side_by_side(dsn: str, world: World) -> list[Line]:
    port, bare_port = free_port(), free_port()
    ours, bare = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bare_port}"
    settings = {
        "SECONDSTORY_DATABASE_URL": dsn,
        "SECONDSTORY_PORT": str(port),
        "SECONDSTORY_SECRET_KEY": world.token,
    }
    by_hand = [sys.executable, "-m", "bench.bare", str(bare_port), dsn]
    with (
        running([SECONDSTORY, "serve"], settings, ours) as process,
        running(by_hand, {}, bare),
    ):
        lines = [
            _reading("(a) GET /incidents?limit=50", ours, bare, world, "/incidents?limit=50"),
            _reading(
                "(a) GET …/events?limit=100",
                *(ours, bare, world),
                f"/incidents/{world.incident_id}/events?limit=100",
            ),
            _writing(ours, bare, world),
        ]
        megabytes = resident_megabytes(process)
    return [*lines, Line("(c) memory of the API process, MB", AtMost(150), megabytes)]


def _reading(name: str, ours: str, bare: str, world: World, path: str) -> Line:
    token = {"Authorization": f"Bearer {world.token}"}
    shots = [Shot(f"{ours}/api/v1{path}", token), Shot(f"{bare}{path}")]
    answers = [_get(shot) for shot in shots]
    if answers[0] != answers[1]:
        message = f"{path}: the bare handler does not answer the same bytes"
        raise RuntimeError(message)
    measured, beside = measure_alternating(shots)
    return Line(name, AtLeast(0.5), measured.per_second / beside.per_second, (measured, beside))


def _writing(ours: str, bare: str, world: World) -> Line:
    body = _ALERT % world.routing_key
    headers = {"Content-Type": "application/json"}
    measured, beside = measure_alternating(
        [
            Shot(f"{ours}/v2/enqueue", headers, body),
            Shot(f"{bare}/alerts/{world.source_id}", headers, body),
        ]
    )
    ratio = measured.per_second / beside.per_second
    return Line("(b) opening incidents by webhook", AtLeast(0.4), ratio, (measured, beside))


def _get(shot: Shot) -> bytes:
    request = urllib.request.Request(shot.url, headers=dict(shot.headers))
    with urllib.request.urlopen(request) as answer:
        body: bytes = answer.read()
        return body


if __name__ == "__main__":
    sys.exit(main())
