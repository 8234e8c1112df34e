"""Column conventions of every table: UUIDv7 keys, aware UTC times, enums as text with a CHECK."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import DateTime, Enum
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# The type of every instant we store.
Instant = DateTime(timezone=True)


def new_id() -> UUID:
    """Return a UUIDv7: made here, sortable by creation."""
    return uuid_utils.compat.uuid7()


def enum_type(enum: type[StrEnum]) -> TypeEngine[Any]:
    """Store a StrEnum as text guarded by a CHECK; native enums are hard to change later."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def first_id_at(moment: datetime) -> UUID:
    """Return what sorts before every `new_id` made since a moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
