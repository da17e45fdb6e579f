-- Other lots of the first coffees: a little apart by vector (about 0.98 alike), 30% cheaper to 30% dearer, every seventh or so of the
-- next roast up or down, the origins of half of them turned round.
WITH lot AS MATERIALIZED (
    SELECT
        gen_random_uuid() AS new_id, c.*,
        0.7 + 0.6 * random() AS dearer,
        coalesce(
            roasts.by_degree[array_position(roasts.by_degree, c.roast) + (CASE WHEN random() < 0.3 THEN sign(random() - 0.5) ELSE 0 END)::integer],
            c.roast
        ) AS new_roast,
        (
            SELECT array_agg(origin ORDER BY place * sign(lots.turned - 0.5))
            FROM unnest(c.origins) WITH ORDINALITY AS o (origin, place)
        ) AS new_origins,
        l2_normalize(c.embedding + (
            -- the limit is asked of each vector, so that each gets its own noise
            SELECT array_agg(random_normal(0, 0.01))::vector FROM generate_series(1, vector_dims(c.embedding))
        )) AS new_embedding
    FROM (SELECT id, random() AS turned FROM original ORDER BY id LIMIT :most) AS lots
    JOIN coffee AS c USING (id)
    CROSS JOIN (VALUES (ARRAY['Light', 'Medium-Light', 'Medium', 'Medium-Dark', 'Dark'])) AS roasts (by_degree)
),
copied AS (
    INSERT INTO coffee (
        id, external_id, slug, name, name_key, roaster_id, sample, description, origins, regions, farm, producer, altitude_min,
        altitude_max, processes, varieties, roast, families, notes, flags, blend, decaf, acidity, body, sweetness, score, image,
        evidence, search_document, embedding, embedded_by, content_hash, created_at, updated_at
    )
    SELECT
        new_id, external_id || :mark, slug || :mark, name || ' Lot ' || :lot, name_key || ' lot ' || :lot, roaster_id, sample,
        description, coalesce(new_origins, origins), regions, farm, producer, altitude_min, altitude_max, processes, varieties, new_roast,
        families, notes, flags, blend, decaf, acidity, body, sweetness, score, image, evidence,
        coalesce(replace(search_document, lower(roast) || ' roast', lower(new_roast) || ' roast'), search_document),
        new_embedding, embedded_by, 'lot ' || :lot, created_at, updated_at
    FROM lot
)
INSERT INTO offer (id, coffee_id, grams, grind, amount_minor, currency, per_100g_minor, in_stock, url, seen_at)
SELECT
    gen_random_uuid(), lot.new_id, o.grams, o.grind, ceil(o.amount_minor * lot.dearer), o.currency, ceil(o.per_100g_minor * lot.dearer),
    o.in_stock, o.url, o.seen_at
FROM lot JOIN offer AS o ON o.coffee_id = lot.id
