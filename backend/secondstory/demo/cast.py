"""The people of the example: invented, without a password, so that nobody signs in as them."""

from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.identity.models import Role, User
from secondstory.identity.principal import ROLE_SCOPES, Principal
from secondstory.incidents.models import ParticipantRole
from secondstory.platform import clock


class Part(NamedTuple):
    """Somebody, and what they did in the incident."""

    name: str
    roles: tuple[ParticipantRole, ...]


CAST: Final = (
    Part("Marek", (ParticipantRole.RESPONDER,)),
    Part("Idris", (ParticipantRole.COMMANDER, ParticipantRole.RESPONDER)),
    Part("Lena", (ParticipantRole.RESPONDER,)),
    Part("Tobias", (ParticipantRole.RESPONDER,)),
    Part("Farah", (ParticipantRole.NOTE_TAKER,)),
    Part("Yuki", (ParticipantRole.FACILITATOR,)),
    Part("Ngozi", (ParticipantRole.CO_FACILITATOR,)),
)


async def gather_cast(session: AsyncSession) -> dict[str, Principal]:
    """Return the people of the example by name, made if they are not there yet."""
    emails = {part.name: f"{part.name.lower()}@second-story.example" for part in CAST}
    rows = [
        User(
            email=email,
            name=name,
            role=Role.MEMBER,
            password_hash=None,
            created_at=clock.now(),
        ).model_dump()
        for name, email in emails.items()
    ]
    await session.execute(insert(User).on_conflict_do_nothing(index_elements=["email"]), rows)
    found = await session.scalars(select(User).where(col(User.email).in_(emails.values())))
    people = {user.email: user for user in found}
    return {name: _principal(people[email]) for name, email in emails.items()}


def _principal(user: User) -> Principal:
    return Principal("user", user.id, user.name, user.id, user.role, ROLE_SCOPES[user.role])
