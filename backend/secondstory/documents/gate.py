"""The promise in one place: what depends on an update waits until that update is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field

from secondstory.documents.log import Write
from secondstory.documents.peer import Peer

Effect = Callable[[], None]


@dataclass(slots=True)
class Batch:
    """Updates that are stored together, and all that waits for them."""

    writes: list[Write] = field(default_factory=list)
    authors: dict[Peer, int] = field(default_factory=dict)
    """How many of the updates came from whom."""
    effects: list[Effect] = field(default_factory=list)
    state: bytes = b""
    """The document's state vector when the batch left for the log: nothing later is in it."""

    @property
    def size(self) -> int:
        return sum(len(write.update) for write in self.writes)


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

    def add(self, write: Write, author: Peer) -> None:
        """Keep an update for the next batch."""
        self._gathering.writes.append(write)
        self._gathering.authors[author] = self._gathering.authors.get(author, 0) + 1
        self._unstored_bytes += len(write.update)

    def after_commit(self, effect: Effect) -> None:
        """Run an effect once everything added so far is stored; now, if it is."""
        if self._gathering.writes:
            self._gathering.effects.append(effect)
        elif self._in_flight is not None:
            self._in_flight.effects.append(effect)
        else:
            effect()

    def take(self, state: bytes) -> list[Write]:
        """Send off what has gathered."""
        self._in_flight, self._gathering = self._gathering, Batch()
        self._in_flight.state = state
        return self._in_flight.writes

    def release(self) -> Batch:
        """Return the batch that was in flight: it is stored."""
        batch, self._in_flight = self._in_flight or Batch(), None
        self._unstored_bytes -= batch.size
        return batch
