-- Everything one request for coffees needs, in one statement. The comments in /* */ are replaced by conditions and joins.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
),
price AS (
    -- in dollars per 100 g, not rounded: a 340 g bag at exactly the limit is within it
    SELECT coffee_id, bool_or(dollars BETWEEN :lowest AND :highest) AS within
    FROM (SELECT o.coffee_id, o.amount_minor * rate.dollars * 100 / o.grams::float8 AS dollars FROM offer AS o JOIN rate USING (currency)) AS priced
    GROUP BY coffee_id
),
named AS MATERIALIZED (
    -- word by word, because one misspelt word of three still names the coffee
    SELECT id, spelt + 0.1 * greatest(similarity(:named, name_key), similarity(:named, lower(name))) AS likeness
    FROM (
        SELECT
            near.*,
            (
                SELECT avg(best)
                FROM (
                    SELECT max(similarity(asked, has)) AS best
                    FROM unnest(string_to_array(:named, ' ')) AS asked, unnest(string_to_array(near.name_key, ' ')) AS has
                    GROUP BY asked
                ) AS words
            ) AS spelt
        FROM (
            SELECT id, name, name_key FROM coffee
            WHERE :named <> '' AND withdrawn_at IS NULL AND word_similarity(:named, name_key) >= 0.4
            ORDER BY word_similarity(:named, name_key) DESC LIMIT 30
        ) AS near
    ) AS words
    WHERE spelt >= :close
    ORDER BY likeness DESC
    LIMIT 5
),
asked AS (
    -- OFFSET 0 makes the conditions be worked out once; AND stops at the first that is false
    SELECT c.*, /*verdict*/
    FROM coffee AS c
    JOIN roaster AS r ON r.id = c.roaster_id
    /*prices*/
    WHERE c.withdrawn_at IS NULL AND c.id <> ALL (cast(:hidden AS uuid[]))
    OFFSET 0
),
judged AS MATERIALIZED (
    SELECT
        c.id, c.kept, c.failing, c.families, c.roast, c.processes, c.origins, c.decaf, c.score, c.document, c.embedding, named.likeness,
        (/*centre*/)::float8 AS centre,
        (/*wishes*/)::float8 AS wishes
    FROM asked AS c LEFT JOIN named USING (id)
    WHERE c.kept IS NOT FALSE OR named.likeness IS NOT NULL
),
pool AS MATERIALIZED (
    SELECT * FROM judged WHERE kept OR likeness IS NOT NULL
),
by_vector AS (
    SELECT id, row_number() OVER (ORDER BY embedding <=> cast(:embedding AS vector)) AS place
    FROM pool
    WHERE cast(:embedding AS vector) IS NOT NULL
),
by_text AS (
    SELECT id, row_number() OVER (ORDER BY ts_rank_cd(document, to_tsquery('english', :words), 1) DESC) AS place
    FROM pool
    WHERE :words <> '' AND document @@ to_tsquery('english', :words)
),
scored AS (
    SELECT
        pool.id, pool.failing,
        coalesce(1.0::float8 / (60 + by_vector.place), 0) + coalesce(1.0::float8 / (60 + by_text.place), 0)
            + :centre_weight * pool.centre + :wish_weight * pool.wishes
            + 0.0004::float8 * coalesce(pool.score - 85, 0) + 2 * coalesce(pool.likeness, 0) AS relevance
    FROM pool LEFT JOIN by_vector USING (id) LEFT JOIN by_text USING (id)
    WHERE pool.id <> ALL (cast(:exclude AS uuid[]))
),
best AS MATERIALIZED (
    SELECT id, failing, relevance
    FROM (SELECT *, row_number() OVER (PARTITION BY failing ORDER BY relevance DESC, id) AS place FROM scored) AS placed
    WHERE place <= :most
    ORDER BY relevance DESC
    LIMIT :rows
),
counted AS (
    -- coffees with the same list are counted before the list is taken apart
    SELECT 'flavour' AS facet, family AS value, sum(n) AS n
    FROM (SELECT families, count(*) AS n FROM pool WHERE :counting GROUP BY families) AS alike, unnest(families) AS family GROUP BY family
    UNION ALL SELECT 'roast', roast, count(*) FROM pool WHERE :counting AND roast IS NOT NULL GROUP BY roast
    UNION ALL SELECT 'process', process, sum(n) -- of several processes nobody knows which is meant; anaerobic goes with any of them
    FROM (SELECT processes, count(*) AS n FROM pool WHERE :counting GROUP BY processes) AS alike, unnest(processes) AS process
    WHERE process = 'anaerobic' OR cardinality(array_remove(processes, 'anaerobic')) = 1
    GROUP BY process
    UNION ALL SELECT 'origin', origin, sum(n)
    FROM (SELECT origins, count(*) AS n FROM pool WHERE :counting GROUP BY origins) AS alike, unnest(origins) AS origin GROUP BY origin
    UNION ALL SELECT 'decaf', 'decaf', count(*) FROM pool WHERE :counting AND decaf HAVING count(*) > 0
    UNION ALL SELECT 'bag', ceil(cheapest * 3.4019 / 1.001)::text, count(*) -- with the grace of conditions.py
    FROM (
        SELECT min(o.amount_minor * rate.dollars * 100 / o.grams::float8) AS cheapest
        FROM pool JOIN offer AS o ON o.coffee_id = pool.id JOIN rate USING (currency)
        WHERE :counting
        GROUP BY pool.id
    ) AS priced
    GROUP BY ceil(cheapest * 3.4019 / 1.001)
    UNION ALL SELECT 'opens', failing::text, count(*) FROM pool WHERE failing IS NOT NULL GROUP BY failing
),
totals AS (
    SELECT
        (SELECT count(*) FROM pool) AS fitting,
        (SELECT count(*) FROM judged WHERE kept IS NULL) AS unsure,
        (
            SELECT jsonb_object_agg(facet, shares)
            FROM (SELECT facet, jsonb_object_agg(value, n) AS shares FROM counted GROUP BY facet) AS facets
        ) AS facets
)
SELECT
    totals.fitting, totals.unsure,
    CASE WHEN row_number() OVER (ORDER BY best.relevance DESC NULLS LAST, c.id) = 1 THEN totals.facets END AS facets, -- once is enough
    best.failing, best.relevance, c.id, c.external_id, c.slug, c.name, r.name AS roaster, r.country AS roaster_country, c.origins, c.regions,
    c.processes, c.varieties, c.roast, c.families, c.notes, c.flags, c.acidity, c.body, c.sweetness, c.decaf, c.score, c.image, c.sample,
    left(c.description, 600) AS about,
    o.id AS offer_id, o.grams, o.amount_minor, o.currency, coalesce(o.in_stock, false) AS in_stock, o.url, o.seen_at,
    o.per_100g_minor AS price_per_100g_minor
FROM totals
LEFT JOIN best ON true
LEFT JOIN coffee AS c ON c.id = best.id
LEFT JOIN roaster AS r ON r.id = c.roaster_id
LEFT JOIN LATERAL (
    SELECT offer.*
    FROM offer LEFT JOIN rate USING (currency)
    WHERE offer.coffee_id = c.id
    ORDER BY
        coalesce(offer.amount_minor * rate.dollars * 100 / offer.grams::float8 BETWEEN :lowest AND :highest, false) DESC,
        offer.in_stock DESC, greatest(250 - offer.grams, offer.grams - 341, 0), offer.amount_minor * rate.dollars
    LIMIT 1
) AS o ON true
ORDER BY best.relevance DESC NULLS LAST, c.id
