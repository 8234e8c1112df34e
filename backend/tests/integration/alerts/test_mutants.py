"""Recorded bodies with something odd in each place: stored and accepted, whatever it is."""

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import httpx

from secondstory.alerts.formats.contract import Signing, SourceKind
from secondstory.alerts.registry import FORMATS
from tests.factories import Caller
from tests.fixtures.alerts.corpus import Case, cases
from tests.integration.alerts.senders import add_sender

ODD = cycle(
    [None, "", 10**400, -1, 1e308, True, [], {}, [[]], "a\x00b\ud800", "é" * 5000, "\u202e💥", "\n"]
)
# Each place of each body would be a thousand requests; every seventh still meets every kind.
EVERY = 7


def mutants() -> Iterator[tuple[Case, bytes]]:
    """Yield bodies with one value taken out, and with one replaced."""
    for found in cases():
        original = found.message.body
        for path in paths(json.loads(original)):
            for drop in (True, False):
                body = json.loads(original)
                parent: Any = body
                for step in path[:-1]:
                    parent = parent[step]
                if drop:
                    del parent[path[-1]]
                else:
                    parent[path[-1]] = next(ODD)
                yield found, json.dumps(body).encode()


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of a body."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in steps:
        yield (*here, name)
        if isinstance(child, dict | list):
            yield from paths(child, (*here, name))


async def test_odd_bodies_are_accepted(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    senders = {kind: await add_sender(admin, anonymous, kind) for kind in SourceKind}
    events = senders[SourceKind.PAGERDUTY_EVENTS_V2].secret
    address = f"/api/v1/ingest/pagerduty_events_v2/{events}"
    for number, (found, body) in enumerate(mutants()):
        if number % EVERY:
            continue
        if found.kind is SourceKind.PAGERDUTY_EVENTS_V2:
            answer = await anonymous.post(address, content=body)
        else:
            answer = await senders[found.kind].post(body, **found.message.headers)
        # Nobody here has the key that Amazon signs with; whether it can be asked is open.
        known = FORMATS[found.kind].signing is not Signing.CERTIFICATE
        expected = {202} if known else {401, 503}
        assert answer.status_code in expected, (found.file, body, answer.text)
