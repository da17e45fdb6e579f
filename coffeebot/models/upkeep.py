"""The SQL of the upkeep: coffees without a vector, events too old to keep."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.coffee import Coffee
from coffeebot.models.event import Event


async def without_vector(session: AsyncSession, model: str, *, limit: int) -> dict[UUID, str]:
    """Search documents, by coffee, that `model` has not embedded yet."""
    missing = col(Coffee.embedding).is_(None) | col(Coffee.embedded_by).is_distinct_from(model)
    statement = sa.select(col(Coffee.id), col(Coffee.search_document)).where(missing, col(Coffee.search_document) != "")
    found = await session.execute(statement.order_by(col(Coffee.id)).limit(limit))
    return dict(found.tuples().all())


async def save_vector(session: AsyncSession, coffee_id: UUID, vector: Sequence[float], *, document: str, embedded_by: str) -> None:
    """Unless an import has rewritten the document in the meantime: then it has a vector of its own."""
    same = (col(Coffee.id) == coffee_id, col(Coffee.search_document) == document)
    await session.execute(sa.update(Coffee).where(*same).values(embedding=list(vector), embedded_by=embedded_by))


async def delete_events(session: AsyncSession, *, before: datetime) -> int:
    deleted = await session.execute(sa.delete(Event).where(col(Event.at) < before).returning(col(Event.id)))
    return len(deleted.all())
