"""How an administrator says where things stand in a payload nobody has described yet."""

from typing import Annotated, Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from secondstory.alerts.signals import AlertState
from secondstory.incidents.models import Severity
from secondstory.platform.fields import Label, RequestBody

_FUNCTIONS: frozenset[str] = frozenset(Functions.FUNCTION_TABLE)


def _compiles(expression: str) -> str:
    # RecursionError: a few hundred nested brackets are enough for the parser.
    try:
        tree = jmespath.compile(expression).parsed
        unknown = sorted(_called(tree) - _FUNCTIONS)
    except (JMESPathError, RecursionError) as error:
        msg = f"not a JMESPath expression: {str(error).splitlines()[0]}"
        raise ValueError(msg) from None
    if unknown:
        msg = f"JMESPath has no function {unknown[0]}()"
        raise ValueError(msg)
    return expression


def _called(node: Any) -> set[str]:
    """Return the functions called in a parsed expression: the parser does not look them up."""
    if not isinstance(node, dict):
        return set()
    names = {str(node["value"])} if node["type"] == "function_expression" else set()
    return names.union(*(_called(child) for child in node["children"]))


Expression = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(_compiles),
]


class PayloadMapping(RequestBody):
    """JMESPath expressions, and what the sender's words mean where they are not the usual ones."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "title": "check.name",
                    "dedup_key": "check.id",
                    "severity": "check.level",
                    "state": "status",
                    "time": "at",
                    "link": "check.url",
                    "service": "check.service",
                    "severity_values": {"blocker": "sev1"},
                    "state_values": {"broken": "open", "fine": "resolved"},
                }
            ]
        },
    )

    each: Expression | None = Field(
        default=None,
        description="The list of alerts in one message; all else is then read from each of them",
    )
    title: Expression = Field(description="The line a person wants to see")
    dedup_key: Expression | None = Field(
        default=None, description="What ties trigger and resolve together; the title without it"
    )
    severity: Expression | None = None
    state: Expression | None = Field(
        default=None, description="Firing, acknowledged or resolved; without it all messages fire"
    )
    time: Expression | None = Field(
        default=None, description="When it happened: RFC 3339, or Unix seconds or milliseconds"
    )
    link: Expression | None = Field(default=None, description="One address, or a list of them")
    service: Expression | None = None
    severity_values: dict[Label, Severity] = Field(default_factory=dict, max_length=50)
    state_values: dict[Label, AlertState] = Field(default_factory=dict, max_length=50)
