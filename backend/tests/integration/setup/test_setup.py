"""First run."""

import asyncio

import httpx

from secondstory.platform.database import Database
from secondstory.setup.service import new_setup_link

SETUP = "/api/v1/setup"


async def _link(database: Database) -> str:
    async with database.transaction() as session:
        link = await new_setup_link(session)
    assert link is not None
    return link


def _body(token: str, *, example: bool = False) -> dict[str, object]:
    return {
        "token": token,
        "email": "ada@example.org",
        "name": "Ada",
        "password": "correct horse battery",
        "example": example,
    }


async def test_link_makes_the_first_administrator_and_signs_in(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    assert (await anonymous.get(SETUP)).json() == {"needed": True}
    made = await anonymous.post(SETUP, json=_body(await _link(database)))
    assert made.status_code == 201, made.text
    me = (await anonymous.get("/api/v1/me")).json()
    assert (me["email"], me["role"]) == ("ada@example.org", "admin")
    assert (await anonymous.get(SETUP)).json() == {"needed": False}


async def test_example_is_loaded_when_asked_for(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    made = await anonymous.post(SETUP, json=_body(await _link(database), example=True))
    assert made.status_code == 201, made.text
    listed = (await anonymous.get("/api/v1/incidents")).json()["items"]
    assert [incident["channel_name"] for incident in listed] == ["12-23-2020-rca-ddedown"]


async def test_wrong_and_old_links_are_refused(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    old = await _link(database)
    await _link(database)
    for token in ("guess", old):
        refused = await anonymous.post(SETUP, json=_body(token))
        assert refused.status_code == 403
        assert refused.json()["code"] == "wrong_setup_link"
    assert (await anonymous.get(SETUP)).json() == {"needed": True}


async def test_link_works_once_even_when_used_twice_at_the_same_time(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    body = _body(await _link(database))
    answers = await asyncio.gather(
        anonymous.post(SETUP, json=body),
        anonymous.post(SETUP, json=body | {"email": "eve@example.org"}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    async with database.transaction() as session:
        assert await new_setup_link(session) is None


async def test_other_sites_cannot_set_up(anonymous: httpx.AsyncClient, database: Database) -> None:
    body = _body(await _link(database))
    refused = await anonymous.post(SETUP, json=body, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "origin_refused"
