"""The promises about shared editing, and whether they are kept."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench.collaboration.play import Played
from bench.table import AtMost, Line

OURS, PEER = "second-story", "hocuspocus"
Rounds = Mapping[str, Sequence[Played]]
"""Server → what came of each round."""


class Bar(NamedTuple):
    """One promise about one load."""

    load: str
    name: str
    limit: AtMost
    measure: Callable[[Rounds], float]


def middle(rounds: Sequence[Played], measure: Callable[[Played], float]) -> float:
    """Return the median over the rounds."""
    return median(measure(played) for played in rounds)


def _client(name: str) -> Callable[[Rounds], float]:
    return lambda rounds: middle(rounds[OURS], lambda played: played.number(name))


def cpu_ms(played: Played) -> float:
    """Return the server's processor time for one edit, in milliseconds."""
    return played.per("edits", played.cpu_seconds) * 1000


def idle_kilobytes(played: Played) -> float:
    """Return the memory that one more person takes who does nothing."""
    return played.per("arrived", played.grown_bytes) / 1000


def _cpu_ratio(rounds: Rounds) -> float:
    return middle(rounds[OURS], cpu_ms) / middle(rounds[PEER], cpu_ms)


def _idle_kilobytes(rounds: Rounds) -> float:
    return middle(rounds[OURS], idle_kilobytes)


_P50, _P95, _P99 = _client("p50"), _client("p95"), _client("p99")

BARS = (
    Bar("quiet room", "keystroke to peer, p50 ms", AtMost(4), _P50),
    Bar("5 rooms of 20", "processor per edit, to that of Hocuspocus", AtMost(0.8), _cpu_ratio),
    Bar("5 rooms of 20", "keystroke to peer, p50 ms", AtMost(15), _P50),
    Bar("5 rooms of 20", "keystroke to peer, p99 ms", AtMost(40), _P99),
    Bar("2 rooms of 100", "processor per edit, to that of Hocuspocus", AtMost(0.7), _cpu_ratio),
    Bar("2 rooms of 100", "keystroke to peer, p50 ms", AtMost(15), _P50),
    Bar("2 rooms of 100", "keystroke to peer, p99 ms", AtMost(40), _P99),
    Bar("1 room of 300", "keystroke to peer, p99 ms", AtMost(80), _P99),
    Bar("across two processes", "keystroke to peer, p95 ms", AtMost(50), _P95),
    Bar("1000 idle people", "memory per person, kB", AtMost(60), _idle_kilobytes),
    Bar("joining 1 MB", "time to the text, p95 ms", AtMost(150), _P95),
)


def lines_of(found: Mapping[str, Rounds]) -> list[Line]:
    """Hold what was found against the bars; every load also has to be without any error."""
    kept = [
        Line(f"{bar.load}: {bar.name}", bar.limit, bar.measure(found[bar.load]))
        for bar in BARS
        if bar.load in found
    ]
    for name, rounds in found.items():
        kept.append(Line(f"{name}: errors", AtMost(0), sum(map(_errors, rounds[OURS]))))
    return kept


def _errors(played: Played) -> int:
    """Count errors; texts that differ in the end are one."""
    return int(played.number("errors")) + (not played.clients["converged"])
