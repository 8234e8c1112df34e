"""Tokens for programs: scoped, expiring, revocable."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from secondstory.identity.models import Scope, Token
from secondstory.identity.service import add_token
from secondstory.platform import clock
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.factories.records import add_event, fetched, open_incident, patched, posted
from tests.factories.tokens import bearer, program_of


async def test_a_token_is_shown_once_and_stored_hashed(member: Caller, database: Database) -> None:
    made = await posted(member, "/tokens", name="script", scopes=["incidents:read"])
    assert made["token"].startswith("sst_")
    assert made["owner"] == {"id": str(member.id), "name": "Grace"}
    listed = (await fetched(member, "/tokens"))["items"]
    assert listed == [{name: value for name, value in made.items() if name != "token"}]
    async with database.reading() as session:
        stored = (await session.scalars(select(Token))).one()
    assert made["token"] not in stored.model_dump_json()


async def test_a_token_says_who_it_is(app: FastAPI, member: Caller) -> None:
    async with program_of(app, member, "incidents:read", "incidents:read") as program:
        me = await fetched(program, "/me")
        assert (me["kind"], me["name"], me["email"]) == ("token", "script", None)
        assert me["scopes"] == ["incidents:read"]
        assert (await fetched(member, "/tokens"))["items"][0]["last_used_at"] is not None
        assert (await program.client.patch("/me", json={"name": "x"})).status_code == 403


async def test_reading_is_not_writing(app: FastAPI, member: Caller) -> None:
    incident = await open_incident(member)
    async with program_of(app, member, "incidents:read") as program:
        assert (await fetched(program, f"/incidents/{incident['id']}"))["can_edit"] is False
        for answer in (
            await program.client.post("/incidents", json={"title": "x"}),
            await program.client.patch(f"/incidents/{incident['id']}", json={"title": "x"}),
            await program.client.get("/actions"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
    async with program_of(app, member, "incidents:read", "incidents:write") as program:
        assert (await add_event(program, incident))["source"] == "api"


async def test_a_token_needs_no_origin(app: FastAPI, member: Caller) -> None:
    async with program_of(app, member, "incidents:write") as program:
        headers = {"Origin": "https://dashboard.example"}
        answer = await program.client.post("/incidents", json={"title": "x"}, headers=headers)
        assert answer.status_code == 201


@pytest.mark.parametrize("end", ["revoked", "expired", "owner"])
async def test_a_token_that_is_over(
    end: str, app: FastAPI, member: Caller, admin: Caller, database: Database
) -> None:
    async with program_of(app, member, "incidents:read") as program:
        assert (await program.client.get("/incidents")).status_code == 200
        (token,) = (await fetched(member, "/tokens"))["items"]
        if end == "revoked":
            answer = await member.client.delete(f"/tokens/{token['id']}")
            assert answer.status_code == 204
        elif end == "expired":
            async with database.transaction() as session:
                await session.execute(update(Token).values(expires_at=clock.now()))
        else:
            await patched(admin, f"/users/{member.id}", active=False)
        answer = await program.client.get("/incidents")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_token_shrinks_with_its_owner(app: FastAPI, member: Caller, admin: Caller) -> None:
    async with program_of(app, member, "incidents:read", "incidents:write") as program:
        await patched(admin, f"/users/{member.id}", role="viewer")
        assert (await fetched(program, "/me"))["scopes"] == ["incidents:read"]
        answer = await program.client.post("/incidents", json={"title": "x"})
        assert answer.status_code == 403


async def test_nobody_gives_more_than_they_hold(
    app: FastAPI, viewer: Caller, member: Caller
) -> None:
    for caller, scope in ((viewer, "incidents:write"), (member, "admin")):
        body = {"name": "script", "scopes": ["incidents:read", scope]}
        answer = await caller.client.post("/tokens", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
        assert scope in answer.json()["detail"]
    async with program_of(app, member, "incidents:read") as program:
        body = {"name": "child", "scopes": ["incidents:write"]}
        assert (await program.client.post("/tokens", json=body)).status_code == 403


async def test_bad_tokens_are_not_made(member: Caller) -> None:
    past = (clock.now() - timedelta(seconds=1)).isoformat()
    for bad in (
        {"scopes": []},
        {"scopes": ["everything"]},
        {"scopes": ["incidents:read"] * 8},
        {"expires_at": past},
        {"expires_at": "2100-01-01T00:00:00"},
        {"name": ""},
        {"name": "x" * 81},
        {"owner": None},
    ):
        body = {"name": "script", "scopes": ["incidents:read"]} | bad
        assert (await member.client.post("/tokens", json=body)).status_code == 422, bad
    assert (await fetched(member, "/tokens"))["items"] == []


async def test_an_expiry_is_kept(app: FastAPI, member: Caller) -> None:
    until = "2100-01-01T00:00:00Z"
    async with program_of(app, member, "incidents:read", expires_at=until) as program:
        assert (await program.client.get("/incidents")).status_code == 200
        assert (await fetched(member, "/tokens"))["items"][0]["expires_at"] == until


async def test_everybody_sees_their_own_and_administrators_all(
    member: Caller, viewer: Caller, admin: Caller
) -> None:
    mine = await posted(member, "/tokens", name="mine", scopes=["incidents:read"])
    assert (await fetched(viewer, "/tokens"))["items"] == []
    assert (await viewer.client.delete(f"/tokens/{mine['id']}")).status_code == 404
    assert [each["name"] for each in (await fetched(admin, "/tokens"))["items"]] == ["mine"]
    assert (await admin.client.delete(f"/tokens/{mine['id']}")).status_code == 204
    revoked = (await fetched(member, "/tokens"))["items"][0]["revoked_at"]
    assert (await member.client.delete(f"/tokens/{mine['id']}")).status_code == 204
    assert (await fetched(member, "/tokens"))["items"][0]["revoked_at"] == revoked


async def test_tokens_of_nobody_come_from_the_command_line(
    app: FastAPI, database: Database, admin: Caller, member: Caller
) -> None:
    async with database.transaction() as session:
        other, _ = add_token(session, None, "other", [Scope.INCIDENTS_READ], None)
        token, secret = add_token(session, None, "cron", [Scope.INCIDENTS_READ], None)
    async with bearer(app, secret) as client:
        me = (await client.get("/me")).json()
        assert (me["id"], me["name"]) == (str(token.id), "cron")
        listed = (await client.get("/tokens")).json()["items"]
        assert [each["name"] for each in listed] == ["cron"], "only itself"
        assert (await client.delete(f"/tokens/{other.id}")).status_code == 404
    assert (await fetched(admin, "/tokens"))["items"][0]["owner"] is None
    assert (await fetched(member, "/tokens"))["items"] == []
    assert (await member.client.delete(f"/tokens/{token.id}")).status_code == 404
    async with bearer(app, secret) as client:
        assert (await client.delete(f"/tokens/{token.id}")).status_code == 204
        assert (await client.get("/me")).status_code == 401


@pytest.mark.parametrize(
    "value",
    [
        "Bearer",
        "Bearer ",
        "Bearer sst_",
        "Bearer sst_wrong",
        "Basic YWRhOnNlY3JldA==",
        "sst_wrong",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 5000,
    ],
)
async def test_what_is_no_token(value: str, app: FastAPI, member: Caller) -> None:
    headers = {"Authorization": value.encode("latin-1")}
    answer = await member.client.get("/incidents", headers=headers)
    assert answer.status_code == 401, "a token counts before the cookie"
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        assert (await client.get("/api/v1/me", headers=headers)).status_code == 401


async def test_a_token_makes_no_token_that_could_outlive_it(app: FastAPI, member: Caller) -> None:
    async with program_of(app, member, "incidents:read") as program:
        wanted = {"name": "heir", "scopes": ["incidents:read"]}
        refused = await program.client.post("/tokens", json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert [each["name"] for each in (await fetched(member, "/tokens"))["items"]] == ["script"]
