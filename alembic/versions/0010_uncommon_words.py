"""The words of a request that few coffees have, by a function whose plan each connection keeps."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Words that many coffees have tell none from another, and the vectors know them. The planner has counted.
_UNCOMMON = """
CREATE FUNCTION uncommon(words text) RETURNS tsquery LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery
        FROM unnest(to_tsvector('english', words))
        WHERE lexeme <> ALL (
            SELECT unnest(most_common_elems::text::text[]) FROM pg_stats
            WHERE schemaname = current_schema() AND tablename = 'coffee' AND attname = 'document'
        )
    );
END
$$
"""


def upgrade() -> None:
    op.execute(_UNCOMMON)


def downgrade() -> None:
    op.execute("DROP FUNCTION uncommon(text)")
