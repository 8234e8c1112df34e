"""People as administrators see to them."""

import asyncio

import httpx
from fastapi import FastAPI

from secondstory.identity.models import Role
from secondstory.platform.database import Database
from tests.factories import Caller, sign_in_as
from tests.factories.records import fetched, patched, posted

NEW = {"email": "new@example.org", "name": "New", "password": "long enough pw"}


async def test_a_person_is_added_and_changed(admin: Caller) -> None:
    made = await posted(admin, "/users", **NEW)
    assert (made["role"], made["active"], made["last_seen_at"]) == ("member", True, None)
    assert "password" not in str(made)
    path = f"/users/{made['id']}"
    changed = await patched(admin, path, role="viewer", name="Newer")
    assert changed == made | {"role": "viewer", "name": "Newer"}
    assert await fetched(admin, path) == changed
    assert await patched(admin, path, name=None) == changed


async def test_one_email_one_person_however_it_is_written(admin: Caller) -> None:
    answers = await asyncio.gather(
        *(
            admin.client.post("/users", json=NEW | {"email": email})
            for email in ("new@example.org", " NEW@example.org", "New@Example.Org")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    refused = max(answers, key=lambda answer: answer.status_code)
    assert refused.json()["code"] == "email_taken"


async def test_bad_people_are_refused(admin: Caller) -> None:
    for bad in (
        {"email": "nobody"},
        {"email": "a b@example.org"},
        {"email": "a@b\n.org"},
        {"email": "x" * 250 + "@example.org"},
        {"password": "short"},
        {"password": "x" * 201},
        {"name": "a\x00b"},
        {"role": "owner"},
        {"active": False},
    ):
        assert (await admin.client.post("/users", json=NEW | bad)).status_code == 422, bad
    assert len((await fetched(admin, "/users"))["items"]) == 1


async def test_a_password_is_not_told_in_a_problem(admin: Caller) -> None:
    body = NEW | {"password": "sesame"}
    assert "sesame" not in (await admin.client.post("/users", json=body)).text


async def test_a_stale_change_is_refused(admin: Caller, viewer: Caller) -> None:
    path = f"/users/{viewer.id}"
    etag = (await admin.client.get(path)).headers["etag"]
    headers = {"If-Match": etag}
    answers = await asyncio.gather(
        *(admin.client.patch(path, json={"name": name}, headers=headers) for name in ("A", "B"))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert (await admin.client.get(path, headers={"If-None-Match": etag})).status_code == 200


async def test_there_stays_an_administrator(admin: Caller) -> None:
    path = f"/users/{admin.id}"
    for change in ({"role": "member"}, {"active": False}):
        answer = await admin.client.patch(path, json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert (await fetched(admin, "/me"))["role"] == "admin"


async def test_two_administrators_cannot_demote_each_other_at_once(
    app: FastAPI, admin: Caller, database: Database
) -> None:
    for n in range(3):
        async with sign_in_as(app, database, Role.ADMIN, f"Other {n}") as other:
            answers = await asyncio.gather(
                admin.client.patch(f"/users/{other.id}", json={"role": "member"}),
                other.client.patch(f"/users/{admin.id}", json={"role": "member"}),
            )
            assert 200 in {answer.status_code for answer in answers}
            demoted, left = (other, admin) if answers[0].status_code == 200 else (admin, other)
            assert (await fetched(demoted, "/me"))["role"] == "member"
            assert (await fetched(left, "/me"))["role"] == "admin"
            await patched(left, f"/users/{admin.id}", role="admin")
            await patched(admin, f"/users/{other.id}", role="member")


async def test_a_new_password_by_an_administrator(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    made = await posted(admin, "/users", **NEW)
    sign_in = {"email": NEW["email"], "password": NEW["password"]}
    assert (await anonymous.post("/api/v1/session", json=sign_in)).status_code == 201
    await patched(admin, f"/users/{made['id']}", password="another long one")
    assert (await anonymous.get("/api/v1/me")).status_code == 401
    sign_in["password"] = "another long one"
    assert (await anonymous.post("/api/v1/session", json=sign_in)).status_code == 201


async def test_everybody_may_name_people(viewer: Caller, admin: Caller) -> None:
    people = await fetched(viewer, "/users")
    assert {each["name"] for each in people["items"]} == {"Ada", "Edsger"}
    assert (await fetched(viewer, f"/users/{admin.id}"))["name"] == "Ada"
    answer = await viewer.client.get("/users/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e")
    assert answer.status_code == 404
