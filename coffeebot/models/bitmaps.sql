-- The bit strings that a statement asks for: tables of a WITH that has `rate` already. `m` is one row with an array of them; /*further*/ is replaced by
-- more of them, and what stands between /*[x*/ and /*x]*/ is left out when nobody asks for x.
none AS MATERIALIZED (
    SELECT bits FROM bitmap WHERE facet = 'none'
),
/*[budget*/
-- In the bands of the limits, where dearer bags are within them, and where bags are in several currencies, each coffee is looked at.
-- In dollars per 100 g and not rounded: 340 g at exactly the limit are within it.
doubtful AS MATERIALIZED (
    SELECT
        c.place,
        CASE
            WHEN c.lowest * c.dollars > :highest OR c.highest * c.dollars < :lowest THEN false
            WHEN c.lowest * c.dollars >= :lowest OR c.highest * c.dollars <= :highest THEN true
            ELSE (
                SELECT bool_or(o.amount_minor * rate.dollars * 100 / o.grams::float8 BETWEEN :lowest AND :highest)
                FROM offer AS o JOIN rate USING (currency) WHERE o.coffee_id = c.coffee_id
            )
        END AS within
    FROM (
        SELECT c.*, dollars FROM rate JOIN shelf AS c USING (currency)
        WHERE c.band IN (price_band(:lowest / dollars), price_band(:highest / dollars))
        UNION ALL
        SELECT c.*, dollars FROM rate JOIN shelf AS c USING (currency)
        WHERE c.band < price_band(:lowest / dollars) AND c.highest * dollars >= :lowest
        UNION ALL
        SELECT c.*, NULL FROM shelf AS c WHERE c.currency = ''
    ) AS c
),
/*budget]*/
m AS MATERIALIZED (
    SELECT array_agg(bits ORDER BY n) AS b
    FROM (
        SELECT n, bit_or(bits) AS bits
        FROM (
            SELECT n, bits FROM generate_series(1, (:b_most)::integer) AS n CROSS JOIN none -- so that no bit string is null
            UNION ALL
            SELECT n, bits
            FROM unnest((:b_numbers)::integer[], (:b_facets)::text[], (:b_values)::text[]) AS named (n, facet, value)
            JOIN bitmap USING (facet, value)
            /*[like*/
            UNION ALL
            -- the plain search comes first, since it spares most values the pattern
            SELECT n, bits
            FROM unnest((:l_numbers)::integer[], (:l_facets)::text[], (:l_stems)::text[], (:l_patterns)::text[])
                AS alike (n, facet, stem, pattern)
            JOIN bitmap USING (facet)
            WHERE value LIKE stem AND value ~ pattern
            /*like]*/
            /*further*/
        ) AS asked
        GROUP BY n
    ) AS joined
)
