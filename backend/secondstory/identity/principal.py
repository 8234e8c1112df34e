"""Who is calling: resolved from the session cookie or a bearer token, with what they may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import Update, bindparam, or_, select, update
from sqlmodel import col
from starlette.requests import HTTPConnection

from secondstory.identity.models import Role, Scope, SignIn, Token, User
from secondstory.identity.tokens import hash_secret, read_session
from secondstory.platform import clock
from secondstory.platform.database import SAFE_METHODS, Database
from secondstory.platform.prepared import Driver, PreparedSelect
from secondstory.platform.problems import Forbidden, Unauthenticated

COOKIE = "secondstory_session"
# "Last seen" is written at most this often, so that reading stays reading.
_SEEN_EVERY = timedelta(minutes=5)

_READ = frozenset({Scope.INCIDENTS_READ, Scope.ACTIONS_READ, Scope.INSIGHTS_READ})
ROLE_SCOPES: dict[Role, frozenset[Scope]] = {
    Role.VIEWER: _READ,
    Role.MEMBER: _READ | {Scope.INCIDENTS_WRITE, Scope.ACTIONS_WRITE, Scope.INGEST},
    Role.ADMIN: frozenset(Scope),
}


class OriginRefused(Forbidden):
    code, title = "origin_refused", "This request came from another site"


class MissingScope(Forbidden):
    code, title = "missing_scope", "This needs a right that you do not hold"


@dataclass(frozen=True)
class Principal:
    """A caller. `user_id` is None for a token that belongs to nobody."""

    kind: Literal["user", "token", "alert_source", "system"]
    id: UUID | None
    name: str
    user_id: UUID | None
    role: Role
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Tell whether the caller holds a scope."""
        return scope in self.scopes

    @property
    def caller(self) -> str:
        """A stable text for this caller, for keys."""
        return f"{self.kind}:{self.id}"


# What the program itself does, the example incident for instance.
SYSTEM = Principal("system", None, "Second Story", None, Role.ADMIN, frozenset(Scope))


async def authenticate(connection: HTTPConnection) -> Principal:
    """Resolve the caller of a request or a socket.

    Raises `Unauthenticated` (401) when nobody valid is named. A bearer token counts before the
    cookie. With a cookie, unsafe requests and sockets from another site are refused (403).
    """
    database: Database = connection.app.state.database
    async with database.glancing() as driver:
        principal, seen = await _resolve(connection, driver)
    if seen is not None:
        async with database.transaction() as session:
            await session.execute(seen)
    return principal


def check_origin(connection: HTTPConnection) -> None:
    """Refuse what a browser sends on behalf of another site.

    Raises `OriginRefused` (403). Programs send no Origin; browsers always do here.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        if connection.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            raise OriginRefused
        return
    own = {connection.headers.get("host", ""), urlsplit(connection.app.state.base_url).netloc}
    if urlsplit(origin).netloc not in own:
        raise OriginRefused


# For the OpenAPI document; `authenticate` reads the headers itself, for sockets as well.
SECURITY = [
    Security(HTTPBearer(auto_error=False, description="An API token, `sst_…`")),
    Security(APIKeyCookie(name=COOKIE, auto_error=False, description="The browser's session")),
]
CurrentPrincipal = Annotated[Principal, Depends(authenticate)]


class Requires:
    """Route dependency: the caller holds one of these scopes, else 403 `missing_scope`."""

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes

    async def __call__(self, principal: CurrentPrincipal) -> Principal:
        """Return the caller."""
        if not any(principal.may(scope) for scope in self.scopes):
            detail = f"This needs the scope {' or '.join(self.scopes)}."
            raise MissingScope(detail)
        return principal


Reader = Annotated[Principal, Depends(Requires(Scope.INCIDENTS_READ))]
Writer = Annotated[Principal, Depends(Requires(Scope.INCIDENTS_WRITE))]
ActionReader = Annotated[Principal, Depends(Requires(Scope.ACTIONS_READ))]
ActionWriter = Annotated[Principal, Depends(Requires(Scope.ACTIONS_WRITE))]
Admin = Annotated[Principal, Depends(Requires(Scope.ADMIN))]


# Every request asks one of these two.
_TOKEN = PreparedSelect(
    select(
        *(col(Token.id), col(Token.name), col(Token.owner_id), col(Token.scopes)),
        *(col(Token.last_used_at), col(User.role)),
    )
    .outerjoin(User, col(User.id) == Token.owner_id)
    .where(
        col(Token.secret_hash) == bindparam("secret_hash"),
        col(Token.revoked_at).is_(None),
        or_(col(Token.expires_at).is_(None), col(Token.expires_at) > bindparam("now")),
        or_(col(Token.owner_id).is_(None), col(User.active)),
    )
)
_SIGNED_IN = PreparedSelect(
    select(col(User.id), col(User.name), col(User.role), col(User.last_seen_at))
    .join(SignIn, col(SignIn.user_id) == User.id)
    .where(
        col(SignIn.id) == bindparam("sign_in_id"),
        col(SignIn.revoked_at).is_(None),
        col(SignIn.expires_at) > bindparam("now"),
        col(User.active),
    )
)


async def _resolve(connection: HTTPConnection, driver: Driver) -> tuple[Principal, Update | None]:
    """Return the caller, and the statement that notes "last seen" when that is due."""
    scheme, _, credentials = connection.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer":
            raise Unauthenticated
        return await _token_principal(driver, credentials.strip())
    cookie = connection.cookies.get(COOKIE, "")
    sign_in_id = read_session(cookie, connection.app.state.session_secret) if cookie else None
    if sign_in_id is None:
        raise Unauthenticated
    if connection.scope.get("method") not in SAFE_METHODS:
        check_origin(connection)
    return await _cookie_principal(driver, sign_in_id)


async def _token_principal(driver: Driver, secret: str) -> tuple[Principal, Update | None]:
    now = clock.now()
    found = await _TOKEN.all(driver, {"secret_hash": hash_secret(secret), "now": now})
    if not found:
        raise Unauthenticated
    (token,) = found
    owner_id: UUID | None = token["owner_id"]
    # A token never outgrows its owner: a demotion takes effect at once.
    role = Role(token["role"]) if owner_id is not None else Role.ADMIN
    held = frozenset(Scope(scope) for scope in token["scopes"]) & ROLE_SCOPES[role]
    principal = Principal("token", token["id"], token["name"], owner_id, role, held)
    if not _is_due(token["last_used_at"], now):
        return principal, None
    return principal, update(Token).where(col(Token.id) == token["id"]).values(last_used_at=now)


async def _cookie_principal(driver: Driver, sign_in_id: UUID) -> tuple[Principal, Update | None]:
    now = clock.now()
    found = await _SIGNED_IN.all(driver, {"sign_in_id": sign_in_id, "now": now})
    if not found:
        raise Unauthenticated
    (user,) = found
    role = Role(user["role"])
    principal = Principal("user", user["id"], user["name"], user["id"], role, ROLE_SCOPES[role])
    if not _is_due(user["last_seen_at"], now):
        return principal, None
    return principal, update(User).where(col(User.id) == user["id"]).values(last_seen_at=now)


def _is_due(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is None or now - seen_at > _SEEN_EVERY
