"""Whatever is sent, the answer is a clear problem, and nothing is changed."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.factories import Caller
from tests.factories.records import Body, add_event, fetched, open_incident

SURROGATE = '"\\ud800"'
HUGE = "9" * 400
RAW = {
    "nothing": b"",
    "half": b'{"title": "x"',
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "null": b"null",
    "a list": b"[]",
    "a text": b'"title"',
    "NaN": b'{"title": NaN}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"title":' * 100_000,
    "deep and closed": b'{"title":' + b"[" * 500 + b"]" * 500 + b"}",
    "lone surrogate": b'{"title": ' + SURROGATE.encode() + b"}",
    "lone surrogate as name": b"{" + SURROGATE.encode() + b": 1}",
    "NUL as name": b'{"\\u0000": 1}',
    "huge number": b'{"title": ' + HUGE.encode() + b"}",
    "more digits than Python reads": b'{"title": ' + b"9" * 5000 + b"}",
    "endless number": b'{"title": 1e999}',
    "twice": b'{"title": "x", "title": 1}',
}
PATHS = ["/incidents", "/events", "/whys", "/takeaways", "/actions", "/participants"]


def is_problem(answer: httpx.Response, *expected: int) -> bool:
    """Check the shape of a problem, whatever it says."""
    assert answer.status_code in expected, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "code", "detail", "request_id", "errors"}
    assert body["status"] == answer.status_code
    assert body["request_id"] == answer.headers["x-request-id"]
    return True


def under(path: str, incident: Body) -> str:
    return path if path == "/incidents" else f"/incidents/{incident['id']}{path}"


async def everything(caller: Caller, incident: Body) -> list[Any]:
    """Return all there is."""
    collections = [under(path, incident) for path in PATHS]
    return [await fetched(caller, path) for path in [*collections, "/changes"]]


@pytest.mark.parametrize("path", [*PATHS, "/session", "/users", "/tokens"])
async def test_bodies_that_are_none(path: str, admin: Caller) -> None:
    incident = await open_incident(admin)
    before = await everything(admin, incident)
    where = path if path not in PATHS else under(path, incident)
    for name, raw in RAW.items():
        headers = {"Content-Type": "application/json"}
        answer = await admin.client.post(where, content=raw, headers=headers)
        assert is_problem(answer, 400, 422), name
    assert await everything(admin, incident) == before


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_bodies_that_are_too_large(method: str, member: Caller) -> None:
    incident = await open_incident(member)
    event = await add_event(member, incident)
    path = f"/incidents/{incident['id']}/events"
    path = path if method == "POST" else f"{path}/{event['id']}"
    large = b'{"kind": "action", "text": "' + b"x" * 10_000_000 + b'"}'

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 65536):
            yield large[start : start + 65536]

    for content in (large, in_pieces()):
        headers = {"Content-Type": "application/json"}
        answer = await member.client.request(method, path, content=content, headers=headers)
        assert is_problem(answer, 413)
    assert (await fetched(member, path.removesuffix(f"/{event['id']}")))["items"] == [event]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", ""])
async def test_bodies_of_another_kind(kind: str, member: Caller) -> None:
    headers = {"Content-Type": kind}
    answer = await member.client.post("/incidents", content=b'{"title": "x"}', headers=headers)
    assert is_problem(answer, 400, 415, 422)
    assert (await fetched(member, "/incidents"))["items"] == []


BAD_MEMBERS: list[tuple[str, Body]] = [
    *(
        ("/incidents", {"title": "x", name: time})
        for name in ("started_at", "detected_at", "mitigated_at", "resolved_at")
        for time in ("2020-12-23T14:02:00", "2020-12-23", 1608732120, "0001-01-01T00:00:00Z")
    ),
    ("/incidents", {"title": "x", "started_at": "9999-12-31T23:59:59-23:59"}),
    ("/incidents", {"title": "x", "started_at": "2020-12-23T25:02:00Z"}),
    ("/incidents", {"title": "x", "started_at": "1608732120"}),
    ("/incidents", {"title": "two\nlines"}),
    ("/incidents", {"title": "a\x00b"}),
    ("/incidents", {"title": "   "}),
    ("/incidents", {"title": "x" * 301}),
    ("/incidents", {"title": 7}),
    ("/incidents", {"title": ["x"]}),
    ("/incidents", {"title": "x", "severity": "sev9"}),
    ("/incidents", {"title": "x", "severity": "SEV1"}),
    ("/incidents", {"title": "x", "services": "checkout"}),
    ("/incidents", {"title": "x", "services": ["x"] * 21}),
    ("/incidents", {"title": "x", "services": [None]}),
    ("/incidents", {"title": "x", "tags": [""]}),
    ("/incidents", {"title": "x", "tags": {"a": "b"}}),
    ("/incidents", {"title": "x", "summary": "a\x00b"}),
    ("/incidents", {"title": "x", "summary": "x" * 50_001}),
    ("/incidents", {"title": "x", "summary": None}),
    ("/incidents", {"title": "x", "slug": "../x"}),
    ("/incidents", {"title": "x", "slug": "a" * 51}),
    ("/incidents", {"title": "x", "stage": "published"}),
    ("/incidents", {"title": "x", "root_cause": "somebody"}),
    ("/events", {"kind": "blame"}),
    ("/events", {}),
    ("/events", {"kind": "action", "occurred_at": "2020-12-23T14:02:00"}),
    ("/events", {"kind": "action", "known_at": {"at": 1}}),
    ("/events", {"kind": "action", "evidence": ["javascript:alert(1)"]}),
    ("/events", {"kind": "action", "evidence": ["ftp://example.org/file"]}),
    ("/events", {"kind": "action", "evidence": ["http://["]}),
    ("/events", {"kind": "action", "evidence": ["https://example.org"] * 21}),
    ("/events", {"kind": "action", "evidence": ["https://example.org/" + "x" * 2000]}),
    ("/events", {"kind": "action", "pivot": "perhaps"}),
    ("/events", {"kind": "action", "account_of": "Grace"}),
    ("/events", {"kind": "action", "text": {"ops": []}}),
    ("/whys", {"question": ""}),
    ("/whys", {"question": "x\u0007"}),
    ("/whys", {"question": "Why?", "causes": "all"}),
    ("/whys", {"question": "Why?", "causes": ["x"]}),
    ("/whys", {"question": "Why?", "causes": ["00000000-0000-0000-0000-000000000000"] * 101}),
    ("/whys", {"question": "Why?", "position": -1}),
    ("/whys", {"question": "Why?", "position": 10**30}),
    ("/whys", {"question": "Why?", "position": 1.5}),
    ("/takeaways", {"kind": "lesson"}),
    ("/takeaways", {"kind": "learning", "position": 2**63}),
    ("/participants", {"user_id": "x", "roles": ["responder"]}),
    ("/participants", {"user_id": "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e", "roles": []}),
    ("/participants", {"user_id": "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e", "roles": ["culprit"]}),
]


async def test_members_that_are_not_right(member: Caller) -> None:
    incident = await open_incident(member)
    before = await everything(member, incident)
    for path, body in BAD_MEMBERS:
        answer = await member.client.post(under(path, incident), json=body)
        assert is_problem(answer, 422), body
        assert answer.json()["errors"], body
    assert await everything(member, incident) == before


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=many",
        f"limit={HUGE}",
        "cursor=",
        "cursor=x",
        "cursor=%00",
        "cursor=%ff",
        "cursor=W10",
        "cursor=" + "W1tb" * 125,
        "cursor=" + "A" * 501,
        "updated_since=2020-12-23T14:02:00",
        "updated_since=yesterday",
    ],
)
async def test_queries_that_are_not_right(query: str, member: Caller) -> None:
    incident = await open_incident(member)
    for path in PATHS[:4]:
        answer = await member.client.get(f"{under(path, incident)}?{query}")
        assert is_problem(answer, 422)
        assert answer.json()["errors"][0]["pointer"].startswith("query:")


async def test_paths_that_name_nothing(member: Caller) -> None:
    references = ("INC-0", "INC-", "x", "%00", "%ff", "9" * 18, "..%2f", "-1", "%F0%9F%A6%84")
    for ref in references:
        answer = await member.client.get(f"/incidents/{ref}")
        assert is_problem(answer, 404), ref
    assert is_problem(await member.client.get(f"/incidents/{'9' * 41}"), 422)
    assert is_problem(await member.client.get("/incidents/INC-1/nothing"), 404)
    assert is_problem(await member.client.put("/incidents"), 405)


async def test_times_keep_their_instant_in_utc(member: Caller) -> None:
    incident = await open_incident(member, started_at="2020-12-23T09:02:00.5-05:00")
    assert incident["started_at"] == "2020-12-23T14:02:00.500000Z"


async def test_text_is_stored_as_written(member: Caller) -> None:
    text = "  Zażółć 🦄 \u2028 \ufeff <b>&amp; \\u0000 \t\n\n  $1 'quoted' \U0010ffff "
    incident = await open_incident(member, title="Zażółć 🦄 <b>", summary=text)
    assert incident["summary"] == text
    assert incident["title"] == "Zażółć 🦄 <b>"
    event = await add_event(member, incident, text="one\r\ntwo\rthree")
    assert event["text"] == "one\ntwo\nthree"
