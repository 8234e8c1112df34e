"""One load on one server: clients in a process of their own, the server weighed beside them."""

import json
import subprocess
from dataclasses import dataclass
from math import inf
from typing import Any

from bench.collaboration.loads import Load
from bench.collaboration.meters import Used, used
from bench.collaboration.stage import HERE, SERVERS, Server, Stage, node


@dataclass(frozen=True)
class Played:
    """What came of it: what the clients saw, and what the server used meanwhile."""

    clients: dict[str, Any]
    before: Used
    after: Used

    def number(self, name: str) -> float:
        """Return one number of the clients'; what never came took for ever."""
        value = self.clients[name]
        return inf if value is None else float(value)

    def per(self, count: str, amount: float) -> float:
        """Return an amount for each edit, join or arrival."""
        return amount / max(self.number(count), 1)

    @property
    def errors(self) -> list[str]:
        """The first things that went wrong, in words."""
        first: list[str] = self.clients["first_errors"]
        return first

    @property
    def cpu_seconds(self) -> float:
        """The server's own processor time."""
        return self.after.cpu_seconds - self.before.cpu_seconds

    @property
    def database_cpu_seconds(self) -> float:
        """PostgreSQL's processor time, all its processes together."""
        return self.after.database_cpu_seconds - self.before.database_cpu_seconds

    @property
    def grown_bytes(self) -> int:
        """How much memory the server took during the measurement."""
        return self.after.resident_bytes - self.before.resident_bytes


def play(stage: Stage, server: str, load: Load) -> Played:
    """Start a server afresh, load it, and stop it again."""
    with SERVERS[server](stage, load) as running:
        return _load(stage, running, load)


def _load(stage: Stage, server: Server, load: Load) -> Played:
    plan = load.plan() | {
        "server": server.name,
        "urls": server.urls,
        "rooms": server.rooms,
        "tokens": server.tokens[: load.token_count],
    }
    process = subprocess.Popen(
        [node(), str(HERE / "load" / "main.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process, process.stdin as plans:
        plans.write(json.dumps(plan))
        plans.close()
        lines = []
        moments: list[Used] = []
        for line in process.stdout:
            if "now" in (said := json.loads(line)):
                moments.append(used(server.pids, stage.postmaster))
            else:
                lines.append(said)
    if process.returncode != 0 or not lines:
        message = f"{load.name} on {server.name} ended with {process.returncode}"
        raise RuntimeError(message)
    return Played(lines[0], *moments)
