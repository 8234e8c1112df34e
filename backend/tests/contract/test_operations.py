"""Every operation, driven by schemathesis from the committed specification.

Whatever is sent, the answer has a declared status, type and shape, and is never a 5xx. It runs as
an administrator, whose requests go through, and as a viewer, whose writes are refused.
"""

from uuid import UUID

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.contract.conftest import Api
from tests.contract.test_specification import COMMITTED

_EXAMPLES = 10
_LONGEST_KEY = 40
_CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_path(
    COMMITTED,
    config=SchemathesisConfig.from_dict({"phases": {"coverage": {"unexpected-methods": []}}}),
)


@pytest.fixture(scope="module")
def session() -> requests.Session:
    """One connection for all requests."""
    return requests.Session()


_steady = settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@settings(_steady, phases=[Phase.explicit, Phase.generate])
def test_administrators_get_answers_as_specified(
    case: schemathesis.Case, api: Api, session: requests.Session
) -> None:
    _point_at_what_exists(case, api)
    _call(case, api, session, "admin")


@schema.parametrize()
@settings(_steady, phases=[Phase.generate])
def test_viewers_get_answers_as_specified(
    case: schemathesis.Case, api: Api, session: requests.Session
) -> None:
    _call(case, api, session, "viewer")


def _call(case: schemathesis.Case, api: Api, session: requests.Session, role: str) -> None:
    case.call_and_validate(
        base_url=api.url, session=session, headers=api.headers(role), checks=_CHECKS, timeout=10
    )


def _point_at_what_exists(case: schemathesis.Case, api: Api) -> None:
    """Name something that is there wherever a good name was made up: that would only see 404."""
    names = api.spares if case.method == "DELETE" else api.names
    for name, value in case.path_parameters.items():
        if name in names and _is_good(name, value):
            case.path_parameters[name] = names[name]


def _is_good(name: str, value: object) -> bool:
    if not name.endswith("_id"):
        return isinstance(value, str) and len(value) <= _LONGEST_KEY
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
