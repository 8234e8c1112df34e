"""The promise in one place: what depends on an update waits until that update is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from secondstory.documents.appender import Write
from secondstory.documents.peer import Peer

Effect = Callable[[], None]
# What waits beside the text takes memory, too.
_EFFECT_BYTES: Final = 256


@dataclass(slots=True)
class Receipt:
    """What somebody is told to be saved: how many updates, and how far each Yjs client has come."""

    updates: int = 0
    clocks: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Receipt") -> None:
        self.updates += other.updates
        self.clocks.update(other.clocks)


@dataclass(slots=True)
class Batch:
    """Updates that are stored together, and all that waits for them."""

    writes: list[Write] = field(default_factory=list)
    receipts: dict[Peer, Receipt] = field(default_factory=dict)
    """For whoever wrote them."""
    effects: list[Effect] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(write.update) for write in self.writes) + len(self.effects) * _EFFECT_BYTES


class Gate:
    """Gathers one batch while another is in flight."""

    def __init__(self) -> None:
        self._gathering = Batch()
        self._in_flight: Batch | None = None
        self._unstored_bytes = 0

    @property
    def unstored_bytes(self) -> int:
        return self._unstored_bytes

    @property
    def is_open(self) -> bool:
        """Tell whether everything is stored."""
        return self._in_flight is None and not self._gathering.writes

    def add(self, write: Write, author: Peer, receipt: Receipt) -> None:
        """Keep an update for the next batch, and what its author is told then."""
        self._gathering.writes.append(write)
        self._gathering.receipts.setdefault(author, Receipt()).add(receipt)
        self._unstored_bytes += len(write.update)

    def after_commit(self, effect: Effect) -> None:
        """Run an effect once everything added so far is stored; now, if it is."""
        batch = self._gathering if self._gathering.writes else self._in_flight
        if batch is None:
            effect()
            return
        batch.effects.append(effect)
        self._unstored_bytes += _EFFECT_BYTES

    def take(self) -> list[Write]:
        """Send off what has gathered."""
        self._in_flight, self._gathering = self._gathering, Batch()
        return self._in_flight.writes

    def release(self) -> Batch:
        """Return the batch that was in flight: it is stored."""
        batch, self._in_flight = self._in_flight or Batch(), None
        self._unstored_bytes -= batch.size
        return batch
