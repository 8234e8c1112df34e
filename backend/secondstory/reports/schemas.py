"""What a report is made of."""

from enum import StrEnum

from pydantic import ConfigDict

from secondstory.actions.schemas import ActionRead
from secondstory.incidents.schemas import IncidentRead, ParticipantRead
from secondstory.platform.fields import ResponseBody
from secondstory.takeaways.schemas import TakeawayRead
from secondstory.timeline.schemas import EventRead
from secondstory.whys.schemas import WhyRead


class ReportFormat(StrEnum):
    MD = "md"
    HTML = "html"
    JSON = "json"


class ReportRead(ResponseBody):
    """The whole postmortem, in the agenda's order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "incident": IncidentRead.model_json_schema()["examples"][0],
                    "participants": [],
                    "events": [],
                    "whys": [],
                    "learnings": [],
                    "recommendations": [],
                    "parked": [],
                    "actions": [],
                }
            ]
        }
    )

    incident: IncidentRead
    participants: list[ParticipantRead]
    events: list[EventRead]
    whys: list[WhyRead]
    learnings: list[TakeawayRead]
    recommendations: list[TakeawayRead]
    parked: list[TakeawayRead]
    actions: list[ActionRead]
