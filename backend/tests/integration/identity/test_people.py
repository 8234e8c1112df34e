"""Signing in, people, tokens."""

import httpx

from tests.factories import Caller


async def test_says_who_i_am(member: Caller) -> None:
    answer = await member.client.get("/me")
    assert answer.status_code == 200
    assert answer.json()["name"] == "Grace"


async def test_without_sign_in_is_a_problem(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unauthenticated"


async def test_adds_a_person(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    new = {
        "email": "New@Example.org",
        "name": "New",
        "role": "member",
        "password": "long enough pw",
    }
    made = await admin.client.post("/users", json=new)
    assert made.status_code == 201, made.text
    again = await admin.client.post("/users", json=new)
    assert again.status_code == 409
    signed_in = await anonymous.post(
        "/api/v1/session", json={"email": "new@example.org", "password": "long enough pw"}
    )
    assert signed_in.status_code == 201, signed_in.text
    assert (await anonymous.get("/api/v1/me")).json()["email"] == "new@example.org"
