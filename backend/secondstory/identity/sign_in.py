"""Signing in with a password, with guessing slowed down per account and per address."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.identity.models import SignIn, SignInAttempt, User
from secondstory.identity.passwords import password_matches
from secondstory.identity.rights import rights_moved
from secondstory.platform import clock
from secondstory.platform.database import Database
from secondstory.platform.problems import TooManyRequests, Unauthenticated

WINDOW = timedelta(minutes=15)
MAX_PER_ACCOUNT = 10
MAX_PER_ADDRESS = 50


class TooManyAttempts(TooManyRequests):
    code, title = "too_many_attempts", "Too many tries to sign in; please wait a little"


class WrongCredentials(Unauthenticated):
    code, title = "wrong_credentials", "This email and password do not go together"


async def sign_in(
    database: Database, email: str, password: str, address: str, lasts: timedelta
) -> tuple[User, SignIn]:
    """Check a password and start a sign-in.

    Raises `WrongCredentials` (401) or `TooManyAttempts` (429). The attempt is stored before the
    password is looked at, so that many at once cannot slip past the count; success clears it.
    """
    async with database.transaction() as session:
        await _count_attempt(session, email, address)
    async with database.transaction() as session:
        user = await session.scalar(select(User).where(col(User.email) == email, col(User.active)))
        right = await password_matches(password, user.password_hash if user else None)
        if user is None or not right:
            raise WrongCredentials
        await session.execute(delete(SignInAttempt).where(col(SignInAttempt.email) == email))
        return user, start_sign_in(session, user.id, lasts)


def start_sign_in(session: AsyncSession, user_id: UUID, lasts: timedelta) -> SignIn:
    """Add the row that a session cookie names."""
    now = clock.now()
    started = SignIn(user_id=user_id, created_at=now, expires_at=now + lasts)
    session.add(started)
    return started


async def end_sign_in(session: AsyncSession, sign_in_id: UUID) -> None:
    """Sign one browser out."""
    user_id = await session.scalar(
        update(SignIn)
        .where(col(SignIn.id) == sign_in_id)
        .values(revoked_at=clock.now())
        .returning(col(SignIn.user_id))
    )
    if user_id is not None:
        await rights_moved(session, user_id)


async def _count_attempt(session: AsyncSession, email: str, address: str) -> None:
    since = clock.now() - WINDOW
    # One at a time, or many at once would all find the count low.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("sign in", 0))))
    await session.execute(delete(SignInAttempt).where(col(SignInAttempt.at) < since))
    by_account = func.count().filter(col(SignInAttempt.email) == email)
    by_address = func.count().filter(col(SignInAttempt.address) == address)
    account, from_address = (
        await session.execute(select(by_account, by_address).select_from(SignInAttempt))
    ).one()
    if account >= MAX_PER_ACCOUNT or from_address >= MAX_PER_ADDRESS:
        raise TooManyAttempts(headers={"Retry-After": str(int(WINDOW.total_seconds()))})
    session.add(SignInAttempt(email=email, address=address, at=clock.now()))
