"""One string of bits for each thing that coffees say of themselves, in place of lists of words that each search looks up."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy.dialects.postgresql import BIT

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Steps of a sixty-fourth of the logarithm: 1.6% apart. What lies in the step of a limit is looked at by itself.
_PRICE_BAND = """
CREATE FUNCTION price_band(minor double precision) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor(64 * ln(least(greatest(minor, 0.01), 1e15)))::integer
$$
"""
_PRICES = """
CREATE FUNCTION shelf_price(coffee uuid) RETURNS TABLE (lowest double precision, highest double precision, currency text)
LANGUAGE sql STABLE AS $$
    SELECT
        min(amount_minor * 100 / grams::double precision), max(amount_minor * 100 / grams::double precision),
        CASE WHEN count(DISTINCT currency) > 1 THEN '' ELSE min(currency) END -- empty: in several
    FROM offer
    WHERE coffee_id = coffee
$$
"""
# What some coffees say of themselves. An empty value stands for "says anything about this at all".
_FACTS = """
CREATE FUNCTION shelf_facts(these uuid[]) RETURNS TABLE (coffee_id uuid, facet text, value text, number double precision)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT c.id, fact.facet, left(fact.value, 200), fact.number
    FROM coffee AS c
    CROSS JOIN LATERAL shelf_price(c.id) AS price
    CROSS JOIN LATERAL (
        SELECT list.facet, word, NULL::double precision
        FROM (VALUES ('flavour', c.families), ('origin', c.origins), ('process', c.processes), ('flag', c.flags)) AS list (facet, words)
        CROSS JOIN unnest(array_append(words, CASE WHEN words <> '{}' THEN '' END)) AS word
        UNION ALL
        SELECT list.facet, lower(word), NULL
        FROM (VALUES ('note', c.notes), ('region', c.regions), ('variety', c.varieties)) AS list (facet, words)
        CROSS JOIN unnest(array_append(words, CASE WHEN words <> '{}' THEN '' END)) AS word
        UNION ALL
        SELECT 'flavour ' || place, c.families[place], NULL FROM generate_series(1, 3) AS place
        UNION ALL
        -- of several processes nobody knows which is meant; anaerobic goes with any of them
        SELECT 'sole process', word, NULL FROM unnest(c.processes) AS word
        WHERE word = 'anaerobic' OR cardinality(array_remove(c.processes, 'anaerobic')) = 1
        UNION ALL
        SELECT one.facet, one.value, NULL
        FROM (
            VALUES
                ('shelf', ''), ('roaster', c.roaster_id::text), ('note 1', lower(c.notes[1])),
                ('blend', CASE c.blend WHEN true THEN 'blend' WHEN false THEN 'single_origin' END),
                ('decaf', CASE c.decaf WHEN true THEN 'decaf' WHEN false THEN 'caffeine' END),
                ('roast', c.roast), ('roast', left(c.roast, 0)), ('acidity', c.acidity), ('acidity', left(c.acidity, 0)),
                ('body', c.body), ('body', left(c.body, 0)), ('sweetness', c.sweetness), ('sweetness', left(c.sweetness, 0)),
                ('score', left(c.score::text, 0)), ('price ' || price.currency, left(price.currency, 0))
        ) AS one (facet, value)
        UNION ALL
        SELECT 'score', c.score::text, c.score
        UNION ALL
        SELECT 'price ' || price.currency, price_band(price.lowest)::text, price_band(price.lowest) WHERE price.currency <> ''
    ) AS fact (facet, value, number)
    WHERE c.id = ANY (these) AND c.withdrawn_at IS NULL AND fact.value IS NOT NULL
$$
"""
# A place is given to a coffee when it comes, and is free again when it goes. All strings of bits are of one length.
_SHELVE = """
CREATE FUNCTION shelve(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held bit varying;
    none bit varying;
    missing integer;
    fresh uuid[];
    emptied integer[];
BEGIN
    SELECT bits INTO held FROM bitmap WHERE facet = 'shelf' FOR UPDATE; -- one at a time from here to the end of the transaction

    fresh := ARRAY(
        SELECT c.id FROM coffee AS c
        WHERE c.id = ANY (changed) AND c.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM shelf WHERE coffee_id = c.id)
        ORDER BY c.id
    );
    missing := bit_count(held) + cardinality(fresh) - length(held);
    IF missing > 0 THEN -- room for a fifth more, in whole kilobits
        held := held || repeat('0', 1024 * ((missing + length(held) / 5) / 1024 + 1))::bit varying;
        UPDATE bitmap SET bits = bits || repeat('0', length(held) - length(bits))::bit varying;
    END IF;
    none := repeat('0', length(held))::bit varying;

    INSERT INTO bitmap (facet, value, number, bits)
    SELECT DISTINCT facet, value, fact.number, none
    FROM shelf_facts(changed) AS fact LEFT JOIN bitmap USING (facet, value)
    WHERE bitmap.id IS NULL;

    WITH placed AS (
        SELECT coffee_id, place, keys FROM shelf WHERE coffee_id = ANY (changed)
        UNION ALL
        SELECT new.coffee_id, free.place, '{}'
        FROM unnest(fresh) WITH ORDINALITY AS new (coffee_id, number)
        JOIN (
            SELECT place, row_number() OVER (ORDER BY place) AS number
            FROM generate_series(0, length(held) - 1) AS place
            WHERE get_bit(held, place) = 0
        ) AS free USING (number)
    ),
    said AS MATERIALIZED (
        SELECT coffee_id, array_agg(bitmap.id ORDER BY bitmap.id) AS keys
        FROM shelf_facts(changed) JOIN bitmap USING (facet, value)
        GROUP BY coffee_id
    ),
    told AS MATERIALIZED (
        SELECT coffee_id, place, placed.keys AS before, coalesce(said.keys, '{}') AS after FROM placed LEFT JOIN said USING (coffee_id)
    ),
    noted AS (
        INSERT INTO shelf (place, coffee_id, score, origins, processes, band, lowest, highest, currency, keys)
        SELECT
            place, coffee_id, c.score, cardinality(c.origins), cardinality(c.processes), price_band(price.lowest), price.lowest,
            price.highest, price.currency, after
        FROM told JOIN coffee AS c ON c.id = coffee_id CROSS JOIN LATERAL shelf_price(c.id) AS price
        WHERE c.withdrawn_at IS NULL
        ON CONFLICT (place) DO UPDATE SET
            score = excluded.score, origins = excluded.origins, processes = excluded.processes, band = excluded.band,
            lowest = excluded.lowest, highest = excluded.highest, currency = excluded.currency, keys = excluded.keys
        WHERE shelf IS DISTINCT FROM excluded
    ),
    moved AS (
        SELECT key, place, true AS gained FROM told CROSS JOIN unnest(after) AS key WHERE key <> ALL (before)
        UNION ALL
        SELECT key, place, false FROM told CROSS JOIN unnest(before) AS key WHERE key <> ALL (after)
    ),
    masks AS (
        SELECT
            key, coalesce(bit_or(set_bit(none, place, 1)) FILTER (WHERE gained), none) AS gained,
            coalesce(bit_or(set_bit(none, place, 1)) FILTER (WHERE NOT gained), none) AS lost
        FROM moved
        GROUP BY key
    ),
    marked AS (
        UPDATE bitmap SET bits = (bits | gained) & ~lost FROM masks WHERE bitmap.id = masks.key
        RETURNING bitmap.id, bitmap.facet, bitmap.bits
    )
    SELECT array_agg(id) FILTER (WHERE bit_count(bits) = 0 AND facet <> 'shelf') INTO emptied FROM marked;

    DELETE FROM bitmap WHERE id = ANY (emptied);
    INSERT INTO coffee_vector (place, embedding)
    SELECT place, c.embedding::halfvec(384)
    FROM shelf JOIN coffee AS c ON c.id = shelf.coffee_id
    WHERE c.id = ANY (changed) AND c.embedding IS NOT NULL
    ON CONFLICT (place) DO UPDATE SET embedding = excluded.embedding
    WHERE coffee_vector.embedding IS DISTINCT FROM excluded.embedding;
    DELETE FROM coffee_vector USING shelf
    WHERE coffee_vector.place = shelf.place AND shelf.coffee_id = ANY (changed)
        AND NOT EXISTS (SELECT FROM coffee AS c WHERE c.id = shelf.coffee_id AND c.withdrawn_at IS NULL AND c.embedding IS NOT NULL);
    DELETE FROM shelf
    WHERE coffee_id = ANY (changed) AND NOT EXISTS (SELECT FROM coffee AS c WHERE c.id = shelf.coffee_id AND c.withdrawn_at IS NULL);
END
$$
"""
# What changed is noted as it happens and shelved once, when the transaction ends: whoever shelves holds up the next for that moment only,
# and waits for nobody while he does.
_CHANGED = """
CREATE FUNCTION coffee_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shelf_change (coffees) SELECT array_agg(id) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION offer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shelf_change (coffees) SELECT array_agg(DISTINCT coffee_id) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION offer_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shelf_change (coffees)
    SELECT array_agg(DISTINCT coffee_id)
    FROM (
        SELECT unnest(ARRAY[changed.coffee_id, before.coffee_id]) AS coffee_id
        FROM changed JOIN before USING (id)
        WHERE (changed.coffee_id, changed.grams, changed.amount_minor, changed.currency)
            IS DISTINCT FROM (before.coffee_id, before.grams, before.amount_minor, before.currency)
    ) AS different
    HAVING count(*) > 0; -- not when an offer was only seen again
    RETURN NULL;
END
$$;
CREATE FUNCTION shelve_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid[];
BEGIN
    WITH noted AS (DELETE FROM shelf_change RETURNING coffees)
    SELECT array_agg(DISTINCT coffee_id) INTO changed FROM noted CROSS JOIN unnest(coffees) AS coffee_id;
    IF changed IS NOT NULL THEN -- nothing is left when one transaction notes several changes: the first shelves them all
        PERFORM shelve(changed);
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION clear_shelf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM shelf_change;
    DELETE FROM coffee_vector;
    DELETE FROM shelf;
    DELETE FROM bitmap WHERE facet NOT IN ('shelf', 'none');
    UPDATE bitmap SET bits = '';
    RETURN NULL;
END
$$
"""
_TRIGGERS = {
    "coffee_inserted": ("INSERT ON coffee REFERENCING NEW TABLE AS changed", "coffee_changed"),
    "coffee_updated": ("UPDATE ON coffee REFERENCING NEW TABLE AS changed", "coffee_changed"),
    "coffee_deleted": ("DELETE ON coffee REFERENCING OLD TABLE AS changed", "coffee_changed"),
    "coffee_truncated": ("TRUNCATE ON coffee", "clear_shelf"),
    "offer_inserted": ("INSERT ON offer REFERENCING NEW TABLE AS changed", "offer_changed"),
    "offer_updated": ("UPDATE ON offer REFERENCING OLD TABLE AS before NEW TABLE AS changed", "offer_updated"),
    "offer_deleted": ("DELETE ON offer REFERENCING OLD TABLE AS changed", "offer_changed"),
}


def _of_lists() -> Any:
    """The migration that made the shelf of lists."""
    return context.script.get_revision("0003").module


def upgrade() -> None:
    _of_lists().downgrade()
    _create_tables()
    for statement in (_PRICE_BAND, _PRICES, _FACTS, _SHELVE, _CHANGED):
        op.execute(statement)
    for name, (when, function) in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} FOR EACH STATEMENT EXECUTE FUNCTION {function}()")
    op.execute(
        "CREATE CONSTRAINT TRIGGER shelve AFTER INSERT ON shelf_change DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION shelve_changed()"
    )
    op.execute("SELECT shelve(ARRAY(SELECT id FROM coffee))")


def _create_tables() -> None:
    op.create_table(
        "shelf",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.REAL(), nullable=True),
        sa.Column("origins", sa.SmallInteger(), nullable=False),
        sa.Column("processes", sa.SmallInteger(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=True),
        sa.Column("lowest", sa.Float(), nullable=True),
        sa.Column("highest", sa.Float(), nullable=True),
        sa.Column("coffee_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("keys", sa.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_shelf"),
        sa.UniqueConstraint("coffee_id", name="uq_shelf_coffee_id"),
    )
    op.create_index("ix_shelf_currency_band", "shelf", ["currency", "band"])
    op.create_table(
        "bitmap",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("bits", BIT(varying=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bitmap"),
        sa.UniqueConstraint("facet", "value", name="uq_bitmap_facet_value"),
    )
    op.execute("INSERT INTO bitmap (facet, value, bits) VALUES ('shelf', '', ''), ('none', '', '')")
    op.create_table(
        "coffee_vector",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("embedding", HALFVEC(384), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_coffee_vector"),
    )
    op.execute("ALTER TABLE coffee_vector ALTER embedding SET STORAGE PLAIN")  # one read, not two
    op.create_table(
        "shelf_change",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("coffees", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shelf_change"),
    )


def downgrade() -> None:
    for name, (when, _) in _TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {when.split()[2]}")
    for table in ("shelf_change", "coffee_vector", "bitmap", "shelf"):
        op.drop_table(table)
    functions = ("clear_shelf()", "shelve_changed()", "offer_updated()", "offer_changed()", "coffee_changed()", "shelve(uuid[])")
    for function in (*functions, "shelf_facts(uuid[])", "shelf_price(uuid)", "price_band(double precision)"):
        op.execute(f"DROP FUNCTION {function}")
    _of_lists().upgrade()
