"""Route dependencies: the incident named in the path, found and allowed, or 404."""

from typing import Annotated

from fastapi import Depends, Path

from secondstory.identity.principal import Reader, Writer
from secondstory.incidents.models import Incident
from secondstory.incidents.queries import SeenIncident, find_incident, see_incident
from secondstory.platform.database import SessionDep

IncidentRef = Annotated[
    str,
    Path(
        description="Id or key of the incident",
        max_length=40,
        examples=["INC-42", "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"],
    ),
]


async def get_visible_incident(
    incident: IncidentRef, session: SessionDep, principal: Reader
) -> SeenIncident:
    """Find an incident to read. Raises `NotFound`."""
    return await see_incident(session, incident, principal)


async def get_editable_incident(
    incident: IncidentRef, session: SessionDep, principal: Writer
) -> Incident:
    """Find an incident to write in. Raises `MissingScope` for readers, `NotFound`."""
    return await find_incident(session, incident, principal)


VisibleIncident = Annotated[SeenIncident, Depends(get_visible_incident)]
EditableIncident = Annotated[Incident, Depends(get_editable_incident)]
