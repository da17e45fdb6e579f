"""What every table shares: one metadata with predictable constraint names, UUID keys and UTC timestamps."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, DateTime, Text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata


def now() -> datetime:
    return datetime.now(UTC)


def key() -> Any:
    """A random UUID primary key."""
    return Field(default_factory=uuid4, primary_key=True)


def timestamp(**options: Any) -> Any:
    """A moment in UTC, the present unless given."""
    return Field(default_factory=now, sa_type=DateTime(timezone=True), **options)


def words() -> Any:
    """A text array, empty when nothing is known."""
    return Field(default_factory=list, sa_type=ARRAY(Text), nullable=False)


__all__ = ["UUID", "SQLModel", "key", "metadata", "now", "timestamp", "words"]
