-- One coffee held against conditions, one column each. The comment in /* */ is replaced by them.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
)
SELECT /*conditions*/
FROM shelf AS c
LEFT JOIN rate ON rate.currency = c.currency
WHERE c.coffee_id = :coffee
