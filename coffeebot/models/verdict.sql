-- One coffee held against conditions, one column each. The comment in /* */ is replaced by them.
SELECT /*conditions*/
FROM coffee AS c
JOIN roaster AS r ON r.id = c.roaster_id
CROSS JOIN LATERAL (
    SELECT bool_or(o.amount_minor * rate.dollars * 100 / o.grams::float8 BETWEEN :lowest AND :highest) AS within
    FROM offer AS o
    JOIN unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars) USING (currency)
    WHERE o.coffee_id = c.id
) AS p
WHERE c.id = :coffee
