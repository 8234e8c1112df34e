"""People and tokens: the reads."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.identity.models import Scope, Token, User
from secondstory.identity.principal import Principal
from secondstory.identity.schemas import PersonRef, TokenRead, UserRead
from secondstory.platform.pages import Page, PageRequest, after_key, cut, encode_cursor
from secondstory.platform.problems import NotFound


async def list_users(session: AsyncSession, page: PageRequest) -> Page[UserRead]:
    """Return people in the order they were added."""
    query = after_key(select(User), page, [col(User.id)], [UUID])
    users, last = cut((await session.scalars(query)).all(), page)
    return Page(
        items=[UserRead.model_validate(user) for user in users],
        next_cursor=encode_cursor(last.id) if last else None,
    )


async def get_user(session: AsyncSession, user_id: UUID) -> User:
    """Return a person. Raises `NotFound`."""
    user = await session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


async def list_tokens(
    session: AsyncSession, principal: Principal, page: PageRequest
) -> Page[TokenRead]:
    """Return the caller's tokens, newest first; administrators see everybody's.

    A token that belongs to nobody sees itself.
    """
    query = select(Token, User).outerjoin(User, col(User.id) == Token.owner_id)
    if not principal.may(Scope.ADMIN):
        theirs = col(Token.owner_id) == principal.user_id
        query = query.where(theirs if principal.user_id else col(Token.id) == principal.id)
    query = after_key(query, page, [col(Token.id)], [UUID], descending=True)
    rows, last = cut((await session.execute(query)).all(), page)
    return Page(
        items=[token_read(token, owner) for token, owner in rows],
        next_cursor=encode_cursor(last[0].id) if last else None,
    )


def token_read(token: Token, owner: User | None) -> TokenRead:
    """Show a token without its secret."""
    return TokenRead(
        **token.model_dump(exclude={"owner_id", "secret_hash"}),
        owner=PersonRef.model_validate(owner) if owner else None,
    )


async def unknown_people(session: AsyncSession, ids: set[UUID]) -> set[UUID]:
    """Return those of `ids` that name nobody who may sign in."""
    known = await session.scalars(
        select(col(User.id)).where(col(User.id).in_(ids), col(User.active))
    )
    return ids - set(known)
