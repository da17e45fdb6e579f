"""The steps that made a taste profile, so that each can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shopper_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("undone_for", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_profile_step_conversation_id_conversation", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_profile_step_message_id_message", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_profile_step_shopper_id_shopper", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undone_for"], ["message.id"], name="fk_profile_step_undone_for_message", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_profile_step"),
    )
    op.create_index("ix_profile_step_conversation_id_id", "profile_step", ["conversation_id", "id"], unique=False)
    op.create_index("ix_profile_step_message_id", "profile_step", ["message_id"], unique=False)
    op.create_index("ix_profile_step_shopper_id", "profile_step", ["shopper_id"], unique=False)
    op.create_index("ix_profile_step_undone_for", "profile_step", ["undone_for"], unique=False)
    op.add_column("trait", sa.Column("written_by", sa.BigInteger(), nullable=True))
    op.add_column("trait", sa.Column("struck_by", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_trait_written_by_profile_step", "trait", "profile_step", ["written_by"], ["id"], ondelete="CASCADE")
    op.create_foreign_key("fk_trait_struck_by_profile_step", "trait", "profile_step", ["struck_by"], ["id"], ondelete="SET NULL")
    op.create_index("ix_trait_written_by", "trait", ["written_by"], unique=False)
    op.create_index("ix_trait_struck_by", "trait", ["struck_by"], unique=False)


def downgrade() -> None:
    """Lines that were struck out or taken back would stand again: they go."""
    op.execute(
        "DELETE FROM trait USING profile_step AS step WHERE step.id = trait.written_by AND step.undone"
        " OR step.id = trait.struck_by AND NOT step.undone"
    )
    op.drop_index("ix_trait_struck_by", table_name="trait")
    op.drop_index("ix_trait_written_by", table_name="trait")
    op.drop_constraint("fk_trait_struck_by_profile_step", "trait", type_="foreignkey")
    op.drop_constraint("fk_trait_written_by_profile_step", "trait", type_="foreignkey")
    op.drop_column("trait", "struck_by")
    op.drop_column("trait", "written_by")
    op.drop_index("ix_profile_step_undone_for", table_name="profile_step")
    op.drop_index("ix_profile_step_shopper_id", table_name="profile_step")
    op.drop_index("ix_profile_step_message_id", table_name="profile_step")
    op.drop_index("ix_profile_step_conversation_id_id", table_name="profile_step")
    op.drop_table("profile_step")
