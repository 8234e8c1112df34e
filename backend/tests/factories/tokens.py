"""Makes programs that call with a token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from tests.factories import API, Caller
from tests.factories.records import posted


@asynccontextmanager
async def program_of(
    app: FastAPI, owner: Caller, *scopes: str, **given: Any
) -> AsyncIterator[Caller]:
    """Make a token of somebody and call with it."""
    token = await posted(owner, "/tokens", name="script", scopes=scopes, **given)
    async with bearer(app, token["token"]) as client:
        yield Caller(client, owner.principal)


@asynccontextmanager
async def bearer(app: FastAPI, token: str) -> AsyncIterator[httpx.AsyncClient]:
    """Call with any token, valid or not."""
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=transport, base_url=API, headers=headers) as client:
        yield client
