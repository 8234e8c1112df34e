"""A real server on a free port, and real Yjs clients against it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from fastapi import FastAPI

from secondstory.documents.hub import Hub
from secondstory.documents.limits import Limits
from secondstory.documents.running import running_hub
from secondstory.documents.service import create_document
from secondstory.identity.principal import COOKIE
from secondstory.main import create_app
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from secondstory.platform.sockets import PROTOCOL
from secondstory.settings import Settings
from tests.factories import Caller
from tests.live_client import Client, Clients, node_clients
from tests.waiting import until


@dataclass(frozen=True)
class Author:
    """Somebody who writes."""

    name: str = "Ada"
    id: UUID | None = None


ADA = Author()
SHORT = Limits(keep_seconds=0.02, linger_seconds=0.05, recheck_seconds=0.1, shutdown_seconds=1)
"""Limits of hubs that tests wait for."""


async def new_document(database: Database, **texts: str) -> UUID:
    """Commit a document with first passages."""
    document_id = new_id()
    async with database.transaction() as session:
        await create_document(session, document_id, texts, ADA)
    return document_id


def new_app(settings: Settings, database: Database) -> FastAPI:
    """Build the app once more, as another process would."""
    return create_app(settings, database.dsn)


@asynccontextmanager
async def serving(app: FastAPI, port: int = 0) -> AsyncIterator[str]:
    """Serve an app that is started already; gives its WebSocket address."""
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(app, lifespan="off", log_config=None, ws=PROTOCOL)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started)
    try:
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@pytest.fixture(scope="session")
async def node() -> AsyncIterator[Clients]:
    async with node_clients() as clients:
        yield clients


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    async with serving(app) as address:
        yield address


Connect = Callable[..., Awaitable[Client]]


@pytest.fixture
async def connect(node: Clients, address: str) -> AsyncIterator[Connect]:
    """Connect a caller to an incident's live channel, as their browser would."""
    opened: list[Client] = []

    async def connect(caller: Caller, incident: str, **options: Any) -> Client:
        cookie = caller.client.cookies[COOKIE]
        client = await node.open(
            f"{address}/api/v1/incidents",
            f"{incident}/live",
            headers={"Cookie": f"{COOKIE}={cookie}"},
            **options,
        )
        opened.append(client)
        return client

    yield connect
    for client in opened:
        await client.call("close")


@pytest.fixture
async def incident(member: Caller) -> dict[str, Any]:
    """An incident with a summary."""
    answer = await member.client.post(
        "/incidents", json={"title": "Ded down", "summary": "The ded went down."}
    )
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


@pytest.fixture
async def hub(database: Database) -> AsyncIterator[Hub]:
    async with running_hub(database.dsn, limits=SHORT) as hub:
        yield hub


@pytest.fixture
async def other_hub(database: Database) -> AsyncIterator[Hub]:
    async with running_hub(database.dsn, limits=SHORT) as hub:
        yield hub
