"""Signing in and out with a browser."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from jose import jwt
from sqlalchemy import update

from secondstory.identity.models import Role, SignIn, SignInAttempt
from secondstory.identity.passwords import hash_password
from secondstory.identity.principal import COOKIE
from secondstory.identity.sign_in import MAX_PER_ACCOUNT, WINDOW
from secondstory.identity.tokens import sign_session
from secondstory.platform import clock
from secondstory.platform.columns import new_id
from secondstory.platform.database import Database
from tests.factories import Caller, add_user
from tests.factories.records import fetched, patched

SESSION, ME = "/api/v1/session", "/api/v1/me"
PASSWORD = "correct horse battery"


@pytest.fixture
async def grace(database: Database) -> dict[str, str]:
    """Somebody with a password; what they type to sign in."""
    user = await add_user(database, Role.MEMBER, "Grace Hopper")
    user.password_hash = await hash_password(PASSWORD)
    async with database.transaction() as session:
        session.add(user)
    return {"email": user.email, "password": PASSWORD}


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(
    anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    answer = await anonymous.post(SESSION, json=grace | {"email": " Grace.HOPPER@example.org "})
    assert answer.status_code == 201
    assert answer.json()["scopes"] == [
        *("actions:read", "actions:write", "incidents:read", "incidents:write"),
        *("ingest", "insights:read"),
    ]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    assert (await anonymous.get(ME)).json()["name"] == "Grace Hopper"


async def test_over_https_the_cookie_stays_there(app: FastAPI, grace: dict[str, str]) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://testserver") as client:
        answer = await client.post(SESSION, json=grace)
    assert "; secure" in answer.headers["set-cookie"].lower()


async def test_signing_out_ends_it_even_for_a_copy_of_the_cookie(
    anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    cookie = (await anonymous.post(SESSION, json=grace)).cookies[COOKIE]
    assert (await anonymous.delete(SESSION)).status_code == 204
    assert COOKIE not in anonymous.cookies
    anonymous.cookies.set(COOKIE, cookie)
    assert (await anonymous.get(ME)).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong"}, {"email": "nobody@example.org"}, {"password": PASSWORD + " "}],
    ids=str,
)
async def test_wrong_credentials_all_look_alike(
    wrong: dict[str, str], anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    answer = await anonymous.post(SESSION, json=grace | wrong)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert "set-cookie" not in answer.headers


async def test_who_has_no_password_cannot_sign_in(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    user = await add_user(database, Role.ADMIN, "No Password")
    for password in ("x", "None", "null"):
        body = {"email": user.email, "password": password}
        assert (await anonymous.post(SESSION, json=body)).status_code == 401


async def test_who_is_made_inactive_is_signed_out(
    anonymous: httpx.AsyncClient, admin: Caller, grace: dict[str, str]
) -> None:
    me = (await anonymous.post(SESSION, json=grace)).json()
    await patched(admin, f"/users/{me['id']}", active=False)
    assert (await anonymous.get(ME)).status_code == 401
    assert (await anonymous.post(SESSION, json=grace)).status_code == 401
    await patched(admin, f"/users/{me['id']}", active=True)
    assert (await anonymous.get(ME)).status_code == 401, "the old session stays over"
    assert (await anonymous.post(SESSION, json=grace)).status_code == 201


async def test_guessing_is_slowed_down_per_account(
    anonymous: httpx.AsyncClient, grace: dict[str, str], database: Database
) -> None:
    guess = grace | {"password": "guess"}
    for _ in range(MAX_PER_ACCOUNT):
        assert (await anonymous.post(SESSION, json=guess)).status_code == 401
    answer = await anonymous.post(SESSION, json=grace)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert int(answer.headers["retry-after"]) <= WINDOW.total_seconds()
    other = {"email": "other@example.org", "password": "guess"}
    assert (await anonymous.post(SESSION, json=other)).status_code == 401
    async with database.transaction() as session:
        before = clock.now() - WINDOW - timedelta(seconds=1)
        await session.execute(update(SignInAttempt).values(at=before))
    assert (await anonymous.post(SESSION, json=grace)).status_code == 201


async def test_success_clears_the_count(
    anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    for _ in range(MAX_PER_ACCOUNT - 1):
        await anonymous.post(SESSION, json=grace | {"password": "guess"})
    assert (await anonymous.post(SESSION, json=grace)).status_code == 201
    answer = await anonymous.post(SESSION, json=grace | {"password": "guess"})
    assert answer.status_code == 401


async def test_guessing_is_slowed_down_per_address(
    anonymous: httpx.AsyncClient, grace: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondstory.identity.sign_in.MAX_PER_ADDRESS", 3)
    for n in range(3):
        body = {"email": f"guess{n}@example.org", "password": "guess"}
        assert (await anonymous.post(SESSION, json=body)).status_code == 401
    assert (await anonymous.post(SESSION, json=grace)).status_code == 429


async def test_many_guesses_at_once_do_not_slip_past_the_count(
    anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    guess = grace | {"password": "guess"}
    answers = await asyncio.gather(
        *(anonymous.post(SESSION, json=guess) for _ in range(MAX_PER_ACCOUNT + 8))
    )
    tried = [answer for answer in answers if answer.status_code == 401]
    assert len(tried) == MAX_PER_ACCOUNT
    assert {answer.status_code for answer in answers} == {401, 429}


@pytest.mark.parametrize("site", ["https://evil.example", "http://testserver.evil", "null"])
async def test_other_sites_cannot_act_for_a_browser(
    site: str, member: Caller, anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    headers = {"Origin": site}
    answer = await member.client.post("/incidents", json={"title": "x"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")
    assert (await anonymous.post(SESSION, json=grace, headers=headers)).status_code == 403
    answer = await member.client.get("/incidents", headers=headers)
    assert answer.json()["items"] == []


async def test_our_own_page_can(member: Caller) -> None:
    for headers in (
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ):
        answer = await member.client.post("/incidents", json={"title": "x"}, headers=headers)
        assert answer.status_code == 201, headers
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await member.client.post("/incidents", json={"title": "x"}, headers=headers)
    assert answer.status_code == 403


async def test_cookies_that_are_not_ours(
    app: FastAPI, anonymous: httpx.AsyncClient, database: Database
) -> None:
    user = await add_user(database, Role.ADMIN, "Forged")
    now, secret = clock.now(), app.state.session_secret
    row = SignIn(user_id=user.id, created_at=now, expires_at=now + timedelta(hours=1))
    async with database.transaction() as session:
        session.add(row)
    later, claims = now + timedelta(hours=1), {"iss": "secondstory", "sid": str(row.id)}
    good = sign_session(row.id, later, secret)
    bad = {
        "another secret": sign_session(row.id, later, "x" * 64),
        "over": sign_session(row.id, now - timedelta(seconds=1), secret),
        "nobody": sign_session(new_id(), later, secret),
        "another issuer": jwt.encode(claims | {"iss": "x"}, secret, algorithm="HS256"),
        "another algorithm": jwt.encode(claims, secret, algorithm="HS512"),
        "no id": jwt.encode({"iss": "secondstory"}, secret, algorithm="HS256"),
        "odd id": jwt.encode(claims | {"sid": 7}, secret, algorithm="HS256"),
        "unsigned": ".".join([*good.split(".")[:2], ""]),
        "cut": good[:-2],
        "none": "eyJhbGciOiJub25lIn0.e30.",
        "rubbish": "a.b.c",
        "nothing": "x",
    }
    for name, cookie in bad.items():
        headers = {"Cookie": f"{COOKIE}={cookie}"}
        assert (await anonymous.get(ME, headers=headers)).status_code == 401, name
    headers = {"Cookie": f"{COOKIE}={good}"}
    assert (await anonymous.get(ME, headers=headers)).status_code == 200


async def test_a_session_is_over_when_its_row_says_so(member: Caller, database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(SignIn).values(expires_at=clock.now()))
    assert (await member.client.get("/me")).status_code == 401


async def test_a_new_password_signs_other_browsers_out(
    app: FastAPI, anonymous: httpx.AsyncClient, grace: dict[str, str]
) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as other:
        await other.post(SESSION, json=grace)
        await anonymous.post(SESSION, json=grace)
        change = {"current": "not this", "new": "another horse battery"}
        wrong = await anonymous.patch(ME, json={"password": change})
        assert wrong.status_code == 422
        assert wrong.json()["errors"][0]["pointer"] == "/password/current"
        change["current"] = PASSWORD
        assert (await anonymous.patch(ME, json={"password": change})).status_code == 200
        assert (await anonymous.get(ME)).status_code == 200
        assert (await other.get(ME)).status_code == 401
        new = grace | {"password": change["new"]}
        assert (await other.post(SESSION, json=grace)).status_code == 401
        assert (await other.post(SESSION, json=new)).status_code == 201


async def test_one_changes_ones_own_name(member: Caller) -> None:
    assert (await patched(member, "/me", name="  Grace H.  "))["name"] == "Grace H."
    assert (await fetched(member, f"/users/{member.id}"))["name"] == "Grace H."
    assert (await member.client.patch("/me", json={"role": "admin"})).status_code == 422
    assert (await member.client.patch("/me", json={"name": ""})).status_code == 422
