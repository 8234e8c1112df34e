"""Expressions that would never end, or fill the memory, find nothing instead, and soon."""

import time

import pytest
from pydantic import JsonValue

from secondstory.alerts.formats.expressions import BUDGET, Expressions
from secondstory.alerts.mapping import PayloadMapping

# As much as a request may hold.
LARGE: JsonValue = [["a", 1, {"b": None}]] * 60_000
TWICE = "|".join(["[@,@]"] * 30)
HOSTILE = [
    f"{TWICE}|to_string(@)",
    f"{TWICE}|length(to_string(@))",
    f"{TWICE}" + "|[]" * 60,
    "|".join(["[@,@][]"] * 60),
    f"[{TWICE},{TWICE}]|[0]==[1]",
    f"{TWICE}|[[0]]==[[1]]",
    f"{TWICE}|contains(@, `1`)",
    f"{TWICE}|sort_by(@, &to_string(@))",
    f"{TWICE}|{{a: @, b: @}}|values(@)",
    "map(&to_string(@), @)|map(&[@,@,@,@,@,@,@,@],@)|[]|[]|to_string(@)",
    "join(to_string(@), map(&to_string(@), @))",
    "|".join(["[*].[@,@,@,@,@,@,@,@]"] * 20),
    "|".join(["[@,@,@,@,@,@,@,@][?@==@]"] * 18),
    "|".join(["[@,@,@,@,@,@,@,@,@,@][][0:]"] * 15),
]


@pytest.mark.parametrize("expression", HOSTILE)
@pytest.mark.parametrize("value", [LARGE, "a" * 1_000_000], ids=["list", "text"])
def test_hostile_expressions_end_soon(expression: str, value: JsonValue) -> None:
    PayloadMapping.model_validate({"title": expression})  # it can be written
    expressions = Expressions(BUDGET // 10)
    began = time.process_time()
    for _ in range(4):
        expressions.find(expression, value)
    assert time.process_time() - began < 4


def test_ordinary_expressions_of_a_large_message_are_far_from_the_limit() -> None:
    alerts: JsonValue = [
        {"labels": {"name": f"alert {number}", "severity": "high"}, "links": ["https://x.test/"]}
        for number in range(2000)
    ]
    expressions = Expressions()
    for expression in (
        "length(alerts)",
        "alerts[?labels.severity=='high'].labels.name | [0]",
        "join(', ', alerts[:3].labels.name)",
        "sort_by(alerts, &labels.name)[-1].labels.name",
        "to_string(alerts[0])",
        "alerts[].links[] | [0]",
        "max_by(alerts, &length(labels.name)).labels.name",
    ):
        assert expressions.find(expression, {"alerts": alerts}) is not None


def test_one_budget_serves_all_expressions_of_a_message() -> None:
    expressions = Expressions(budget=20)
    assert expressions.find("a.b", {"a": {"b": 1}}) == 1
    assert expressions.find("a.b", {"a": {"b": 1}}) is None
