"""The other yardstick: nothing but pgvector, the ten nearest by an HNSW index of their own."""

import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from tqdm import tqdm

from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder

_PREPARE = (
    "DROP TABLE IF EXISTS plain",
    "CREATE TABLE plain AS SELECT external_id AS id, embedding FROM coffee",
    "SET LOCAL maintenance_work_mem = '1GB'",
    "CREATE INDEX ON plain USING hnsw (embedding vector_cosine_ops)",
    "ANALYZE plain",
)
_SEARCH = "SELECT id FROM plain ORDER BY embedding <=> cast(:embedding AS vector) LIMIT 10"


class Plain:
    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder

    async def prepare(self) -> None:
        async with self._database.session() as session:
            for statement in _PREPARE:
                await session.execute(sa.text(statement))

    async def latencies(self, queries: Sequence[dict[str, Any]]) -> list[float]:
        """Seconds for each question, embedding included."""
        seconds: list[float] = []
        for query in tqdm(queries, desc="plain pgvector"):
            began = time.perf_counter()
            embedding = (await self._embedder.embed([query["text"]]))[0]
            async with self._database.session() as session:
                (await session.execute(sa.text(_SEARCH), {"embedding": str(embedding)})).all()
            seconds.append(time.perf_counter() - began)
        return seconds
