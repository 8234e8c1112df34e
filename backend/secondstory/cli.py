"""`secondstory`: serve, migrate, demo, user, token, openapi, senders."""

import argparse
import asyncio
import gc
import getpass
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.sender_page import sender_page
from secondstory.demo.service import load_example
from secondstory.identity.models import Role, Scope
from secondstory.identity.principal import SYSTEM
from secondstory.identity.schemas import TokenCreate, UserCreate
from secondstory.identity.service import add_token, create_user
from secondstory.main import MAX_BODY, create_app
from secondstory.migrate import migrate
from secondstory.platform import logs
from secondstory.platform.database import Database
from secondstory.platform.embedded import embedded_postgres_url
from secondstory.platform.problems import Problem
from secondstory.platform.sockets import PROTOCOL
from secondstory.settings import Settings, session_secret
from secondstory.setup.service import is_setup_needed, new_setup_link

Result = TypeVar("Result")
# How long open sockets and requests get to end when the process is asked to stop.
_PATIENCE_SECONDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit code."""
    options = _parser().parse_args(arguments)
    # Left to itself SIGTERM ends the process on the spot, and the database it started stays behind.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        settings = Settings()
        logs.configure(style=settings.log_style, level=settings.log_level)
        options.run(settings, options)
    except ValidationError as error:
        for item in error.errors():
            print(_sentence(item["loc"], item["msg"]), file=sys.stderr)
        return 2
    except Problem as problem:
        print(problem.detail, file=sys.stderr)
        return 1
    return 0


def app_from_environment() -> FastAPI:
    """Build the app in a process of uvicorn; `serve` put the database into its environment."""
    settings = Settings()
    logs.configure(style=settings.log_style, level=settings.log_level)
    _calm_collector()
    assert settings.database_url is not None  # noqa: S101 - see serve
    return create_app(settings, settings.database_url)


def serve(settings: Settings, options: argparse.Namespace) -> None:
    """Start the database if it is ours, migrate, and serve until told to stop."""
    with _database_url(settings) as url:
        migrate(url)
        link = asyncio.run(_in_transaction(url, lambda session: _first_run(session, settings)))
        print(f"Second Story is at {settings.base_url}", flush=True)
        if link is not None:
            print(f"Set it up here, once: {settings.base_url}/setup#token={link}", flush=True)
        _calm_collector()
        several = options.reload or options.workers > 1
        if several:
            os.environ["SECONDSTORY_DATABASE_URL"] = url
            os.environ["SECONDSTORY_SECRET_KEY"] = session_secret(settings)
        uvicorn.run(
            "secondstory.cli:app_from_environment" if several else create_app(settings, url),
            factory=several,
            host=settings.host,
            port=settings.port,
            reload=options.reload,
            workers=options.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=settings.trusted_proxies != "",
            forwarded_allow_ips=settings.trusted_proxies or None,
            ws=PROTOCOL,
            # Rooms close a frame that is too long themselves, with a code that clients stop on.
            ws_max_size=2 * MAX_BODY,
            # Keystrokes are too short to shrink; a compressor for each socket costs memory.
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )


def migrate_only(settings: Settings, _options: argparse.Namespace) -> None:
    """Bring the database to the newest schema."""
    with _database_url(settings) as url:
        migrate(url)
    print("The database is at the newest schema.")


def demo(settings: Settings, _options: argparse.Namespace) -> None:
    """Load the example incident; a second time changes nothing."""
    incident = _run(settings, lambda session: load_example(session, SYSTEM))
    print(f"The example is {settings.base_url}/i/{incident.key}")


def add_person(settings: Settings, options: argparse.Namespace) -> None:
    """Add a person; the password is asked for, or read from standard input."""
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    new = UserCreate(
        email=options.email, name=options.name, role=options.role, password=SecretStr(password)
    )
    _run(settings, lambda session: create_user(session, new))
    print(f"{options.name} can sign in now.")


def make_token(settings: Settings, options: argparse.Namespace) -> None:
    """Print a new API token that belongs to nobody."""
    new = TokenCreate(
        name=options.name, scopes=options.scopes.split(","), expires_at=options.expires_at
    )

    async def create(session: AsyncSession) -> str:
        _, secret = add_token(session, None, new.name, new.scopes, new.expires_at)
        return secret

    print(_run(settings, create))


def openapi(settings: Settings, _options: argparse.Namespace) -> None:
    """Print the API's specification, its keys sorted so that differences are small."""
    # Nothing is served here, so no secret needs to be made and kept.
    unserved = settings.model_copy(update={"secret_key": SecretStr("")})
    app = create_app(unserved, "postgresql://nowhere/none")
    print(json.dumps(app.openapi(), indent=1, sort_keys=True, ensure_ascii=False))


def senders(_settings: Settings, _options: argparse.Namespace) -> None:
    """Print the page of the documentation that lists all senders of alerts."""
    print(sender_page(), end="")


@contextmanager
def _database_url(settings: Settings) -> Iterator[str]:
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded_postgres_url(settings.data_dir) as url:
        yield url


def _run(settings: Settings, work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    with _database_url(settings) as url:
        migrate(url)
        return asyncio.run(_in_transaction(url, work))


async def _in_transaction(url: str, work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    database = Database(url, pool_size=2)
    try:
        async with database.transaction() as session:
            return await work(session)
    finally:
        await database.close()


async def _first_run(session: AsyncSession, settings: Settings) -> str | None:
    """Make the administrator the settings name; without one, return the set-up link's secret."""
    if settings.admin_email is None or settings.admin_password is None:
        return await new_setup_link(session)
    if await is_setup_needed(session):
        new = UserCreate(
            email=settings.admin_email,
            name=settings.admin_email.partition("@")[0],
            role=Role.ADMIN,
            password=settings.admin_password,
        )
        await create_user(session, new)
    return None


def _calm_collector() -> None:
    """Let the garbage collector pass over what imports made, and look less often at the rest.

    A page of a list is thousands of small objects without cycles; it would look at them each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="secondstory", description="Blameless postmortems.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(
        name: str, run: Callable[[Settings, argparse.Namespace], None]
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__)
        added.set_defaults(run=run)
        return added

    serving = command("serve", serve)
    serving.add_argument("--workers", type=int, default=1, help="API processes")
    serving.add_argument("--reload", action="store_true", help="Restart when code changes")
    command("migrate", migrate_only)
    command("demo", demo)
    command("openapi", openapi)
    command("senders", senders)
    users = commands.add_parser("user", help="People").add_subparsers(required=True)
    person = users.add_parser("create", help=add_person.__doc__)
    person.set_defaults(run=add_person)
    person.add_argument("--email", required=True)
    person.add_argument("--name", required=True)
    person.add_argument("--role", choices=[role.value for role in Role], default="member")
    tokens = commands.add_parser("token", help="API tokens").add_subparsers(required=True)
    token = tokens.add_parser("create", help=make_token.__doc__)
    token.set_defaults(run=make_token)
    token.add_argument("--name", required=True)
    token.add_argument("--scopes", required=True, help=", ".join(Scope) + " (comma between)")
    token.add_argument("--expires-at", help="RFC 3339; default: never")
    return parser


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(step) for step in location)
    return f"{where}: {message}" if where else message


if __name__ == "__main__":
    sys.exit(main())
