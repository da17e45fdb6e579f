-- One coffee held against conditions, one column each. The comments in /* */ are replaced by them and by the bit strings they read.
WITH rate AS (
    SELECT * FROM unnest(cast(:currencies AS text[]), cast(:dollars_per_minor AS float8[])) AS rate (currency, dollars)
),
/*bitmaps*/
SELECT /*conditions*/
FROM shelf AS c CROSS JOIN m
WHERE c.coffee_id = :coffee
