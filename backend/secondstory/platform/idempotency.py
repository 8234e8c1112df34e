"""`Idempotency-Key`: the same request sent twice happens once and gets the same answer.

The answer is stored in the transaction of the work itself, so there is no moment at which one of
the two exists without the other. Draft: ietf-wg-httpapi idempotency-key-header.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from fastapi import Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import Column, LargeBinary, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from secondstory.platform import clock
from secondstory.platform.columns import Instant
from secondstory.platform.problems import Conflict, Invalid

KEPT_FOR = timedelta(hours=24)

Body = TypeVar("Body", bound=BaseModel)


class KeyReused(Invalid):
    code, title = "idempotency_key_reused", "This Idempotency-Key came with another request before"


class StillRunning(Conflict):
    code, title = "idempotency_still_running", "The first request with this key is still running"


class StoredAnswer(SQLModel, table=True):
    """The answer to one keyed request."""

    __tablename__ = "stored_answer"

    caller: str = Field(primary_key=True, max_length=80)
    key: str = Field(primary_key=True, max_length=255)
    fingerprint: str
    status: int
    location: str | None
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_type=Instant, index=True)


class Replay(Exception):
    """The request was carried out before; this is what it answered."""

    def __init__(self, answer: StoredAnswer) -> None:
        super().__init__(answer.key)
        self.answer = answer


@dataclass(frozen=True)
class Once:
    """The keyed request at hand; without a key, `keep` does nothing."""

    session: AsyncSession
    caller: str
    key: str | None
    fingerprint: str

    def keep(self, body: Body, response: Response, *, status: int = 201) -> Body:
        """Store the answer beside the work, and return it."""
        if self.key is not None:
            self.session.add(
                StoredAnswer(
                    caller=self.caller,
                    key=self.key,
                    fingerprint=self.fingerprint,
                    status=status,
                    location=response.headers.get("location"),
                    body=body.model_dump_json().encode(),
                    created_at=clock.now(),
                )
            )
        return body


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        min_length=1,
        description="Repeat a request safely: same key and body, same answer (kept for 24 h)",
    ),
]


async def begin(session: AsyncSession, request: Request, caller: str, key: str | None) -> Once:
    """Start a keyed request.

    Raises `Replay` when it was answered before, `StillRunning` (409) while another one is being
    answered, `KeyReused` (422) when the same key came with another request.
    """
    if key is None:
        return Once(session, caller, None, "")
    key = key.strip('"')
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    digest.update(await request.body())
    once = Once(session, caller, key, digest.hexdigest())
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"once {caller} {key}", 0))
    if not await session.scalar(select(lock)):
        raise StillRunning(headers={"Retry-After": "1"})
    await session.execute(
        delete(StoredAnswer).where(
            col(StoredAnswer.caller) == caller,
            col(StoredAnswer.created_at) < clock.now() - KEPT_FOR,
        )
    )
    answer = await session.get(StoredAnswer, (caller, key))
    if answer is None:
        return once
    if answer.fingerprint != once.fingerprint:
        raise KeyReused
    session.expunge(answer)  # the rollback that follows would empty it
    raise Replay(answer)
