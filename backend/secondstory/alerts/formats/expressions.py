"""JMESPath with a budget: what one message costs is bounded, whatever was written.

A few dozen characters such as `[@,@]|[@,@]|…|to_string(@)` double a value so often that no machine
could write it down. Steps are counted, and values weighed before anything goes through all of them.
"""

from collections.abc import Iterable
from typing import Any

import jmespath
from jmespath.functions import Functions
from jmespath.visitor import Options, TreeInterpreter
from pydantic import JsonValue
from typing_extensions import override

# About half a second of one processor; a usual mapping of a usual message takes some hundred.
BUDGET = 2_000_000

_VISIT = 4
_CHARACTERS = 8

# What jmespath lets through for values that a function of the expression does not take.
_EVALUATION_ERRORS = (
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


class TooCostly(ValueError):
    """The expressions of a message took more than they may."""


class Expressions:
    """The expressions for one message, which share one budget."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._interpreter = _Interpreter(_Budget(budget))

    def find(self, expression: str | None, value: JsonValue) -> JsonValue:
        """Return what the expression finds; None where it does not fit, or costs too much."""
        if expression is None:
            return None
        try:
            found: JsonValue = self._interpreter.visit(jmespath.compile(expression).parsed, value)
        except _EVALUATION_ERRORS:
            return None
        return found


class _Budget:
    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, units: int) -> None:
        self._left -= units
        if self._left < 0:
            raise TooCostly


class _Functions(Functions):
    """The functions of JMESPath, each paid for by the weight of what it is given."""

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget

    @override
    def call_function(self, function_name: str, resolved_args: Iterable[Any]) -> Any:
        given = list(resolved_args)
        self._budget.spend(_weight(given, {}))
        if function_name == "join":
            self._budget.spend(_glued(*given))
        return super().call_function(function_name, given)


class _Interpreter(TreeInterpreter):
    def __init__(self, budget: _Budget) -> None:
        super().__init__(Options(custom_functions=_Functions(budget)))
        self._budget = budget

    @override
    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        self._budget.spend(_VISIT)
        return super().visit(node, *args, **kwargs)

    @override
    def visit_flatten(self, node: Any, value: Any) -> Any:
        base = self.visit(node["children"][0], value)
        if isinstance(base, list):
            self._budget.spend(sum(len(e) if isinstance(e, list) else 1 for e in base))
        return super().visit_flatten(_over(node, base), value)

    @override
    def visit_slice(self, node: Any, value: Any) -> Any:
        if isinstance(value, list):
            self._budget.spend(len(value))
        return super().visit_slice(node, value)

    @override
    def visit_comparator(self, node: Any, value: Any) -> Any:
        sides = [self.visit(child, value) for child in node["children"]]
        self._budget.spend(_weight(sides, {}))
        return super().visit_comparator(_over(node, *sides), value)


def _over(node: Any, *found: Any) -> Any:
    """Return the node with what its children were found to be, so that none is visited twice."""
    children = [{"type": "literal", "value": value, "children": []} for value in found]
    return {**node, "children": children}


def _glued(glue: Any = None, parts: Any = None, *_others: Any) -> int:
    """Return what the glue between many parts weighs."""
    fits = isinstance(glue, str) and isinstance(parts, list)
    return len(glue) * len(parts) // _CHARACTERS if fits else 0


def _weight(value: Any, known: dict[int, int]) -> int:
    """Return how much there is to go through; a part that is there twice counts twice.

    `known` are the weights of parts, so that weighing goes through each only once.
    """
    if isinstance(value, str):
        return 1 + len(value) // _CHARACTERS
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        parts = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weight(part, known) for part in parts)
    return known[id(value)]
