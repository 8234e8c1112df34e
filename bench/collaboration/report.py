"""The tables: all numbers of both servers side by side, then the promises."""

from collections.abc import Callable, Mapping, Sequence

from bench.collaboration.bars import Rounds, cpu_ms, idle_kilobytes, middle
from bench.collaboration.play import Played
from bench.table import Line

_KINDS = {"quiet": "edits", "typing": "edits", "joining": "joins", "idle": "arrived"}


def _client(name: str) -> Callable[[Played], float]:
    return lambda played: played.number(name)


def _per_second(played: Played) -> float:
    return played.number("deliveries") / played.number("seconds")


def _database_ms(played: Played) -> float:
    return played.per("edits", played.database_cpu_seconds) * 1000


def _join_ms(played: Played) -> float:
    return played.per("joins", played.cpu_seconds) * 1000


def _resident_megabytes(played: Played) -> float:
    return played.after.resident_bytes / 1e6


def _busy_percent(played: Played) -> float:
    return 100 * played.cpu_seconds / played.number("seconds")


def _client_percent(played: Played) -> float:
    return 100 * played.number("client_cpu")


def _frames_per_second(played: Played) -> float:
    return played.number("frames") / played.number("seconds")


_TIMES = (
    ("p50, ms", _client("p50")),
    ("p95, ms", _client("p95")),
    ("p99, ms", _client("p99")),
)
_CLIENTS = (
    ("clients: processor, %", _client_percent),
    ("clients: loop lag p99, ms", _client("client_lag_p99")),
    ("errors", _client("errors")),
    ("converged", _client("converged")),
)
_EDITS = (
    ("edits delivered to peers, /s", _per_second),
    ("frames they came in, /s", _frames_per_second),
    *_TIMES,
    ("server: processor, ms per edit", cpu_ms),
    ("server: processor, %", _busy_percent),
    ("PostgreSQL: processor, ms per edit", _database_ms),
    ("server: memory, MB", _resident_megabytes),
    *_CLIENTS,
)
_ROWS = {
    "edits": _EDITS,
    "joins": (*_TIMES, ("server: processor, ms per join", _join_ms), *_CLIENTS),
    "arrived": (
        ("memory per person, kB", idle_kilobytes),
        ("server: memory, MB", _resident_megabytes),
        ("errors", _client("errors")),
        ("converged", _client("converged")),
    ),
}


def print_numbers(found: Mapping[str, Rounds], kinds: Mapping[str, str]) -> None:
    """Print medians, and behind them what each round said."""
    for load, rounds in found.items():
        print(f"\n{load:<38} {'Second Story':>24} {'Hocuspocus':>30}")
        for name, measure in _ROWS[_KINDS[kinds[load]]]:
            cells = [_cell(rounds[server], measure) for server in rounds]
            print(f"  {name:<36} {cells[0]:>24} {''.join(cells[1:]):>30}")
        for server in rounds:
            for error in [error for played in rounds[server] for error in played.errors]:
                print(f"  {server}: {error}")


def _cell(rounds: Sequence[Played], measure: Callable[[Played], float]) -> str:
    each = " ".join(f"{measure(played):.4g}" for played in rounds)
    return f"{middle(rounds, measure):.4g}" + (f" ({each})" if len(rounds) > 1 else "")


def print_bars(lines: Sequence[Line]) -> None:
    """Print each promise with what was measured."""
    print(f"\n{'':<58} {'value':>8} {'limit':>7}")
    for line in lines:
        verdict = "pass" if line.kept else "MISS"
        print(f"{line.name:<58} {line.value:>8.2f} {line.limit!s:>7}  {verdict}")
