"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config

_BACKEND = Path(__file__).parents[1]


def migration_config(database_url: str) -> Config:
    """Return the configuration alembic needs for one database."""
    config = Config()
    config.set_main_option("script_location", str(_BACKEND / "migrations"))
    config.attributes["database_url"] = database_url
    return config


def migrate(database_url: str) -> None:
    """Apply every migration that is missing. Processes that do it at once wait for each other."""
    command.upgrade(migration_config(database_url), "head")
