"""The example's takeaways: what was learned, and what came of it."""

from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from secondstory.actions.models import ActionStatus, Intent
from secondstory.actions.schemas import ActionCreate
from secondstory.takeaways.models import TakeawayKind
from secondstory.takeaways.schemas import TakeawayCreate

LEARNING, RECOMMENDATION = TakeawayKind.LEARNING, TakeawayKind.RECOMMENDATION


class Taken(NamedTuple):
    """A takeaway with a name of its own."""

    name: str
    by: str
    takeaway: TakeawayCreate


class Agreed(NamedTuple):
    """An action, whose it is, and the takeaway it came out of."""

    action: ActionCreate
    owner: str
    origin: str
    done_at: datetime | None = None
    held: bool | None = None


TAKEAWAYS: Final = (
    Taken(
        "names",
        "Marek",
        TakeawayCreate(
            kind=LEARNING,
            text="A name tells when a thing was made and by whom. It does not tell who depends "
            "on it today.",
        ),
    ),
    Taken(
        "first",
        "Ngozi",
        TakeawayCreate(
            kind=LEARNING,
            text="The quickest detector that day was a person who felt safe to write *I think it "
            "was me*: five minutes ahead of the alert.",
        ),
    ),
    Taken(
        "timed",
        "Lena",
        TakeawayCreate(
            kind=LEARNING,
            text="A recovery that was never timed at full size is a guess. Ours was forty minutes "
            "on paper and three hours on the day.",
        ),
    ),
    Taken(
        "promises",
        "Yuki",
        TakeawayCreate(
            kind=LEARNING,
            text="Small promises outlive the memory of those who made them, unless they have a "
            "place to wait.",
        ),
    ),
    Taken(
        "pairs",
        "Idris",
        TakeawayCreate(
            kind=RECOMMENDATION,
            text="What cannot be taken back is done by two: one acts, the other reads aloud what "
            "is about to happen. In every environment.",
        ),
    ),
    Taken(
        "connections",
        "Tobias",
        TakeawayCreate(
            kind=RECOMMENDATION,
            text="Watch the connections to a datastore, not only the errors of what uses it. They "
            "go to zero within seconds.",
        ),
    ),
    Taken(
        "move",
        "Farah",
        TakeawayCreate(
            kind=RECOMMENDATION,
            text="Move every datastore into a project that says its environment. To be looked at "
            "again once we know how many there are.",
            parked=True,
        ),
    ),
)

ACTIONS: Final = (
    Agreed(
        ActionCreate(
            title="Agree on buddy-system maintenance for whatever cannot be taken back",
            due_on=date(2021, 1, 8),
            status=ActionStatus.DONE,
            intent=Intent.PREVENT,
            evidence="https://handbook.example.org/maintenance/in-pairs",
            check_on=date(2021, 3, 1),
        ),
        owner="Marek",
        origin="pairs",
        done_at=datetime(2021, 1, 6, 15, 20, tzinfo=UTC),
        held=True,
    ),
    Agreed(
        ActionCreate(
            title="Alert within a minute when a datastore loses all its connections",
            due_on=date(2021, 1, 22),
            status=ActionStatus.IN_PROGRESS,
            intent=Intent.DETECT,
            tracker_url="https://tracker.example.org/browse/OPS-311",
        ),
        owner="Idris",
        origin="connections",
    ),
    Agreed(
        ActionCreate(
            title="Rehearse a recovery at full size and write down how long it takes",
            due_on=date(2021, 2, 12),
            intent=Intent.MITIGATE,
        ),
        owner="Lena",
        origin="timed",
    ),
)
