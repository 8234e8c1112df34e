"""The example's recap: what happened on 23 December 2020, as it was known."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from secondstory.incidents.models import Severity, Status
from secondstory.incidents.schemas import IncidentCreate
from secondstory.timeline.models import EventKind, EventSource
from secondstory.timeline.schemas import EventCreate

ACTION, EFFECT, UNDERSTANDING = EventKind.ACTION, EventKind.EFFECT, EventKind.UNDERSTANDING

TAG: Final = "example"
CHANNEL: Final = "12-23-2020-rca-ddedown"


class Moment(NamedTuple):
    """An event with a name of its own, and whose account it is."""

    name: str
    event: EventCreate
    account_of: str | None = None


def at(time: str) -> datetime:
    """Return a time of that day, `14:02`."""
    hour, minute = time.split(":")
    return datetime(2020, 12, 23, int(hour), int(minute), tzinfo=UTC)


INCIDENT: Final = IncidentCreate(
    title="A database that looked like a development one was removed",
    severity=Severity.SEV1,
    status=Status.RESOLVED,
    started_at=at("14:02"),
    detected_at=at("14:07"),
    mitigated_at=at("17:36"),
    resolved_at=at("18:40"),
    services=["order-desk", "delivery-tracking"],
    tags=["datastore", TAG],
    slug="ddedown",
    # A line a paragraph: people wrap their text by the page, not by hand.
    summary=(
        "Two days before Christmas a development lead was clearing up datastores that nobody "
        "seemed to use. One of them, `dde-shared`, looked like a development datastore. It served "
        "two production applications, the **order desk** and **delivery tracking**, and both went "
        "down.\n\n"
        "He told the team at once. Eight people joined a call, customers inside and outside were "
        "told, and the database was recovered from its backup. Both applications answered again "
        "after three and a half hours. No order was lost."
    ),
)


def _moment(  # noqa: PLR0913 - one line of a timeline has that many columns
    name: str,
    kind: EventKind,
    occurred: str,
    text: str,
    *,
    known: str | None = None,
    account_of: str | None = None,
    source: EventSource = EventSource.PERSON,
    evidence: tuple[str, ...] = (),
    pivot: bool = False,
) -> Moment:
    event = EventCreate(
        kind=kind,
        occurred_at=at(occurred),
        known_at=at(known or occurred),
        text=text,
        source=source,
        evidence=list(evidence),
        pivot=pivot,
    )
    return Moment(name, event, account_of)


TIMELINE: Final = (
    _moment(
        "clearing",
        ACTION,
        "13:40",
        "Marek went through the list of datastores to give back what nobody used any more. The "
        "cost report of December had asked every team to look.",
        account_of="Marek",
    ),
    _moment(
        "looked",
        UNDERSTANDING,
        "13:55",
        "`dde-shared` read as a development datastore: the `dde-` prefix, the smallest size, an "
        "empty owner field, and it stood in the development project.",
        account_of="Marek",
        pivot=True,
    ),
    _moment(
        "removed",
        ACTION,
        "14:02",
        "Marek removed `dde-shared`. The console asked for the name of the project and he typed "
        "it. It did not show what was connected.",
        account_of="Marek",
        evidence=("https://console.example.org/audit/2020-12-23#dde-shared",),
        pivot=True,
    ),
    _moment(
        "down",
        EFFECT,
        "14:02",
        "The order desk and delivery tracking lost their database. Both answered every request "
        "with an error page.",
        known="14:07",
        evidence=("https://graphs.example.org/d/order-desk?from=1608732000",),
    ),
    _moment(
        "first call",
        EFFECT,
        "14:04",
        "The first customer called the help desk: the tracking page stayed white. The note about "
        "it reached us a quarter of an hour later.",
        known="14:19",
        account_of="Tobias",
    ),
    _moment(
        "told",
        ACTION,
        "14:07",
        "Marek wrote in the team channel: *I removed dde-shared five minutes ago and two "
        "applications are red. I think it was me. Who can help?*",
        source=EventSource.CHAT,
        pivot=True,
    ),
    _moment(
        "restart",
        UNDERSTANDING,
        "14:09",
        "We took it for a store of settings that the applications read once when they start, and "
        "expected a restart to bring them back.",
        account_of="Idris",
    ),
    _moment(
        "alert",
        EFFECT,
        "14:12",
        "The alert *order desk: errors above 5 %* fired. It looks at ten minutes at a time, so it "
        "came after the message in the channel.",
        known="14:16",
        source=EventSource.ALERT,
        evidence=("https://alerts.example.org/rules/order-desk-errors",),
    ),
    _moment(
        "joined",
        ACTION,
        "14:13",
        "Eight people joined a video call. Idris offered to lead it, Farah to take notes.",
    ),
    _moment(
        "production",
        UNDERSTANDING,
        "14:18",
        "The connection settings of both applications named `dde-shared` as their only database. "
        "It was production, and its disk was gone.",
        pivot=True,
    ),
    _moment(
        "restore",
        ACTION,
        "14:21",
        "Lena started the recovery from the backup of 03:00 and the log of everything after it.",
        evidence=("https://handbook.example.org/runbooks/restore",),
    ),
    _moment(
        "customers",
        ACTION,
        "14:26",
        "Tobias told customers on the status page, and everybody inside in the announcements.",
        evidence=("https://status.example.org/2020-12-23",),
    ),
    _moment(
        "slow",
        EFFECT,
        "14:31",
        "The recovery was copying at a third of the expected speed: the new instance had the "
        "smallest size, like the one before it.",
        known="14:52",
        account_of="Lena",
    ),
    _moment(
        "larger",
        ACTION,
        "14:54",
        "Lena moved the recovery to a larger instance. The estimate went from nine hours to two "
        "and a half.",
        pivot=True,
    ),
    _moment(
        "stories",
        ACTION,
        "15:10",
        "While the recovery ran, people told their own moments of the same kind, for a quarter of "
        "an hour, and laughed together.",
    ),
    _moment(
        "back",
        EFFECT,
        "17:36",
        "Both applications answered again. The number of orders agreed with that of the payment "
        "provider up to 14:01.",
        known="17:38",
    ),
    _moment(
        "nothing lost",
        UNDERSTANDING,
        "18:31",
        "The 34 orders placed during the outage had waited in the intake queue and went through "
        "on their own. Nothing was lost.",
        known="18:40",
    ),
)
