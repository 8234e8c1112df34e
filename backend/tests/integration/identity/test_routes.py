"""Every route has a principal and the scope it needs, or is public on purpose."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from secondstory.identity.models import Scope
from secondstory.identity.principal import authenticate
from secondstory.identity.service import add_token
from secondstory.platform.database import Database
from tests.factories import Caller, sign_in_as
from tests.factories.records import open_incident
from tests.factories.tokens import bearer

# Nobody needs to have signed in.
PUBLIC = {
    *("create_session", "get_setup", "create_setup"),
    *("healthz", "readyz", "page", "openapi", "_no_such_address"),
    # The key in the address, or in the body, says who speaks.
    *("ingest", "ingest_by_put", "ingest_from_query", "allow_sender"),
    *("enqueue_event", "enqueue_change"),
    # Authenticates by itself, so that it can answer with a close code.
    "live",
}
# Whoever signed in, or holds any token.
EVERYBODY = {
    *("delete_session", "get_me", "update_me", "list_users", "get_user"),
    *("list_tokens", "create_token", "revoke_token"),
}
# What shows the inside of alert sources: for whoever sends, and for whoever may set them up.
SOURCES = {
    *("list_alert_sources", "get_alert_source", "preview_message"),
    *("list_source_deliveries", "list_alert_deliveries", "get_delivery"),
    *("replay_delivery", "replay_deliveries"),
}
SCOPED = {
    Scope.INCIDENTS_READ: {
        *("list_incidents", "get_incident", "list_participants"),
        *("list_changes", "list_changes_of_incident", "get_report"),
        *("list_versions", "get_version_text", "compare_versions"),
        *("list_events", "get_event", "list_whys", "get_why"),
        *("list_takeaways", "get_takeaway", "list_alerts", "get_alert"),
        *("list_alert_senders", "list_related_incidents"),
    },
    Scope.INCIDENTS_WRITE: {
        *("create_incident", "update_incident", "restore_version"),
        *("create_participant", "update_participant", "delete_participant"),
        *("create_event", "update_event", "delete_event"),
        *("create_why", "update_why", "delete_why"),
        *("create_takeaway", "update_takeaway", "delete_takeaway"),
    },
    Scope.ACTIONS_READ: {"list_actions", "list_incident_actions", "get_action"},
    Scope.ACTIONS_WRITE: {"create_action", "update_action", "delete_action"},
    Scope.INGEST: SOURCES,
    Scope.ADMIN: SOURCES
    | {
        *("create_user", "update_user"),
        *("create_alert_source", "update_alert_source", "delete_alert_source"),
    },
}
NEEDS = {
    name: {scope for scope, names in SCOPED.items() if name in names}
    for name in set().union(*SCOPED.values())
}


def asks_who(dependant: Dependant) -> bool:
    return dependant.call is authenticate or any(map(asks_who, dependant.dependencies))


def operations(app: FastAPI) -> dict[str, tuple[str, str]]:
    """Return the method and an address of each operation that somebody must sign in for."""
    ids = {"incident": "INC-1", "action": "ACT-1"}
    found = {}
    for route in iter_route_contexts(app.routes):
        if route.name not in PUBLIC:
            (method,) = route.methods or {"GET"}
            path = route.path or ""
            for name in [part[1:-1] for part in path.split("/") if part.startswith("{")]:
                path = path.replace(f"{{{name}}}", ids.get(name, str(UUID(int=7))))
            found[route.name or ""] = (method, path.removeprefix("/api/v1"))
    return found


def test_every_route_asks_who_is_calling_or_is_public(app: FastAPI) -> None:
    routes = {route.name: route for route in iter_route_contexts(app.routes)}
    assert set(routes) - PUBLIC == EVERYBODY | set(NEEDS)
    asking = {
        name
        for name, route in routes.items()
        # The route of the specification is Starlette's: it has no dependencies.
        if name != "openapi" and asks_who(route.dependant)
    }
    assert asking == EVERYBODY | set(NEEDS)


def test_names_of_operations_are_unique(app: FastAPI) -> None:
    names = [route.name for route in iter_route_contexts(app.routes)]
    assert len(names) == len(set(names))


async def test_nobody_gets_in_unnamed(app: FastAPI, anonymous: httpx.AsyncClient) -> None:
    for name, (method, path) in operations(app).items():
        answer = await anonymous.request(method, f"/api/v1{path}", json={})
        assert answer.status_code == 401, name
        assert answer.json()["code"] == "unauthenticated"
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.fixture
async def incident(admin: Caller) -> None:
    """Something to be refused or let through to."""
    await open_incident(admin)


async def holding(
    app: FastAPI, database: Database, *scopes: Scope
) -> AsyncIterator[httpx.AsyncClient]:
    async with database.transaction() as session:
        _, secret = add_token(session, None, "walker", list(scopes), None)
    async with bearer(app, secret) as client:
        yield client


@pytest.mark.usefixtures("incident")
@pytest.mark.parametrize("scope", [*SCOPED, Scope.INSIGHTS_READ])
async def test_a_scope_opens_its_routes_and_no_other(
    scope: Scope, app: FastAPI, database: Database
) -> None:
    async for client in holding(app, database, scope):
        for name, (method, path) in operations(app).items():
            answer = await client.request(method, path, json={})
            refused = answer.status_code == 403 and answer.json()["code"] == "missing_scope"
            assert answer.status_code < 500, name
            assert refused == (scope not in NEEDS.get(name, {scope})), name


@pytest.mark.usefixtures("incident")
@pytest.mark.parametrize("role", ["admin", "member", "viewer"])
async def test_a_role_opens_its_routes(role: str, app: FastAPI, database: Database) -> None:
    reading = {Scope.INCIDENTS_READ, Scope.ACTIONS_READ}
    writing = {Scope.INCIDENTS_WRITE, Scope.ACTIONS_WRITE, Scope.INGEST}
    may = {
        "viewer": reading,
        "member": reading | writing,
        "admin": reading | writing | {Scope.ADMIN},
    }[role]
    async with sign_in_as(app, database, role, "Walker") as caller:
        for name, (method, path) in operations(app).items():
            if name == "delete_session":
                continue
            answer = await caller.client.request(method, path, json={})
            refused = answer.status_code == 403 and answer.json()["code"] == "missing_scope"
            assert answer.status_code < 500, name
            assert refused == (name in NEEDS and not NEEDS[name] & may), name
