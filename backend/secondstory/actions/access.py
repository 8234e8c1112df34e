"""Route dependencies: the action in the path, and incidents as the scopes of actions see them."""

from typing import Annotated

from fastapi import Depends, Path

from secondstory.actions.models import Action
from secondstory.actions.queries import find_action
from secondstory.identity.principal import ActionReader, ActionWriter
from secondstory.incidents.access import IncidentRef
from secondstory.incidents.models import Incident
from secondstory.incidents.queries import find_incident
from secondstory.platform.database import SessionDep

ActionRef = Annotated[
    str,
    Path(
        description="Id or key of the action",
        max_length=40,
        examples=["ACT-17", "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"],
    ),
]


async def get_visible_action(
    action: ActionRef, session: SessionDep, principal: ActionReader
) -> Action:
    """Find an action to read. Raises `NotFound`."""
    return await find_action(session, action, principal)


async def get_editable_action(
    action: ActionRef, session: SessionDep, principal: ActionWriter
) -> Action:
    """Find an action to write. Raises `MissingScope` for readers, `NotFound`."""
    return await find_action(session, action, principal)


async def get_incident_to_list(
    incident: IncidentRef, session: SessionDep, principal: ActionReader
) -> Incident:
    """Find an incident whose actions to read. Raises `NotFound`."""
    return await find_incident(session, incident, principal)


async def get_incident_to_act_on(
    incident: IncidentRef, session: SessionDep, principal: ActionWriter
) -> Incident:
    """Find an incident to agree on actions for. Raises `MissingScope`, `NotFound`."""
    return await find_incident(session, incident, principal)


VisibleAction = Annotated[Action, Depends(get_visible_action)]
EditableAction = Annotated[Action, Depends(get_editable_action)]
IncidentToList = Annotated[Incident, Depends(get_incident_to_list)]
IncidentToActOn = Annotated[Incident, Depends(get_incident_to_act_on)]
