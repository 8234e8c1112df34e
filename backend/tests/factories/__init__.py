"""Makes what tests start from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
from fastapi import FastAPI

from secondstory.identity.models import Role, User
from secondstory.identity.principal import COOKIE, ROLE_SCOPES, Principal
from secondstory.identity.sign_in import start_sign_in
from secondstory.identity.tokens import sign_session
from secondstory.platform import clock
from secondstory.platform.database import Database

API = "http://testserver/api/v1"


@dataclass(frozen=True)
class Caller:
    """Somebody signed in: their client (paths start after /api/v1) and who they are."""

    client: httpx.AsyncClient
    principal: Principal

    @property
    def id(self) -> UUID:
        """The person's id."""
        assert self.principal.user_id is not None
        return self.principal.user_id


async def add_user(database: Database, role: Role, name: str) -> User:
    """Add a person who has no password."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    user = User(email=email, name=name, role=role, password_hash=None, created_at=clock.now())
    async with database.transaction() as session:
        session.add(user)
    return user


@asynccontextmanager
async def sign_in_as(
    app: FastAPI, database: Database, role: Role, name: str
) -> AsyncIterator[Caller]:
    """Add a person and sign them in, without the cost of a password."""
    user = await add_user(database, role, name)
    async with database.transaction() as session:
        started = start_sign_in(session, user.id, timedelta(hours=1))
    cookie = sign_session(started.id, started.expires_at, app.state.session_secret)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=API, cookies={COOKIE: cookie}
    ) as client:
        yield Caller(client, Principal("user", user.id, name, user.id, role, ROLE_SCOPES[role]))
