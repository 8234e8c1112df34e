"""What processes have used so far, read from /proc: this benchmark runs on Linux."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


class Used(NamedTuple):
    """Seconds of processor time and bytes of memory of a server, and the time of its database."""

    cpu_seconds: float
    database_cpu_seconds: float
    resident_bytes: int


def used(server: Sequence[int], postmaster: int) -> Used:
    """Weigh a server's processes, all threads included, and all of PostgreSQL's processes."""
    children = (_PROC / f"{postmaster}/task/{postmaster}/children").read_text().split()
    return Used(
        sum(map(_cpu_seconds, server)),
        # Backends that have ended count as the postmaster's children's time.
        _cpu_seconds(postmaster, of_dead_children=True)
        + sum(map(_cpu_seconds, map(int, children))),
        sum(map(_resident_bytes, server)),
    )


def _cpu_seconds(process: int, *, of_dead_children: bool = False) -> float:
    try:
        stat = (_PROC / f"{process}/stat").read_text()
    except FileNotFoundError:  # it ended just now, and is the postmaster's to count
        return 0.0
    # After the name in parentheses: utime and stime are fields 14 and 15, cutime and cstime follow.
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if of_dead_children else 13])) / _TICKS_PER_SECOND


def _resident_bytes(process: int) -> int:
    pages = (_PROC / f"{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
