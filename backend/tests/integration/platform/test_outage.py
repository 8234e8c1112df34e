"""While the database is away the answer says so, and says when to come back."""

from collections.abc import AsyncIterator

import httpx
import pytest

from secondstory.main import create_app
from secondstory.settings import Settings

# Nothing listens on port 1.
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
async def cut_off(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """An app whose database has gone."""
    app = create_app(settings, NOWHERE)
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": "Bearer sst_any"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://testserver", headers=headers
    ) as client:
        yield client
    await app.state.database.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/readyz"),
        ("GET", "/api/v1/setup"),
        ("GET", "/api/v1/me"),
        ("GET", "/api/v1/incidents"),
        ("POST", "/api/v1/incidents"),
        ("PATCH", "/api/v1/actions/ACT-1"),
        ("DELETE", "/api/v1/tokens/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"),
    ],
)
async def test_come_back_later(method: str, path: str, cut_off: httpx.AsyncClient) -> None:
    answer = await cut_off.request(method, path, json={"title": "x"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert "127.0.0.1" not in answer.text


async def test_the_process_lives_on(cut_off: httpx.AsyncClient) -> None:
    assert (await cut_off.get("/healthz")).json() == {"status": "ok"}


async def test_ready_when_the_database_is_there(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get("/readyz")).json() == {"status": "ready"}
