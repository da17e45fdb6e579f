-- The coffees of some ids with all that a card needs, each with the offer that suits it best: one within the ends of the budget first.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
)
SELECT
    c.id, c.external_id, c.slug, c.name, r.name AS roaster, r.country AS roaster_country, c.origins, c.regions, c.processes, c.varieties,
    c.roast, c.families, c.notes, c.flags, c.acidity, c.body, c.sweetness, c.decaf, c.score, c.image, c.sample,
    o.id AS offer_id, o.grams, o.amount_minor, o.currency, coalesce(o.in_stock, false) AS in_stock, o.url, o.seen_at,
    o.per_100g_minor AS price_per_100g_minor, asked.relevance, c.altitude_min, c.altitude_max,
    left(c.description, 600) AS about
FROM unnest(cast(:ids AS uuid[]), cast(:relevance AS float8[])) WITH ORDINALITY AS asked (id, relevance, place)
JOIN coffee AS c USING (id)
JOIN roaster AS r ON r.id = c.roaster_id
LEFT JOIN LATERAL (
    SELECT offer.*
    FROM offer LEFT JOIN rate USING (currency)
    WHERE offer.coffee_id = c.id
    ORDER BY
        coalesce(offer.amount_minor * rate.dollars * 100 / offer.grams::float8 BETWEEN :lowest AND :highest, false) DESC,
        offer.in_stock DESC, greatest(250 - offer.grams, offer.grams - 341, 0), offer.amount_minor * rate.dollars
    LIMIT 1
) AS o ON true
WHERE c.withdrawn_at IS NULL
ORDER BY asked.place
