"""Problems (RFC 9457): the one shape of every answer that is not a success."""

from http import HTTPStatus
from typing import Any, ClassVar, Self

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
# How the driver, where it runs without SQLAlchemy, says that the database went away, and how the
# pool says that every connection is taken.
_AWAY = (
    PoolTimeout,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.TransactionRollbackError,
)
# What the database says, in classes of its codes: of two that wait for each other it ends one (40),
# and says goodbye, or that it is just starting up (57).
_COME_BACK = ("40", "57")


class PointedError(BaseModel):
    """One thing that is off in the request, and where (JSON Pointer, or `query`/`path` name)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pointer": "/title", "detail": "Field required"}]}
    )

    pointer: str
    detail: str


class ProblemBody(BaseModel):
    """`code` is stable and for programs; `title` and `detail` are for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:secondstory:problem:invalid",
                    "title": "Something in the request is not right",
                    "status": 422,
                    "code": "invalid",
                    "detail": "/title: Field required",
                    "request_id": "0197f0c25b1e7c3a9d2e3f4a5b6c7d8e",
                    "errors": [{"pointer": "/title", "detail": "Field required"}],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[PointedError]


class Problem(Exception):
    """Raised by domain code; carries all that the answer needs."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something on our side did not work"

    def __init__(
        self,
        detail: str = "",
        *,
        errors: list[PointedError] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors or []
        self.headers = headers or {}

    @classmethod
    def at(cls, pointer: str, detail: str) -> Self:
        """Build the problem for one member of the request body."""
        return cls(detail, errors=[PointedError(pointer=pointer, detail=detail)])


class BadRequest(Problem):
    status, code, title = 400, "bad_request", "The request could not be read"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "Please sign in or send a valid token"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer realm="secondstory"'})


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "This needs more rights than you have"


class NotFound(Problem):
    status, code, title = 404, "not_found", "There is nothing here that you can see"


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "This address does not take that method"


class Conflict(Problem):
    status, code, title = 409, "conflict", "This does not fit the present state"


class PreconditionFailed(Problem):
    status, code, title = 412, "stale", "It has changed since you read it"


class BodyTooLarge(Problem):
    status, code, title = 413, "body_too_large", "The body is larger than this address takes"


class UnsupportedMediaType(Problem):
    status, code, title = 415, "unsupported_media_type", "This kind of body is not understood here"


class Invalid(Problem):
    status, code, title = 422, "invalid", "Something in the request is not right"


class TooManyRequests(Problem):
    status, code, title = 429, "too_many_requests", "That was a bit fast"


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "The database is away; please try again shortly"

    def __init__(self, detail: str = "", *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "2"} | (headers or {}))


def declared(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Describe the problems a route may answer, for its `responses=`."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        examples = by_status.setdefault(
            problem.status,
            {
                "description": HTTPStatus(problem.status).phrase,
                "content": {
                    MEDIA_TYPE: {
                        "schema": {"$ref": "#/components/schemas/ProblemBody"},
                        "examples": {},
                    }
                },
            },
        )["content"][MEDIA_TYPE]["examples"]
        examples[problem.code] = {
            "value": _body(problem.status, problem.code, problem.title, problem.title, "")
        }
    return by_status


def _specify(app: FastAPI) -> None:
    """Put the schemas into the specification that `declared` only refers to."""
    specify = app.openapi

    def openapi() -> dict[str, Any]:
        document = specify()
        schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= schema.pop("$defs") | {"ProblemBody": schema}
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def install(app: FastAPI) -> None:
    """Answer every error of the app, the framework's own included, as a problem."""
    _specify(app)

    @app.exception_handler(Problem)
    async def on_problem(request: Request, problem: Problem) -> JSONResponse:
        return _answer(request, problem)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [
            PointedError(
                pointer=_pointer(item["loc"]), detail=item["msg"].removeprefix("Value error, ")
            )
            for item in error.errors()[:50]
        ]
        detail = f"{errors[0].pointer}: {errors[0].detail}" if errors else ""
        if any(item["type"] == "json_invalid" for item in error.errors()):
            return _answer(request, BadRequest("The body is not valid JSON.", errors=errors))
        return _answer(request, Invalid(detail, errors=errors))

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> JSONResponse:
        known = {cls.status: cls for cls in Problem.__subclasses__()}
        problem = known.get(error.status_code, BadRequest)()
        problem.headers |= dict(error.headers or {})
        return _answer(request, problem)

    @app.exception_handler(DBAPIError)
    async def on_database(request: Request, error: DBAPIError) -> JSONResponse:
        known = isinstance(error, InterfaceError | OperationalError)
        away = str(getattr(error.orig, "sqlstate", "")).startswith(_COME_BACK)
        if error.connection_invalidated or known or away:
            return _answer(request, Unavailable())
        raise error

    @app.exception_handler(OSError)
    async def on_unreachable(request: Request, _error: Exception) -> JSONResponse:
        # asyncpg reports a database that cannot be reached as a plain OSError.
        return _answer(request, Unavailable())

    for away in _AWAY:
        app.add_exception_handler(away, on_unreachable)

    @app.exception_handler(Exception)
    async def on_unexpected(request: Request, _error: Exception) -> JSONResponse:
        return _answer(request, Problem())


def _answer(request: Request, problem: Problem) -> JSONResponse:
    request_id = request.scope.get("state", {}).get("request_id", "")
    return JSONResponse(
        _body(
            problem.status,
            problem.code,
            problem.title,
            problem.detail,
            request_id,
            [error.model_dump() for error in problem.errors],
        ),
        status_code=problem.status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


def _body(
    status: int,
    code: str,
    title: str,
    detail: str,
    request_id: str,
    errors: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    return {
        "type": f"urn:secondstory:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
        "errors": errors or [],
    }


def _pointer(location: tuple[str | int, ...]) -> str:
    """Turn FastAPI's location into a JSON Pointer (RFC 6901), or `query:name` outside the body."""
    where, *path = location
    if where == "body":
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return ":".join(str(step) for step in location)
