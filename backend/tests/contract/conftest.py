"""A real server on a database of its own, with one of everything in it."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import pytest
import uvicorn
from sqlalchemy import make_url

from secondstory.identity.models import Role, Scope, User
from secondstory.identity.service import add_token
from secondstory.main import create_app
from secondstory.migrate import migrate
from secondstory.platform import clock
from secondstory.platform.database import Database
from secondstory.settings import Settings


@dataclass(frozen=True)
class Api:
    """Where the server is, who may speak to it, and what its paths can name."""

    url: str
    tokens: dict[str, str]
    names: dict[str, str]
    spares: dict[str, str]
    """One more of everything, to delete."""

    def headers(self, role: str) -> dict[str, str]:
        """Return the headers of a caller."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}


@pytest.fixture(scope="session")
def api(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Serve the app for the whole session: other tests empty their database after each test."""
    url = make_url(database_url)
    own = url.set(database=f"{url.database}_contract")
    asyncio.run(_create_database(database_url, str(own.database)))
    dsn = own.render_as_string(hide_password=False)
    migrate(dsn)
    tokens = asyncio.run(_add_callers(dsn))
    settings = Settings(data_dir=tmp_path_factory.mktemp("contract"))
    config = uvicorn.Config(create_app(settings, dsn), port=0, log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    names, spares = (_fill(base, tokens["admin"], person) for person in ("Ada", "Grace"))
    yield Api(base, tokens, names, spares)
    server.should_exit = True
    thread.join(10)


async def _create_database(server_url: str, name: str) -> None:
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


async def _add_callers(dsn: str) -> dict[str, str]:
    """Add a token of nobody's, which may do all, and one of a viewer's that asks for as much."""
    database = Database(dsn, pool_size=2)
    async with database.transaction() as session:
        viewer = User(
            email="edsger@example.org",
            name="Edsger",
            role=Role.VIEWER,
            password_hash=None,
            created_at=clock.now(),
        )
        session.add(viewer)
        await session.flush()  # the token names the person
        tokens = {
            role: add_token(session, owner, role, list(Scope), None)[1]
            for role, owner in (("admin", None), ("viewer", viewer.id))
        }
    await database.close()
    return tokens


def _fill(base: str, token: str, name: str) -> dict[str, str]:
    """Make one of everything through the API; return what each path parameter can name."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{base}/api/v1", headers=headers) as client:

        def made(path: str, **body: Any) -> dict[str, Any]:
            answer = client.post(path, json=body)
            assert answer.status_code == 201, answer.text
            result: dict[str, Any] = answer.json()
            return result

        person = made("/users", email=f"{name}@example.org", name=name, password="correct horse")
        incident = made("/incidents", title="A database was removed", summary="Two apps.")
        within = f"/incidents/{incident['key']}"
        event = made(f"{within}/events", kind="effect", text="Checkout was down.")
        source = made("/alert-sources", kind="alertmanager", name="Prometheus")
        speaking = made("/alert-sources", kind="alertmanager", name="Never changed")
        rules = made("/alert-sources", kind="pagerduty_events_v2", name="Scripts")
        return {
            "incident": incident["key"],
            "event_id": event["id"],
            "why_id": made(f"{within}/whys", question="How?", evidence=[event["id"]])["id"],
            "takeaway_id": made(f"{within}/takeaways", kind="learning", text="Names.")["id"],
            "action": made(f"{within}/actions", title="Rename them", intent="prevent")["key"],
            "participant_id": made(
                f"{within}/participants", user_id=person["id"], roles=["facilitator"]
            )["id"],
            "user_id": person["id"],
            "token_id": made("/tokens", name="spare", scopes=["incidents:read"])["id"],
            "source_id": source["id"],
            "kind": "alertmanager",
            "source_key": speaking["address"].rpartition("/")[2],
            "alert_id": _alert(client, rules["secret"]),
        }


def _alert(client: httpx.Client, routing_key: str) -> str:
    event = {
        "routing_key": routing_key,
        "event_action": "trigger",
        "payload": {"summary": "Errors", "source": "checkout", "severity": "critical"},
    }
    sent = client.post(str(client.base_url.copy_with(path="/v2/enqueue")), json=event)
    assert sent.status_code == 202, sent.text
    alert_id: str = client.get("/alerts").json()["items"][0]["id"]
    return alert_id
