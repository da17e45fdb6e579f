-- All that ranks and counts the coffees of a request; candidates.sql reads those that are chosen. The comments in /* */ are replaced by conditions and joins;
-- what stands between /*[x*/ and /*x]*/ is left out when nobody asks for x: planning takes as long as looking does.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
),
/*[named*/
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
            WHERE withdrawn_at IS NULL AND cast(:named AS text) <% name_key -- from 0.4 on, see database.py
            ORDER BY word_similarity(:named, name_key) DESC LIMIT 30
        ) AS near
    ) AS words
    WHERE spelt >= :close
    ORDER BY likeness DESC
    LIMIT 5
),
/*named]*/
pool AS MATERIALIZED (
    -- those that keep every must, and those of which nobody knows
    SELECT
        c.coffee_id AS id, c.kept OR /*likeness*/ IS NOT NULL AS fits, c.kept IS NULL AS unsure, c.failing,
        c.families, c.roast, c.processes, c.origins, c.decaf,
        :centre_weight * (/*centre*/)::float8 + :wish_weight * (/*wishes*/)::float8 + 0.0004::float8 * coalesce(c.score - 85, 0)
            + 2 * coalesce(/*likeness*/, 0) AS merit,
        CASE WHEN c.currency <> '' THEN c.lowest * price.dollars ELSE (
            SELECT min(o.amount_minor * rate.dollars * 100 / o.grams::float8)
            FROM offer AS o JOIN rate USING (currency) WHERE o.coffee_id = c.coffee_id AND c.currency = '' -- several
        ) END AS dollars -- per 100 g
    FROM (
        SELECT c.*, /*kept*/ AS kept, /*failing*/ AS failing FROM shelf AS c /*rate*/ OFFSET 0 -- each condition is asked once
    ) AS c
    LEFT JOIN rate AS price ON price.currency = c.currency
    /*joins*/
    WHERE (c.kept IS NOT FALSE /*[named*/ OR named.likeness IS NOT NULL /*named]*/)
        /*[hidden*/ AND c.coffee_id <> ALL (cast(:hidden AS uuid[])) /*hidden]*/
),
sizes AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE fits) AS fitting, count(*) FILTER (WHERE unsure) AS unsure FROM pool
),
offered AS NOT MATERIALIZED (
    SELECT id, failing, merit, dollars FROM pool WHERE fits AND id <> ALL (cast(:exclude AS uuid[]))
),
/*[vectors*/
many AS MATERIALIZED (
    SELECT fitting > (SELECT 0.1 * reltuples FROM pg_class WHERE oid = 'coffee_vector'::regclass) AS so FROM sizes
),
distances AS (
    -- a look-up for each coffee is cheaper than reading every vector, until there are many
    SELECT id, vector.embedding <=> cast(:embedding AS halfvec) AS distance
    FROM offered CROSS JOIN LATERAL (SELECT embedding FROM coffee_vector WHERE coffee_id = offered.id OFFSET 0) AS vector
    WHERE NOT (SELECT so FROM many)
    UNION ALL
    SELECT id, vector.embedding <=> cast(:embedding AS halfvec)
    FROM offered JOIN coffee_vector AS vector ON vector.coffee_id = offered.id
    WHERE (SELECT so FROM many)
),
by_vector AS (
    -- what comes later adds next to nothing
    SELECT id, row_number() OVER (ORDER BY distance, id) AS place
    FROM (SELECT id, distance FROM distances ORDER BY distance, id LIMIT :near) AS nearest
),
/*vectors]*/
/*[words*/
uncommon AS MATERIALIZED (
    SELECT uncommon(:words) AS words
),
spoken AS MATERIALIZED (
    SELECT id, ts_rank_cd(document, (SELECT words FROM uncommon), 1) AS rank FROM coffee WHERE document @@ (SELECT words FROM uncommon)
),
by_text AS (
    SELECT id, row_number() OVER (ORDER BY rank DESC, id) AS place FROM spoken JOIN offered USING (id)
),
/*words]*/
scored AS (
    SELECT
        id, failing, dollars, merit
            /*[vectors*/ + coalesce(1.0::float8 / (60 + by_vector.place), 0) /*vectors]*/
            /*[words*/ + coalesce(1.0::float8 / (60 + by_text.place), 0) /*words]*/ AS relevance
    FROM offered
    /*[vectors*/ LEFT JOIN by_vector USING (id) /*vectors]*/
    /*[words*/ LEFT JOIN by_text USING (id) /*words]*/
),
best AS MATERIALIZED (
    SELECT id, failing, dollars, relevance
    FROM /*[best*/ scored /*best]*/
        /*[opens*/ (SELECT DISTINCT ON (failing) * FROM scored ORDER BY failing, relevance DESC, id) AS first /*opens]*/
    ORDER BY relevance DESC, id
    LIMIT :most
),
/*[counted*/
counted AS (
    /*[counting*/
    -- coffees with the same list are counted before the list is taken apart
    SELECT facet, value, sum(n) AS n
    FROM (
        SELECT families, processes, origins, roast, decaf, bag, count(*) AS n
        FROM (
            SELECT
                families, processes, origins, roast, nullif(decaf, false) AS decaf,
                ceil(dollars * 3.4019 / 1.001)::integer AS bag -- with the grace of conditions.py
            FROM pool
            WHERE fits
        ) AS facts
        GROUP BY GROUPING SETS (families, processes, origins, roast, decaf, bag)
    ) AS alike
    LEFT JOIN LATERAL (SELECT words FROM word_list WHERE id = coalesce(families, processes, origins) OFFSET 0) AS list ON true
    CROSS JOIN LATERAL (
        SELECT 'flavour' AS facet, unnest(words) AS value WHERE families IS NOT NULL
        UNION ALL SELECT 'origin', unnest(words) WHERE origins IS NOT NULL
        UNION ALL SELECT 'process', word FROM unnest(words) AS word
        -- of several processes nobody knows which is meant; anaerobic goes with any of them
        WHERE processes IS NOT NULL AND (word = 'anaerobic' OR cardinality(array_remove(words, 'anaerobic')) = 1)
        UNION ALL SELECT 'roast', roast WHERE roast IS NOT NULL
        UNION ALL SELECT 'decaf', 'decaf' WHERE decaf
        UNION ALL SELECT 'bag', bag::text WHERE bag IS NOT NULL
    ) AS each_
    GROUP BY facet, value
    /*counting]*/
    /*[opens*/
    SELECT 'opens' AS facet, failing::text AS value, count(*) AS n FROM pool WHERE fits GROUP BY failing
    /*opens]*/
),
/*counted]*/
totals AS (
    SELECT
        fitting, unsure,
        jsonb_build_object() /*[counted*/ || coalesce((
            SELECT jsonb_object_agg(facet, shares)
            FROM (SELECT facet, jsonb_object_agg(value, n) AS shares FROM counted GROUP BY facet) AS facets
        ), '{}') /*counted]*/ AS facets
    FROM sizes
)
SELECT
    totals.fitting, totals.unsure,
    CASE WHEN row_number() OVER (ORDER BY best.relevance DESC NULLS LAST, c.id) = 1 THEN totals.facets END AS facets, -- once is enough
    best.failing, c.id, c.name, c.roaster_id AS roaster, c.origins, c.processes, c.families, c.roast,
    best.dollars, best.relevance
FROM totals
LEFT JOIN best ON true
LEFT JOIN coffee AS c ON c.id = best.id
ORDER BY best.relevance DESC NULLS LAST, c.id
