"""HTTP: actions, of one incident and of all."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from secondstory.actions import queries, service
from secondstory.actions.access import (
    EditableAction,
    IncidentToActOn,
    IncidentToList,
    VisibleAction,
)
from secondstory.actions.schemas import ActionCreate, ActionFilter, ActionPatch, ActionRead
from secondstory.actions.service import NotDone
from secondstory.identity.principal import ActionReader, ActionWriter, MissingScope
from secondstory.platform.database import SessionDep
from secondstory.platform.etags import CONDITIONAL, IfMatch, tag
from secondstory.platform.idempotency import IdempotencyKey, StillRunning, begin
from secondstory.platform.pages import Page, PageDep, link_next
from secondstory.platform.problems import NotFound, PreconditionFailed, declared

router = APIRouter(tags=["actions"])

_READING = declared(MissingScope, NotFound)


@router.get("/actions", responses=_READING)
async def list_actions(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: ActionReader,
    page: PageDep,
    wanted: Annotated[ActionFilter, Query()],
) -> Page[ActionRead]:
    """List the actions of all incidents, the soonest due first."""
    actions = await queries.list_actions(session, principal, wanted, page)
    link_next(request, response, actions.next_cursor)
    return actions


@router.get("/incidents/{incident}/actions", responses=_READING)
async def list_incident_actions(
    request: Request, response: Response, session: SessionDep, found: IncidentToList, page: PageDep
) -> Page[ActionRead]:
    """List the actions of an incident in the order they were agreed on."""
    actions = await queries.list_incident_actions(session, found.id, page)
    link_next(request, response, actions.next_cursor)
    return actions


@router.post(
    "/incidents/{incident}/actions",
    status_code=201,
    responses=declared(MissingScope, NotFound, StillRunning),
)
async def create_action(
    body: ActionCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: ActionWriter,
    found: IncidentToActOn,
    key: IdempotencyKey = None,
) -> ActionRead:
    """Agree on an action."""
    once = await begin(session, request, principal.caller, key)
    action = await service.add_action(session, principal, found, body)
    response.headers["Location"] = f"/api/v1/actions/{action.id}"
    tag(request, response, action)
    return once.keep(action, response)


@router.get("/actions/{action}", responses=_READING | CONDITIONAL)
async def get_action(
    request: Request, response: Response, session: SessionDep, found: VisibleAction
) -> ActionRead:
    """Show an action."""
    action = await queries.read_action(session, found.id)
    tag(request, response, action)
    return action


@router.patch(
    "/actions/{action}", responses=declared(MissingScope, NotFound, PreconditionFailed, NotDone)
)
async def update_action(
    body: ActionPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: ActionWriter,
    found: EditableAction,
    if_match: IfMatch = None,
) -> ActionRead:
    """Change an action, move it on, or say whether it held."""
    action = await service.change_action(session, principal, found, body, if_match)
    tag(request, response, action)
    return action


@router.delete(
    "/actions/{action}",
    status_code=204,
    responses=declared(MissingScope, NotFound, PreconditionFailed),
)
async def delete_action(
    session: SessionDep, principal: ActionWriter, found: EditableAction, if_match: IfMatch = None
) -> None:
    """Take an action away as if it had not been agreed on; one given up is `dropped` instead."""
    await service.remove_action(session, principal, found, if_match)
