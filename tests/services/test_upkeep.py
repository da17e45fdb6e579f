"""Upkeep on a real catalogue: missing vectors come back, old events go, and nothing else is touched."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.models import Coffee, Event
from coffeebot.models.base import now
from coffeebot.models.upkeep import save_vector
from coffeebot.services.upkeep import embed_missing, prune_events
from coffeebot.wiring import Services


async def test_missing_and_foreign_vectors_are_made(starter_services: Services) -> None:
    database, embedder = starter_services.database, starter_services.embedder
    assert await embed_missing(database, embedder) == 0
    async with database.session() as session:
        first, second = (await session.scalars(sa.select(col(Coffee.id)).order_by(col(Coffee.slug)).limit(2))).all()
        before = list(await session.scalar(sa.select(col(Coffee.embedding)).where(col(Coffee.id) == first)))
        await session.execute(sa.update(Coffee).where(col(Coffee.id) == first).values(embedding=None, embedded_by=None))
        await session.execute(sa.update(Coffee).where(col(Coffee.id) == second).values(embedded_by="another model"))
    assert await embed_missing(database, embedder) == 2
    async with database.session() as session:
        after = list(await session.scalar(sa.select(col(Coffee.embedding)).where(col(Coffee.id) == first)))
        models = set((await session.scalars(sa.select(col(Coffee.embedded_by)).where(col(Coffee.id).in_([first, second])))).all())
    assert models == {embedder.name}
    assert sum(a * b for a, b in zip(before, after, strict=True)) > 0.999, "the same document has the same vector"


async def test_a_vector_of_a_rewritten_document_is_dropped(starter_services: Services) -> None:
    async with starter_services.database.session() as session:
        coffee = (await session.scalars(sa.select(Coffee).order_by(col(Coffee.slug)).limit(1))).one()
        await save_vector(session, coffee.id, [0.0] * 384, document="what it said before", embedded_by="test")
        await session.refresh(coffee)
        assert coffee.embedded_by == starter_services.embedder.name


async def test_only_events_older_than_told_are_deleted(starter_services: Services) -> None:
    old, fresh = (Event(kind="shown", at=now() - timedelta(days=days)) for days in (11, 9))
    keys = (old.id, fresh.id)
    async with starter_services.database.session() as session:
        session.add_all([old, fresh])
    assert await prune_events(starter_services.database, days=10) == 1
    async with starter_services.database.session() as session:
        left = (await session.scalars(sa.select(col(Event.id)).where(col(Event.id).in_(keys)))).all()
        assert list(left) == [keys[1]]
        await session.execute(sa.delete(Event).where(col(Event.id).in_(keys)))
