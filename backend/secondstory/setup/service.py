"""The one-time link and the first administrator."""

import secrets

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.identity.models import Role, User
from secondstory.identity.schemas import UserCreate
from secondstory.identity.service import create_user
from secondstory.identity.tokens import hash_secret
from secondstory.platform import clock
from secondstory.platform.problems import Conflict, Forbidden
from secondstory.setup.models import SetupLink


class SetupDone(Conflict):
    code, title = "setup_done", "The first administrator exists already"


class WrongSetupLink(Forbidden):
    code, title = "wrong_setup_link", "This set-up link is not the current one"


async def is_setup_needed(session: AsyncSession) -> bool:
    """Tell whether there is no administrator yet; the people of the example are none."""
    administrators = select(col(User.id)).where(col(User.role) == Role.ADMIN)
    return not await session.scalar(select(administrators.exists()))


async def new_setup_link(session: AsyncSession) -> str | None:
    """Return the secret of a fresh one-time set-up link, or None when set-up is done."""
    if not await is_setup_needed(session):
        return None
    secret = secrets.token_urlsafe(24)
    row = {"id": 1, "secret_hash": hash_secret(secret), "created_at": clock.now()}
    await session.execute(
        insert(SetupLink).values(row).on_conflict_do_update(index_elements=["id"], set_=row)
    )
    return secret


async def set_up(session: AsyncSession, secret: str, admin: UserCreate) -> User:
    """Make the first administrator and use the link up.

    Raises `SetupDone` (409) or `WrongSetupLink` (403).
    """
    link = await session.scalar(select(SetupLink).with_for_update())
    if not await is_setup_needed(session):
        raise SetupDone
    if link is None or not secrets.compare_digest(link.secret_hash, hash_secret(secret)):
        raise WrongSetupLink
    await session.delete(link)
    return await create_user(session, admin)
