"""Makes reports without a database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from secondstory.actions.schemas import ActionRead
from secondstory.incidents.schemas import IncidentRead, ParticipantRead
from secondstory.reports.schemas import ReportRead
from secondstory.takeaways.schemas import TakeawayRead
from secondstory.timeline.schemas import EventRead
from secondstory.whys.schemas import WhyRead

AT = datetime(2020, 12, 23, 14, 2, tzinfo=UTC)
GRACE = {"kind": "user", "id": None, "name": "Grace"}
STAMPS = {"created_at": AT, "updated_at": AT}


def number(n: int) -> UUID:
    """Return the same id each time."""
    return UUID(int=n)


def incident(**given: Any) -> IncidentRead:
    """Make an incident."""
    return IncidentRead.model_validate(
        {
            "id": number(1),
            "key": "INC-42",
            "kind": "incident",
            "title": "Checkout was down",
            "severity": "sev2",
            "status": "open",
            "stage": "recap",
            "visibility": "everyone",
            "channel_name": "12-23-2020-rca-checkout",
            "started_at": AT,
            "detected_at": None,
            "mitigated_at": None,
            "resolved_at": None,
            "services": [],
            "tags": [],
            "summary": "",
            "created_by": GRACE,
            "facilitator": None,
            "open_actions": 0,
            "can_edit": True,
            **STAMPS,
            **given,
        }
    )


def event(n: int, **given: Any) -> EventRead:
    """Make an event."""
    return EventRead.model_validate(
        {
            "id": number(n),
            "incident_id": number(1),
            "kind": "action",
            "occurred_at": AT,
            "known_at": given.get("occurred_at", AT),
            "text": "",
            "source": "person",
            "author": GRACE,
            "account_of": None,
            "account_of_name": None,
            "evidence": [],
            "pivot": False,
            "alert_id": None,
            **STAMPS,
            **given,
        }
    )


def why(n: int, question: str = "Why?", *, causes: tuple[int, ...] = (), **given: Any) -> WhyRead:
    """Make a why; `connected` fills in the effects."""
    return WhyRead.model_validate(
        {
            "id": number(n),
            "incident_id": number(1),
            "question": question,
            "answer": "",
            "expectation": "",
            "assumption": "",
            "causes": [number(cause) for cause in causes],
            "effects": [],
            "evidence": [],
            "position": n,
            "author": GRACE,
            **STAMPS,
            **given,
        }
    )


def connected(*whys: WhyRead) -> list[WhyRead]:
    """Return whys that know what they are a cause of."""
    return [
        each.model_copy(update={"effects": [above.id for above in whys if each.id in above.causes]})
        for each in whys
    ]


def takeaway(n: int, text: str, **given: Any) -> TakeawayRead:
    """Make a takeaway."""
    return TakeawayRead.model_validate(
        {
            "id": number(n),
            "incident_id": number(1),
            "kind": "learning",
            "text": text,
            "parked": False,
            "position": n,
            "author": GRACE,
            **STAMPS,
            **given,
        }
    )


def action(n: int, title: str, **given: Any) -> ActionRead:
    """Make an action."""
    return ActionRead.model_validate(
        {
            "id": number(n),
            "key": f"ACT-{n}",
            "incident_id": number(1),
            "incident_key": "INC-42",
            "incident_title": "Checkout was down",
            "title": title,
            "owner": None,
            "owner_name": None,
            "due_on": None,
            "status": "open",
            "intent": "prevent",
            "origin": None,
            "tracker_url": None,
            "evidence": None,
            "check_on": None,
            "held": None,
            "done_at": None,
            "created_by": GRACE,
            **STAMPS,
            **given,
        }
    )


def participant(n: int, name: str, *roles: str) -> ParticipantRead:
    """Make a participant."""
    return ParticipantRead.model_validate(
        {"id": number(n), "user_id": number(n), "name": name, "roles": roles, "joined_at": AT}
    )


def report(**given: Any) -> ReportRead:
    """Make a report, empty unless told otherwise."""
    parts = ("participants", "events", "whys", "learnings", "recommendations", "parked", "actions")
    return ReportRead.model_validate(
        {"incident": incident(), **{part: [] for part in parts}, **given}
    )


def full_report() -> ReportRead:
    """Make one of everything, with texts that would like to run into each other."""
    return report(
        incident=incident(
            title="Checkout *was* down <for> #hours",
            status="resolved",
            stage="takeaways",
            detected_at=AT.replace(minute=4),
            mitigated_at=AT.replace(day=24, hour=2),
            resolved_at=AT.replace(day=25, hour=14, minute=5),
            services=["checkout", "orders_v2"],
            summary="# Down\n\nBoth applications, for a while.\n\n<!-- open\n\n```\nlog",
        ),
        participants=[
            participant(11, "Grace *H*", "commander", "note_taker"),
            participant(12, "Yuki", "co_facilitator"),
        ],
        events=[
            event(
                21,
                text="Removed the database.\n\n- one\n- two",
                known_at=AT.replace(minute=31),
                account_of_name="Marek",
                pivot=True,
                evidence=["https://example.org/a?b=1&c=<2>", "javascript:alert(1)"],
            ),
            event(22, kind="effect", text="Error pages.\n===", source="alert"),
            event(
                23,
                kind="understanding",
                text="",
                occurred_at=AT.replace(day=24),
                known_at=AT.replace(day=26),
                source="chat",
            ),
        ],
        whys=connected(
            why(
                31,
                "How did both go down?",
                causes=(32, 33),
                answer="They share it.",
                expectation="Two databases.\n\nOr more.",
                assumption="`one` each",
                evidence=[number(21), number(23), number(99)],
            ),
            why(32, "How did it look alike?", causes=(34,), answer="- by name\n- by size"),
            why(33, "What did it ask for?", causes=(34,), answer="Its project."),
            why(34, "How were they *named*?"),
            why(35, "How did we hear?", answer="# By chat"),
        ),
        learnings=[takeaway(41, "Names mislead.\n\n> Really."), takeaway(42, " ")],
        recommendations=[takeaway(43, "Do it in pairs.", kind="recommendation")],
        parked=[takeaway(44, "Rename all.", kind="recommendation", parked=True)],
        actions=[
            action(
                1,
                "Agree on [pairs]",
                owner_name="Grace",
                due_on="2021-01-08",
                status="done",
                done_at=datetime(2021, 1, 6, tzinfo=UTC),
                held=True,
                evidence="https://example.org/pairs",
                tracker_url="https://example.org/OPS-1",
                origin={"kind": "takeaway", "id": number(43)},
            ),
            action(
                2,
                "Alert sooner",
                status="done",
                intent="detect",
                done_at=datetime(2021, 2, 1, tzinfo=UTC),
                check_on="2021-03-01",
                evidence="Seen in the *drill*",
                origin={"kind": "why", "id": number(35)},
            ),
            action(3, "Rehearse", status="in_progress", intent="mitigate"),
        ],
    )
