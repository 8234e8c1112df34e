"""Whatever becomes of a body on its way: a bounded result, never an exception."""

import json
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondstory.alerts.formats import pagerduty_events_v2
from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.values import (
    MAX_KEY,
    MAX_LINKS,
    MAX_TITLE,
    MAX_WORD,
    parse_json,
)
from secondstory.alerts.life import advance, begin, may_begin
from secondstory.alerts.mapping import PayloadMapping
from secondstory.alerts.marks import MAX_MARKS
from secondstory.alerts.portrait import first_standing
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.signals import Signal
from secondstory.alerts.telling import new_incident
from tests.fixtures.alerts.corpus import cases, signed_requests
from tests.unit.alerts.source import NOON, SOURCE

BODIES = [(case.kind, json.loads(case.message.body)) for case in cases()]
MAPPING = PayloadMapping(
    title="event.data.title || payload.summary || commonLabels.alertname || to_string(@)",
    dedup_key="join('-', [groupKey, dedup_key, event.data.id])",
    severity="max(alerts[*].labels.severity)",
    state="status || event.data.status || event_action",
    time="event.occurred_at || alerts[0].startsAt || sum(alerts)",
    link="[client_url, alerts[*].generatorURL, externalURL][]",
    service="sort_by(alerts, &labels.service)[0].labels.service",
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**53 + 1, 10**400, -1, 0, 1e308, 1e-300]),
    st.text(max_size=20),
    st.sampled_from(
        [
            *("\x00", "\ud800", "a\x00b\udfff", "é" * 3000, "💥\u202e", " \n\t ", "1" * 5000),
            *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2026-11-23T08:49:57"),
            "https://x.test/\n",
        ]
    ),
    st.lists(st.none() | st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none() | st.text(max_size=5), max_size=3),
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    found = [here] if here else []
    for name, child in steps:
        branch = isinstance(child, dict | list)
        found += paths(child, (*here, name)) if branch else [(*here, name)]
    return found


@st.composite
def mutated(draw: st.DrawFn) -> tuple[SourceKind, bytes]:
    kind, original = draw(st.sampled_from(BODIES))
    body = json.loads(json.dumps(original))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(paths(body) or [()]))
        if not path:
            break
        parent: Any = body
        for step in path[:-1]:
            parent = parent[step]
        if draw(st.booleans()):
            parent[path[-1]] = draw(ODD)
        else:
            del parent[path[-1]]
    speaks = draw(st.sampled_from([kind, SourceKind.GENERIC, *SourceKind]))
    return speaks, json.dumps(body).encode()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings([*value, *value.values()])
    elif isinstance(value, tuple | list):
        for part in value:
            yield from strings(part)


def check(kind: SourceKind, body: bytes) -> None:
    message = Message(headers={"content-type": "application/json"}, body=body)
    signals = FORMATS[kind].read(message, SourceSettings(mapping=MAPPING))
    for signal in signals:
        check_signal(signal)
    assert isinstance(FORMATS[kind].redact(body.decode(errors="replace")), str)
    assert isinstance(pagerduty_events_v2.faults(parse_json(body)), list)
    assert isinstance(pagerduty_events_v2.change_faults(parse_json(body)), list)


def check_signal(signal: Signal) -> None:
    assert len(signal.title or "") <= MAX_TITLE
    assert len(signal.dedup_key or "") <= MAX_KEY
    assert len(signal.service or "") <= MAX_WORD
    assert len(signal.links) <= MAX_LINKS
    for found in strings(astuple(signal)):
        assert "\x00" not in found
        found.encode()  # a lone surrogate would raise
    if may_begin(signal):
        first = begin(signal, NOON)
        new_incident(first_standing(SOURCE, signal, first, NOON), NOON)  # may not raise
        again = advance(first.life, signal, NOON)
        assert not again.facts or again.opens
        assert len(again.life.marks) <= 2 * MAX_MARKS


@given(mutated())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_bodies_give_a_result(found: tuple[SourceKind, bytes]) -> None:
    check(*found)


def replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {name: replaced(member, text) for name, member in value.items()}
    if isinstance(value, list):
        return [replaced(member, text) for member in value]
    return text if isinstance(value, str) else value


@pytest.mark.timeout(6)  # a third of a second; far more where a pattern goes back over a text
@pytest.mark.parametrize(
    "piece", ["a", " ", "[", "] [", "https://", "](https://", "{A", "$A[", "[P1] ", "ALERT_"]
)
def test_long_runs_of_what_patterns_loop_over_are_read_once(piece: str) -> None:
    run = piece * (50_000 // len(piece)) + "!"
    for kind, body in dict(BODIES).items():
        check(kind, json.dumps(replaced(body, run)).encode())


@given(st.sampled_from(SourceKind), st.binary(max_size=200))
def test_any_bytes_give_a_result(kind: SourceKind, body: bytes) -> None:
    check(kind, body)


@given(st.sampled_from(BODIES), st.integers(0, 3000), st.binary(max_size=3))
def test_torn_bodies_give_a_result(found: tuple[SourceKind, Any], at: int, scrap: bytes) -> None:
    kind, original = found
    whole = json.dumps(original).encode()
    check(kind, whole[: at % len(whole)] + scrap + whole[at % len(whole) + 1 :])


@given(
    st.sampled_from(SourceKind), st.sampled_from(['{"a":', "[", '{"event":{"data":', '{"alerts":['])
)
def test_deep_bodies_give_a_result(kind: SourceKind, opening: str) -> None:
    check(kind, (opening * 100_000).encode())
    closing = "".join("]" if char == "[" else "}" for char in opening if char in "[{")
    check(kind, (opening * 300 + "1" + closing[::-1] * 300).encode())


SIGNING_HEADERS = sorted(
    {name for found in signed_requests() for name in found.message.headers}
    | {"x-grafana-alerting-timestamp"}
)


@given(st.dictionaries(st.sampled_from(SIGNING_HEADERS), st.text()), st.binary())
def test_only_a_mismatch_is_raised_for_a_signature(headers: dict[str, str], body: bytes) -> None:
    settings_ = SourceSettings(secrets=("one", "two"))
    for found in FORMATS.values():
        try:
            found.verify(Message(headers=headers, body=body), settings_)
        except SignatureMismatch:
            assert found.signing is not Signing.NEVER
