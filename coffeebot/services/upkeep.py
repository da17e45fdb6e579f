"""What keeps the shelf in order between imports: vectors that are missing, events that are too old."""

from datetime import timedelta

from coffeebot.models import upkeep
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder

BATCH = 64  # coffees in one transaction


async def embed_missing(database: Database, embedder: Embedder) -> int:
    """How many coffees got a vector of this embedder; interrupted, it goes on where it stopped."""
    done = 0
    while True:
        async with database.session() as session:
            documents = await upkeep.without_vector(session, embedder.name, limit=BATCH)
        if not documents:
            return done
        vectors = await embedder.embed(list(documents.values()))
        async with database.session() as session:
            for (coffee_id, document), vector in zip(documents.items(), vectors, strict=True):
                await upkeep.save_vector(session, coffee_id, vector, document=document, embedded_by=embedder.name)
        done += len(documents)


async def prune_events(database: Database, *, days: int) -> int:
    """How many events older than `days` days were deleted."""
    async with database.session() as session:
        return await upkeep.delete_events(session, before=now() - timedelta(days=days))
