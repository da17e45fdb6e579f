"""What language models cost, and what is remembered of a long conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("summary", sa.String(), server_default="", nullable=False))
    op.add_column("conversation", sa.Column("summarised", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_coffee_lower_name", "coffee", [sa.text("lower(name)")], unique=False)
    op.create_table(
        "llm_usage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("shopper_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("tokens_input", sa.Integer(), nullable=False),
        sa.Column("tokens_cached", sa.Integer(), nullable=False),
        sa.Column("tokens_cache_write", sa.Integer(), nullable=False),
        sa.Column("tokens_output", sa.Integer(), nullable=False),
        sa.Column("first_word_ms", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("price_version", sa.String(), nullable=False),
        sa.Column("cost", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_llm_usage_conversation_id_conversation", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_llm_usage_shopper_id_shopper", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_llm_usage"),
    )
    op.create_index("ix_llm_usage_conversation_id", "llm_usage", ["conversation_id"], unique=False)
    op.create_index("ix_llm_usage_shopper_id_at", "llm_usage", ["shopper_id", "at"], unique=False)
    op.create_table(
        "llm_spending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("shopper_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("spent", sa.Numeric(precision=14, scale=6), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_llm_spending_conversation_id_conversation", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_llm_spending_shopper_id_shopper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_llm_spending"),
    )
    op.create_index("ix_llm_spending_conversation_id", "llm_spending", ["conversation_id"], unique=False)
    op.create_index("ix_llm_spending_shopper_id", "llm_spending", ["shopper_id"], unique=False)
    op.create_index(
        "ix_llm_spending_whose",
        "llm_spending",
        ["day", "shopper_id", "conversation_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.drop_index("ix_llm_spending_whose", table_name="llm_spending")
    op.drop_index("ix_llm_spending_shopper_id", table_name="llm_spending")
    op.drop_index("ix_llm_spending_conversation_id", table_name="llm_spending")
    op.drop_table("llm_spending")
    op.drop_index("ix_llm_usage_shopper_id_at", table_name="llm_usage")
    op.drop_index("ix_llm_usage_conversation_id", table_name="llm_usage")
    op.drop_table("llm_usage")
    op.drop_index("ix_coffee_lower_name", table_name="coffee")
    op.drop_column("conversation", "summarised")
    op.drop_column("conversation", "summary")
