"""Every error leaves as a problem, and tells nothing that is not for outside."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from secondstory.platform import problems
from secondstory.platform.middleware import RequestContext
from secondstory.platform.problems import Conflict, Invalid, NotFound, declared


class Taken(Conflict):
    code, title = "taken", "It is taken"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app in which everything goes sideways."""
    app = FastAPI()
    problems.install(app)
    app.add_middleware(RequestContext)
    errors: dict[str, Exception] = {
        "taken": Taken(headers={"Retry-After": "1"}),
        "pointed": Invalid.at("/a/0/b", "Not this."),
        "away": OperationalError("SELECT secret", {}, Exception("away")),
        "gone": InterfaceError("SELECT secret", {}, Exception("gone")),
        "cut": IntegrityError("SELECT 1", {}, Exception("cut"), connection_invalidated=True),
        "refused": ConnectionRefusedError("/var/run/secret"),
        "crowded": PoolTimeout("QueuePool limit"),
        "broken": IntegrityError("INSERT secret", {"p": "secret"}, Exception("secret")),
        "bug": ZeroDivisionError("secret"),
    }

    @app.get("/{name}")
    async def fail(name: str) -> None:
        raise errors.get(name, NotFound())

    @app.post("/body")
    async def take(body: dict[str, dict[str, list[int]]]) -> None: ...

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        yield client


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("taken", 409, "taken"),
        ("pointed", 422, "invalid"),
        ("away", 503, "unavailable"),
        ("gone", 503, "unavailable"),
        ("cut", 503, "unavailable"),
        ("refused", 503, "unavailable"),
        ("crowded", 503, "unavailable"),
        ("broken", 500, "internal"),
        ("bug", 500, "internal"),
        ("other", 404, "not_found"),
        ("a/b", 404, "not_found"),
    ],
)
async def test_each_error_in_its_shape(
    name: str, status: int, code: str, client: httpx.AsyncClient
) -> None:
    answer = await client.get(f"/{name}", headers={"X-Request-Id": "mine-1"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:secondstory:problem:{code}"
    assert body["request_id"] == "mine-1"
    assert "secret" not in answer.text
    if status == 503:
        assert int(answer.headers["retry-after"]) > 0


async def test_another_method(client: httpx.AsyncClient) -> None:
    answer = await client.put("/taken")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ('{"a/b": {"c~d": ["x"]}}', 422, "/a~1b/c~0d/0"),
        ("{", 400, "/1"),
        ("", 422, ""),
    ],
)
async def test_pointers_say_where(
    body: str, status: int, pointer: str, client: httpx.AsyncClient
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await client.post("/body", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_problem_of_many_errors_names_some(client: httpx.AsyncClient) -> None:
    answer = await client.post("/body", json={"a": {"b": ["x"] * 500}})
    assert len(answer.json()["errors"]) == 50


@pytest.mark.parametrize("offered", ["", "a b", "x" * 65, "ä", "a\tb"])
async def test_a_request_id_that_is_none_is_replaced(
    offered: str, client: httpx.AsyncClient
) -> None:
    answer = await client.get("/other", headers={"X-Request-Id": offered.encode("latin-1")})
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_headers_that_every_answer_has(client: httpx.AsyncClient) -> None:
    answer = await client.get("/other")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_declared_problems_stand_side_by_side() -> None:
    made = declared(Taken, Conflict, NotFound)
    assert set(made) == {404, 409}
    examples = made[409]["content"]["application/problem+json"]["examples"]
    assert set(examples) == {"taken", "conflict"}
    assert examples["taken"]["value"]["title"] == "It is taken"
