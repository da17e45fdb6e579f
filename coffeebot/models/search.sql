-- All that ranks and counts the coffees of a request; candidates.sql reads those that are chosen. The comments in /* */ are replaced by conditions and joins;
-- what stands between /*[x*/ and /*x]*/ is left out when nobody asks for x: planning takes as long as looking does.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
),
/*[named*/
named AS MATERIALIZED (
    -- word by word, because one misspelt word of three still names the coffee
    SELECT shelf.place, spelt + 0.1 * greatest(similarity(:named, name_key), similarity(:named, lower(name))) AS likeness
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
    JOIN shelf ON shelf.coffee_id = words.id
    WHERE spelt >= :close
    ORDER BY likeness DESC
    LIMIT 5
),
/*named]*/
/*bitmaps*/,
held AS MATERIALIZED (
    SELECT fits, possible & ~fits AS unsure, fits /*[excluding*/ & ~/*excluded*/ /*excluding]*/ AS offered /*columns*/
    FROM m CROSS JOIN LATERAL (
        SELECT
            (/*fits*/ /*[named*/ | coalesce((SELECT bit_or(set_bit(bits, place, 1)) FROM named CROSS JOIN none), (SELECT bits FROM none)) /*named]*/)
                /*[hiding*/ & ~/*hidden*/ /*hiding]*/ AS fits,
            (/*possible*/) /*[hiding*/ & ~/*hidden*/ /*hiding]*/ AS possible
        OFFSET 0 -- each is worked out once
    ) AS kept
),
pool AS MATERIALIZED (
    SELECT
        c.place, c.coffee_id AS id, /*failing*/ AS failing,
        :centre_weight * (/*centre*/)::float8 + :wish_weight * (/*wishes*/)::float8 + 0.0004::float8 * coalesce(c.score - 85, 0)
            /*[named*/ + 2 * coalesce(named.likeness, 0) /*named]*/ AS merit,
        CASE WHEN c.currency <> '' THEN c.lowest * price.dollars ELSE (
            SELECT min(o.amount_minor * rate.dollars * 100 / o.grams::float8)
            FROM offer AS o JOIN rate USING (currency) WHERE o.coffee_id = c.coffee_id AND c.currency = '' -- several
        ) END AS dollars -- per 100 g
    FROM held
    JOIN shelf AS c ON get_bit(held.fits, c.place) = 1
    LEFT JOIN rate AS price ON price.currency = c.currency
    /*[named*/ LEFT JOIN named USING (place) /*named]*/
),
sizes AS MATERIALIZED (
    SELECT bit_count(fits) AS fitting, bit_count(unsure) AS unsure, 10 * bit_count(fits) > length(fits) AS many FROM held
),
offered AS NOT MATERIALIZED (
    SELECT place, id, failing, merit, dollars FROM pool /*[excluding*/ CROSS JOIN held WHERE get_bit(held.offered, place) = 1 /*excluding]*/
),
/*[vectors*/
distances AS (
    -- a look-up for each coffee is cheaper than reading every vector, until there are many
    SELECT place, vector.embedding <=> cast(:embedding AS halfvec) AS distance
    FROM offered CROSS JOIN LATERAL (SELECT embedding FROM coffee_vector WHERE coffee_vector.place = offered.place OFFSET 0) AS vector
    WHERE NOT (SELECT many FROM sizes)
    UNION ALL
    SELECT place, vector.embedding <=> cast(:embedding AS halfvec)
    FROM held JOIN coffee_vector AS vector ON get_bit(held.offered, vector.place) = 1
    WHERE (SELECT many FROM sizes)
),
by_vector AS (
    -- what comes later adds next to nothing
    SELECT place, row_number() OVER (ORDER BY distance, place) AS rank
    FROM (SELECT place, distance FROM distances ORDER BY distance, place LIMIT :near) AS nearest
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
    SELECT place, row_number() OVER (ORDER BY spoken.rank DESC, id) AS rank FROM spoken JOIN offered USING (id)
),
/*words]*/
scored AS (
    SELECT
        id, failing, dollars, merit
            /*[vectors*/ + coalesce(1.0::float8 / (60 + by_vector.rank), 0) /*vectors]*/
            /*[words*/ + coalesce(1.0::float8 / (60 + by_text.rank), 0) /*words]*/ AS relevance
    FROM offered
    /*[vectors*/ LEFT JOIN by_vector USING (place) /*vectors]*/
    /*[words*/ LEFT JOIN by_text USING (place) /*words]*/
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
    SELECT CASE facet WHEN 'sole process' THEN 'process' ELSE facet END AS facet, value, bit_count(bits & held.fits) AS n
    FROM bitmap CROSS JOIN held
    WHERE facet IN ('flavour', 'origin', 'sole process', 'roast', 'decaf') AND value NOT IN ('', 'caffeine')
    UNION ALL
    SELECT 'bag', ceil(dollars * 3.4019 / 1.001)::text, count(*) -- with the grace of conditions.py
    FROM pool
    WHERE dollars IS NOT NULL
    GROUP BY 2
    /*counting]*/
    /*[opens*/
    SELECT 'opens' AS facet, failing::text AS value, count(*) AS n FROM pool GROUP BY failing
    /*opens]*/
),
/*counted]*/
totals AS (
    SELECT
        fitting, unsure,
        jsonb_build_object() /*[counted*/ || coalesce((
            SELECT jsonb_object_agg(facet, shares)
            FROM (SELECT facet, jsonb_object_agg(value, n) AS shares FROM counted WHERE n > 0 GROUP BY facet) AS facets
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
