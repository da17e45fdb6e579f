"""The yardstick: the hybrid search of Azure-Samples/rag-postgres-openai-python, written anew for our rows and embedder.

Top 20 by vector distance and top 20 by ts_rank_cd over plainto_tsquery of the descriptions, joined by reciprocal rank
fusion with k = 60. It filters nothing.
"""

import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from tqdm import tqdm

from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder

_PREPARE = (
    "CREATE TABLE peer AS SELECT external_id AS id, name || E'\\n' || description AS words, NULL::vector(384) AS embedding FROM coffee",
    "ALTER TABLE peer ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('english', words)) STORED",
    "CREATE INDEX ON peer USING gin (document)",
)
_COPY = ("UPDATE peer SET embedding = coffee.embedding FROM coffee WHERE coffee.external_id = peer.id", "ANALYZE peer")
_SEARCH = """
WITH vector_search AS (
    SELECT id, rank() OVER (ORDER BY embedding <=> cast(:embedding AS vector)) AS place
    FROM peer ORDER BY embedding <=> cast(:embedding AS vector) LIMIT 20
),
fulltext_search AS (
    SELECT id, rank() OVER (ORDER BY ts_rank_cd(document, query) DESC) AS place
    FROM peer, plainto_tsquery('english', :text) AS query
    WHERE document @@ query ORDER BY ts_rank_cd(document, query) DESC LIMIT 20
)
SELECT coalesce(vector_search.id, fulltext_search.id) AS id
FROM vector_search FULL OUTER JOIN fulltext_search ON vector_search.id = fulltext_search.id
ORDER BY coalesce(1.0 / (60 + vector_search.place), 0) + coalesce(1.0 / (60 + fulltext_search.place), 0) DESC
LIMIT 20
"""


class Peer:
    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder

    async def answers(self, queries: Sequence[dict[str, Any]]) -> tuple[dict[str, list[str]], list[float]]:
        """Rankings by qid, and seconds for each question, embedding included."""
        await self._prepare()
        return await self._answer(queries)

    async def answers_by_our_vectors(self, queries: Sequence[dict[str, Any]]) -> tuple[dict[str, list[str]], list[float]]:
        """The same over the catalogue's own vectors: to make others of as many coffees takes hours, and no search longer."""
        async with self._database.session() as session:
            for statement in ("DROP TABLE IF EXISTS peer", *_PREPARE, *_COPY):
                await session.execute(sa.text(statement))
        return await self._answer(queries)

    async def _answer(self, queries: Sequence[dict[str, Any]]) -> tuple[dict[str, list[str]], list[float]]:
        rankings: dict[str, list[str]] = {}
        latencies: list[float] = []
        for query in tqdm(queries, desc="peer"):
            began = time.perf_counter()
            rankings[query["qid"]] = await self._search(query["text"])
            latencies.append(time.perf_counter() - began)
        return rankings, latencies

    async def _prepare(self) -> None:
        async with self._database.session() as session:
            for statement in _PREPARE:
                await session.execute(sa.text(statement))
            rows = (await session.execute(sa.text("SELECT id, words FROM peer"))).all()
        vectors = await self._embedder.embed([row.words for row in rows])
        async with self._database.session() as session:
            values = [{"id": row.id, "embedding": str(vector)} for row, vector in zip(rows, vectors, strict=True)]
            await session.execute(sa.text("UPDATE peer SET embedding = cast(:embedding AS vector) WHERE id = :id"), values)
            await session.execute(sa.text("ANALYZE peer"))

    async def _search(self, text: str) -> list[str]:
        embedding = (await self._embedder.embed([text]))[0]
        async with self._database.session() as session:
            found = await session.execute(sa.text(_SEARCH), {"embedding": str(embedding), "text": text})
            return list(found.scalars())
