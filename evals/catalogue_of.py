"""A catalogue of any size: real coffees first, then copies of them under the names of other lots."""

import sqlalchemy as sa

from coffeebot.models.database import Database

_COPY = """
WITH copied AS (
    INSERT INTO coffee (
        id, external_id, slug, name, name_key, roaster_id, sample, description, origins, regions, farm, producer, altitude_min,
        altitude_max, processes, varieties, roast, families, notes, flags, blend, decaf, acidity, body, sweetness, score, image,
        evidence, search_document, embedding, embedded_by, content_hash, created_at, updated_at
    )
    SELECT
        gen_random_uuid(), external_id || :mark, slug || :mark, name || ' Lot ' || :lot, name_key || ' lot ' || :lot, roaster_id, sample,
        description, origins, regions, farm, producer, altitude_min, altitude_max, processes, varieties, roast, families, notes, flags,
        blend, decaf, acidity, body, sweetness, score, image, evidence, search_document, embedding, embedded_by, content_hash,
        created_at, updated_at
    FROM coffee WHERE id IN (SELECT id FROM original ORDER BY id LIMIT :most)
    RETURNING id, external_id, roaster_id
)
INSERT INTO offer (id, coffee_id, grams, grind, amount_minor, currency, per_100g_minor, in_stock, url, seen_at)
SELECT gen_random_uuid(), copied.id, o.grams, o.grind, o.amount_minor, o.currency, o.per_100g_minor, o.in_stock, o.url, o.seen_at
FROM copied
JOIN coffee AS c ON c.roaster_id = copied.roaster_id AND c.external_id || :mark = copied.external_id
JOIN offer AS o ON o.coffee_id = c.id
"""


async def grow(database: Database, size: int) -> int:
    """Copies what is in the catalogue until it holds `size` coffees; returns how many of them are copies."""
    async with database.engine.connect() as connection:
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(sa.text("CREATE TEMP TABLE original AS SELECT id FROM coffee WHERE withdrawn_at IS NULL"))
        real = int((await connection.execute(sa.text("SELECT count(*) FROM original"))).scalar_one())
        lot = 1
        while real and (missing := size - real * lot) > 0:
            lot += 1
            await connection.execute(sa.text(_COPY), {"mark": f"-lot-{lot}", "lot": str(lot), "most": min(missing, real)})
        await connection.execute(sa.text("DROP TABLE original"))
        await connection.execute(sa.text("VACUUM ANALYZE"))
    return max(0, size - real) if real else 0
