"""HTTP: first run."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from secondstory.demo.service import load_example
from secondstory.identity.models import Role
from secondstory.identity.principal import ROLE_SCOPES, Principal, check_origin
from secondstory.identity.routes import me_of, set_cookie
from secondstory.identity.schemas import MeRead, UserCreate
from secondstory.identity.sign_in import start_sign_in
from secondstory.platform.database import SessionDep
from secondstory.platform.problems import declared
from secondstory.setup.schemas import SetupCreate, SetupRead
from secondstory.setup.service import SetupDone, WrongSetupLink, is_setup_needed, set_up

router = APIRouter(prefix="/setup", tags=["setup"])


@router.get("")
async def get_setup(session: SessionDep) -> SetupRead:
    """Tell whether the first administrator is still to be made."""
    return SetupRead(needed=await is_setup_needed(session))


@router.post("", status_code=201, responses=declared(SetupDone, WrongSetupLink))
async def create_setup(
    body: SetupCreate, request: Request, response: Response, session: SessionDep
) -> MeRead:
    """Make the first administrator with the link from the terminal, and sign them in."""
    check_origin(request)
    admin = UserCreate(email=body.email, name=body.name, role=Role.ADMIN, password=body.password)
    user = await set_up(session, body.token, admin)
    if body.example:
        principal = Principal(
            "user", user.id, user.name, user.id, user.role, ROLE_SCOPES[user.role]
        )
        await load_example(session, principal)
    lasts = timedelta(hours=request.app.state.session_hours)
    set_cookie(request, response, start_sign_in(session, user.id, lasts))
    return me_of(user)
