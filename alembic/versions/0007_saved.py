"""Coffees that a shopper saved or never wants to see again, and lines of the taste card that are paused."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("shopper_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("coffee_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('saved', 'hidden')", name="ck_mark_kind"),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_mark_coffee_id_coffee", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_mark_shopper_id_shopper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shopper_id", "kind", "coffee_id", name="pk_mark"),
    )
    op.create_index("ix_mark_coffee_id", "mark", ["coffee_id"])
    op.add_column("trait", sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("trait", "paused")
    op.drop_index("ix_mark_coffee_id", table_name="mark")
    op.drop_table("mark")
