"""The table at the end: what was measured, its limit, and whether it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import Measured


@dataclass(frozen=True)
class AtLeast:
    """A limit from below."""

    value: float

    def allows(self, measured: float) -> bool:
        """Tell whether the limit is kept."""
        return measured >= self.value

    def __str__(self) -> str:
        return f"≥ {self.value:g}"


@dataclass(frozen=True)
class AtMost:
    """A limit from above."""

    value: float

    def allows(self, measured: float) -> bool:
        """Tell whether the limit is kept."""
        return measured <= self.value

    def __str__(self) -> str:
        return f"≤ {self.value:g}"


@dataclass(frozen=True)
class Line:
    """One measurement; where it is a ratio, what it is the ratio of."""

    name: str
    limit: AtLeast | AtMost
    value: float
    sides: tuple[Measured, Measured] | None = None

    @property
    def kept(self) -> bool:
        """Tell whether the limit is kept."""
        return self.limit.allows(self.value)


def print_table(lines: Sequence[Line]) -> None:
    """Print all lines; requests per second and milliseconds (median, 99th percentile) first."""
    form = "{:<36} {:>20} {:>20} {:>8} {:>7}  {}"
    print(form.format("", "Second Story", "bare handler", "value", "limit", ""))
    for line in lines:
        ours, bare = map(_side, line.sides or (None, None))
        verdict = "pass" if line.kept else "MISS"
        print(form.format(line.name, ours, bare, f"{line.value:.2f}", str(line.limit), verdict))


def _side(measured: Measured | None) -> str:
    if measured is None:
        return ""
    return f"{measured.per_second:.0f}/s {measured.median_ms:.0f}, {measured.p99_ms:.0f} ms"
