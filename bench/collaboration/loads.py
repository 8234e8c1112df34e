"""What is done to a server, and what the promises about it are."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

WARM_UP_SECONDS = 2.5
SECONDS = 8.0
SETTLE_SECONDS = 3.0


@dataclass(frozen=True)
class Load:
    """One scene, of the same length and size on both servers."""

    name: str
    load: Literal["typing", "quiet", "idle", "joining"]
    room_count: int
    people: int
    """In each room."""
    processes: int = 1
    """People are dealt to these in turn. With more than one, Hocuspocus would need Redis as well."""
    typing: int = 0
    """How many of them type, in each room."""
    per_second: float = 5.0
    """Keystrokes of each person who types."""
    carets: bool = False
    """Whether each keystroke also moves a caret that the others see, as editors do."""
    warm_up_seconds: float = WARM_UP_SECONDS
    seconds: float = SECONDS
    keystrokes: int = 100
    settle_seconds: float = SETTLE_SECONDS
    bytes: int = 1_000_000
    joins: int = 100

    @property
    def token_count(self) -> int:
        """How many different people there are."""
        return self.joins + 2 if self.load == "joining" else self.room_count * self.people

    def plan(self) -> dict[str, Any]:
        """Return what the load's process has to know."""
        return asdict(self)

    def quick(self) -> "Load":
        """Return the same in little, to see that everything works."""
        return replace(
            self,
            room_count=min(self.room_count, 40),
            warm_up_seconds=1.5,
            seconds=4.0,
            keystrokes=40,
            settle_seconds=2.0,
            joins=20,
        )


LOADS = (
    Load("quiet room", "quiet", room_count=1, people=2, typing=1),
    Load("5 rooms of 20", "typing", room_count=5, people=20, typing=20),
    Load("2 rooms of 100", "typing", room_count=2, people=100, typing=20),
    Load("1 room of 300", "typing", room_count=1, people=300, typing=10),
    Load("5 rooms of 20, carets", "typing", room_count=5, people=20, typing=20, carets=True),
    Load("across two processes", "quiet", room_count=1, people=2, typing=1, processes=2),
    Load("1000 idle people", "idle", room_count=200, people=5),
    Load("joining 1 MB", "joining", room_count=1, people=1),
)
