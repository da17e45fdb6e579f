"""The shelf: what a search reads of every coffee, narrow and kept by triggers."""

import sqlalchemy as sa
from alembic import op
from pgvector.sqlalchemy import HALFVEC

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# An empty list has the id 0. The digest, unlike PostgreSQL's own hashes, is the same in every version.
_LIST_ID = """
CREATE FUNCTION word_list_id(words text[]) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN words = '{}' THEN 0 ELSE ('x' || left(md5(array_to_string(words, E'\\x1f')), 16))::bit(64)::bigint END
$$
"""
# Lists are written in the order of their ids, so that two imports never wait for each other in a circle.
_SHELVE = """
CREATE FUNCTION shelve(changed uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO word_list (id, words, joined)
    SELECT DISTINCT ON (list_id) list_id, words, lower(array_to_string(words, ';'))
    FROM (SELECT DISTINCT unnest(changed) AS id) AS these
    JOIN coffee AS c USING (id)
    CROSS JOIN LATERAL (
        VALUES (c.families), (c.notes), (c.origins), (c.processes), (c.regions), (c.varieties), (c.flags)
    ) AS said (words)
    CROSS JOIN LATERAL word_list_id(words) AS list_id
    WHERE c.withdrawn_at IS NULL
    ORDER BY list_id
    ON CONFLICT DO NOTHING;

    DELETE FROM shelf USING coffee AS c WHERE shelf.coffee_id = c.id AND c.id = ANY (changed) AND c.withdrawn_at IS NOT NULL;

    INSERT INTO shelf (
        coffee_id, roaster_id, families, notes, origins, processes, regions, varieties, flags, lowest, highest, score, blend, decaf,
        currency, roast, acidity, body, sweetness
    )
    SELECT
        c.id, c.roaster_id, word_list_id(c.families), word_list_id(c.notes), word_list_id(c.origins), word_list_id(c.processes),
        word_list_id(c.regions), word_list_id(c.varieties), word_list_id(c.flags), price.lowest, price.highest, c.score, c.blend,
        c.decaf, price.currency, c.roast, c.acidity, c.body, c.sweetness
    FROM (SELECT DISTINCT unnest(changed) AS id) AS these
    JOIN coffee AS c USING (id)
    CROSS JOIN LATERAL (
        SELECT
            min(o.amount_minor * 100 / o.grams::float8) AS lowest, max(o.amount_minor * 100 / o.grams::float8) AS highest,
            CASE WHEN count(DISTINCT o.currency) > 1 THEN '' ELSE min(o.currency) END AS currency
        FROM offer AS o
        WHERE o.coffee_id = c.id
    ) AS price
    WHERE c.withdrawn_at IS NULL
    ON CONFLICT (coffee_id) DO UPDATE SET (
        roaster_id, families, notes, origins, processes, regions, varieties, flags, lowest, highest, score, blend, decaf, currency,
        roast, acidity, body, sweetness
    ) = ROW (
        excluded.roaster_id, excluded.families, excluded.notes, excluded.origins, excluded.processes, excluded.regions,
        excluded.varieties, excluded.flags, excluded.lowest, excluded.highest, excluded.score, excluded.blend, excluded.decaf,
        excluded.currency, excluded.roast, excluded.acidity, excluded.body, excluded.sweetness
    )
    WHERE shelf.* IS DISTINCT FROM excluded.*; -- as when an offer was only seen again

    INSERT INTO coffee_vector (coffee_id, embedding)
    SELECT c.id, c.embedding::halfvec(384)
    FROM (SELECT DISTINCT unnest(changed) AS id) AS these
    JOIN coffee AS c USING (id)
    WHERE c.embedding IS NOT NULL
    ON CONFLICT (coffee_id) DO UPDATE SET embedding = excluded.embedding
    WHERE coffee_vector.embedding IS DISTINCT FROM excluded.embedding;
$$
"""
_TRIGGER = """
CREATE FUNCTION shelve_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM shelve(ARRAY(SELECT {column} FROM changed));
    RETURN NULL;
END
$$
"""
_TRIGGERS = (
    ("coffee", "insert", "NEW"),
    ("coffee", "update", "NEW"),
    ("offer", "insert", "NEW"),
    ("offer", "update", "NEW"),
    ("offer", "delete", "OLD"),
)


def upgrade() -> None:
    _create_tables()
    op.execute(_LIST_ID)
    op.execute(_SHELVE)
    op.execute(_TRIGGER.format(table="coffee", column="id"))
    op.execute(_TRIGGER.format(table="offer", column="coffee_id"))
    for table, event, rows in _TRIGGERS:
        op.execute(
            f"CREATE TRIGGER shelve_{event} AFTER {event} ON {table} REFERENCING {rows} TABLE AS changed "
            f"FOR EACH STATEMENT EXECUTE FUNCTION shelve_{table}()"
        )
    op.execute("SELECT shelve(ARRAY(SELECT id FROM coffee))")


def _create_tables() -> None:
    op.create_table(
        "word_list",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word_list"),
    )
    op.create_index("ix_word_list_words", "word_list", ["words"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_word_list_joined", "word_list", ["joined"], unique=False, postgresql_using="gin", postgresql_ops={"joined": "gin_trgm_ops"}
    )
    lists = ("families", "notes", "origins", "processes", "regions", "varieties", "flags")
    op.create_table(
        "shelf",
        sa.Column("coffee_id", sa.Uuid(), nullable=False),
        sa.Column("roaster_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in lists),
        sa.Column("lowest", sa.Float(), nullable=True),
        sa.Column("highest", sa.Float(), nullable=True),
        sa.Column("score", sa.REAL(), nullable=True),
        sa.Column("blend", sa.Boolean(), nullable=True),
        sa.Column("decaf", sa.Boolean(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("currency", "roast", "acidity", "body", "sweetness")),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_shelf_coffee_id_coffee", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coffee_id", name="pk_shelf"),
    )
    op.create_table(
        "coffee_vector",
        sa.Column("coffee_id", sa.Uuid(), nullable=False),
        sa.Column("embedding", HALFVEC(384), nullable=False),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_coffee_vector_coffee_id_coffee", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coffee_id", name="pk_coffee_vector"),
    )
    op.execute("ALTER TABLE coffee_vector ALTER embedding SET STORAGE PLAIN")  # one read, not two


def downgrade() -> None:
    for table, event, _ in _TRIGGERS:
        op.execute(f"DROP TRIGGER shelve_{event} ON {table}")
    for function in ("shelve_coffee()", "shelve_offer()", "shelve(uuid[])", "word_list_id(text[])"):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("coffee_vector")
    op.drop_table("shelf")
    op.drop_table("word_list")
