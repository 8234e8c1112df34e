"""HTTP: session, me, people, tokens."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response

from secondstory.identity import queries, service
from secondstory.identity.models import SignIn, User
from secondstory.identity.principal import (
    COOKIE,
    ROLE_SCOPES,
    Admin,
    CurrentPrincipal,
    OriginRefused,
    Principal,
    check_origin,
)
from secondstory.identity.schemas import (
    MePatch,
    MeRead,
    SessionCreate,
    TokenCreate,
    TokenCreated,
    TokenRead,
    UserCreate,
    UserPatch,
    UserRead,
)
from secondstory.identity.service import EmailTaken, LastAdministrator
from secondstory.identity.sign_in import (
    TooManyAttempts,
    WrongCredentials,
    end_sign_in,
    sign_in,
)
from secondstory.identity.tokens import read_session, sign_session
from secondstory.platform.database import DatabaseDep, SessionDep
from secondstory.platform.etags import CONDITIONAL, IfMatch, tag
from secondstory.platform.idempotency import IdempotencyKey, begin
from secondstory.platform.pages import Page, PageDep, link_next
from secondstory.platform.problems import (
    Forbidden,
    NotFound,
    PreconditionFailed,
    declared,
)

public = APIRouter(tags=["identity"])
router = APIRouter(tags=["identity"])


@public.post(
    "/session",
    status_code=201,
    responses=declared(WrongCredentials, OriginRefused, TooManyAttempts),
)
async def create_session(
    body: SessionCreate, request: Request, response: Response, database: DatabaseDep
) -> MeRead:
    """Sign in: the answer sets the session cookie."""
    check_origin(request)
    lasts = timedelta(hours=request.app.state.session_hours)
    address = request.client.host if request.client else ""
    user, started = await sign_in(
        database, body.email, body.password.get_secret_value(), address, lasts
    )
    set_cookie(request, response, started)
    return me_of(user)


@router.delete("/session", status_code=204, responses=declared(OriginRefused))
async def delete_session(
    request: Request, response: Response, session: SessionDep, _principal: CurrentPrincipal
) -> None:
    """Sign this browser out."""
    sign_in_id = read_session(request.cookies.get(COOKIE, ""), request.app.state.session_secret)
    if sign_in_id is not None:
        await end_sign_in(session, sign_in_id)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


@router.get("/me", responses=declared())
async def get_me(session: SessionDep, principal: CurrentPrincipal) -> MeRead:
    """Say who is calling and what they may do."""
    if principal.kind == "user" and principal.user_id is not None:
        return me_of(await queries.get_user(session, principal.user_id))
    return _token_me(principal)


@router.patch("/me", responses=declared(Forbidden))
async def update_me(
    body: MePatch, request: Request, session: SessionDep, principal: CurrentPrincipal
) -> MeRead:
    """Change one's own name or password; a new password signs other browsers out."""
    if principal.kind != "user" or principal.user_id is None:
        detail = "Only a signed-in person can do this, not a token."
        raise Forbidden(detail)
    user = await service.change_me(session, principal.user_id, body)
    if body.password is not None:
        here = read_session(request.cookies.get(COOKIE, ""), request.app.state.session_secret)
        await service.sign_out_everywhere(session, user.id, but=here)
    return me_of(user)


@router.get("/users")
async def list_users(
    request: Request,
    response: Response,
    session: SessionDep,
    _principal: CurrentPrincipal,
    page: PageDep,
) -> Page[UserRead]:
    """List people; everybody signed in may, to name owners and participants."""
    users = await queries.list_users(session, page)
    link_next(request, response, users.next_cursor)
    return users


@router.post("/users", status_code=201, responses=declared(Forbidden, EmailTaken))
async def create_user(
    body: UserCreate,
    request: Request,
    response: Response,
    session: SessionDep,
    principal: Admin,
    key: IdempotencyKey = None,
) -> UserRead:
    """Add a person."""
    once = await begin(session, request, principal.caller, key)
    user = UserRead.model_validate(await service.create_user(session, body))
    response.headers["Location"] = f"/api/v1/users/{user.id}"
    return once.keep(user, response)


@router.get("/users/{user_id}", responses=declared(NotFound) | CONDITIONAL)
async def get_user(
    user_id: UUID,
    request: Request,
    response: Response,
    session: SessionDep,
    _principal: CurrentPrincipal,
) -> UserRead:
    """Show a person."""
    user = UserRead.model_validate(await queries.get_user(session, user_id))
    tag(request, response, user)
    return user


@router.patch(
    "/users/{user_id}",
    responses=declared(Forbidden, NotFound, LastAdministrator, PreconditionFailed),
)
async def update_user(
    user_id: UUID,
    body: UserPatch,
    request: Request,
    response: Response,
    session: SessionDep,
    _principal: Admin,
    if_match: IfMatch = None,
) -> UserRead:
    """Change a person's name, role, password, or whether they may sign in."""
    user = UserRead.model_validate(await service.change_user(session, user_id, body, if_match))
    tag(request, response, user)
    return user


@router.get("/tokens")
async def list_tokens(
    request: Request,
    response: Response,
    session: SessionDep,
    principal: CurrentPrincipal,
    page: PageDep,
) -> Page[TokenRead]:
    """List your tokens; administrators see everybody's."""
    tokens = await queries.list_tokens(session, principal, page)
    link_next(request, response, tokens.next_cursor)
    return tokens


@router.post("/tokens", status_code=201, responses=declared(Forbidden))
async def create_token(
    body: TokenCreate, session: SessionDep, principal: CurrentPrincipal
) -> TokenCreated:
    """Make a token. It is shown in this answer only, so a repeat makes another one."""
    token, secret = await service.create_token(session, principal, body)
    owner = await queries.get_user(session, token.owner_id) if token.owner_id else None
    return TokenCreated(**queries.token_read(token, owner).model_dump(), token=secret)


@router.delete("/tokens/{token_id}", status_code=204, responses=declared(OriginRefused, NotFound))
async def revoke_token(token_id: UUID, session: SessionDep, principal: CurrentPrincipal) -> None:
    """Revoke a token at once."""
    await service.revoke_token(session, principal, token_id)


def set_cookie(request: Request, response: Response, started: SignIn) -> None:
    """Put the session cookie on an answer."""
    state = request.app.state
    response.set_cookie(
        COOKIE,
        sign_session(started.id, started.expires_at, state.session_secret),
        expires=started.expires_at,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https" or state.base_url.startswith("https:"),
    )


def me_of(user: User) -> MeRead:
    """Show a person to themselves."""
    scopes = sorted(ROLE_SCOPES[user.role])
    return MeRead(
        kind="user", id=user.id, name=user.name, email=user.email, role=user.role, scopes=scopes
    )


def _token_me(principal: Principal) -> MeRead:
    return MeRead(
        kind="token",
        id=principal.id or UUID(int=0),
        name=principal.name,
        email=None,
        role=principal.role,
        scopes=sorted(principal.scopes),
    )
