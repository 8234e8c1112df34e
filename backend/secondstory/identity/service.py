"""People and tokens: the writes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.identity.models import Role, Scope, SignIn, Token, User
from secondstory.identity.passwords import hash_password, password_matches
from secondstory.identity.principal import MissingScope, Principal
from secondstory.identity.rights import rights_moved
from secondstory.identity.schemas import MePatch, TokenCreate, UserCreate, UserPatch, UserRead
from secondstory.identity.tokens import hash_secret, new_token
from secondstory.platform import clock
from secondstory.platform.etags import check_if_match
from secondstory.platform.problems import Conflict, Forbidden, Invalid, NotFound


class EmailTaken(Conflict):
    code, title = "email_taken", "Somebody already has this email address"


class LastAdministrator(Conflict):
    code, title = "last_administrator", "There must stay one active administrator"


async def create_user(session: AsyncSession, new: UserCreate) -> User:
    """Add a person. Raises `EmailTaken` (409)."""
    user = User(
        email=new.email,
        name=new.name,
        role=new.role,
        password_hash=await hash_password(new.password.get_secret_value()),
        created_at=clock.now(),
    )
    values = user.model_dump()
    made = await session.execute(
        insert(User)
        .values(values)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(col(User.id))
    )
    if made.first() is None:
        raise EmailTaken
    return user


async def change_user(
    session: AsyncSession, user_id: UUID, patch: UserPatch, if_match: str | None
) -> User:
    """Change a person.

    Raises `NotFound`, `PreconditionFailed`, or `LastAdministrator` (409). A new password or an end
    to `active` signs them out everywhere.
    """
    # All administrators are locked, so that two of them cannot demote each other at once.
    admins = (
        await session.scalars(
            select(User).where(col(User.role) == Role.ADMIN, col(User.active)).with_for_update()
        )
    ).all()
    user = await session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound
    check_if_match(if_match, UserRead.model_validate(user))
    values = patch.model_dump(exclude_unset=True, exclude_none=True, exclude={"password"})
    for name, value in values.items():
        setattr(user, name, value)
    if admins == [user] and not (user.active and user.role == Role.ADMIN):
        raise LastAdministrator
    if patch.password is not None:
        user.password_hash = await hash_password(patch.password.get_secret_value())
    if patch.password is not None or not user.active:
        await sign_out_everywhere(session, user.id)
    elif patch.role is not None:
        await rights_moved(session, user.id)
    return user


async def change_me(session: AsyncSession, user_id: UUID, patch: MePatch) -> User:
    """Change one's own name or password. Raises `Invalid` when the current password is wrong."""
    user = await session.get_one(User, user_id, with_for_update=True)
    if patch.name is not None:
        user.name = patch.name
    if patch.password is not None:
        if not await password_matches(
            patch.password.current.get_secret_value(), user.password_hash
        ):
            raise Invalid.at("/password/current", "That is not your current password.")
        user.password_hash = await hash_password(patch.password.new.get_secret_value())
    return user


async def sign_out_everywhere(
    session: AsyncSession, user_id: UUID, *, but: UUID | None = None
) -> None:
    """End every sign-in of a person, except the one named."""
    await session.execute(
        update(SignIn)
        .where(
            col(SignIn.user_id) == user_id,
            col(SignIn.revoked_at).is_(None),
            col(SignIn.id).is_distinct_from(but),
        )
        .values(revoked_at=clock.now())
    )
    await rights_moved(session, user_id)


async def create_token(
    session: AsyncSession, principal: Principal, new: TokenCreate
) -> tuple[Token, str]:
    """Make a token; the second value is the secret, shown this once.

    Raises `Forbidden` (403) for a token that is no administrator's, which could outlive itself that
    way, `MissingScope` (403) for a scope the caller does not hold, `Invalid` for a past expiry.
    """
    if principal.kind == "token" and not principal.may(Scope.ADMIN):
        detail = "A token makes other tokens only with the scope admin."
        raise Forbidden(detail)
    beyond = set(new.scopes) - principal.scopes
    if beyond:
        detail = f"You do not hold: {', '.join(sorted(beyond))}."
        raise MissingScope(detail)
    if new.expires_at is not None and new.expires_at <= clock.now():
        raise Invalid.at("/expires_at", "The expiry must lie in the future.")
    return add_token(session, principal.user_id, new.name, new.scopes, new.expires_at)


def add_token(
    session: AsyncSession,
    owner_id: UUID | None,
    name: str,
    scopes: list[Scope],
    expires_at: datetime | None,
) -> tuple[Token, str]:
    """Add a token without asking who may; the command line does."""
    secret = new_token()
    token = Token(
        owner_id=owner_id,
        name=name,
        scopes=sorted(set(scopes)),
        secret_hash=hash_secret(secret),
        created_at=clock.now(),
        expires_at=expires_at,
    )
    session.add(token)
    return token, secret


async def revoke_token(session: AsyncSession, principal: Principal, token_id: UUID) -> None:
    """End a token at once. Raises `NotFound` for one that is not the caller's to see."""
    token = await session.get(Token, token_id, with_for_update=True)
    if token is None or not (
        principal.may(Scope.ADMIN)
        or token.id == principal.id
        or (token.owner_id is not None and token.owner_id == principal.user_id)
    ):
        raise NotFound
    token.revoked_at = token.revoked_at or clock.now()
    await rights_moved(session, token.id)
