"""Names and deletion of conversations, and messages that an edit put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("name", sa.String(), server_default="", nullable=False))
    op.add_column("conversation", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_conversation_deleted_at", "conversation", ["deleted_at"], postgresql_where=sa.text("deleted_at IS NOT NULL"))
    op.add_column("message", sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_message_conversation_id_position", table_name="message")
    op.create_index(
        "ix_message_conversation_id_position",
        "message",
        ["conversation_id", "position"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_message_replaced", "message", ["conversation_id"], postgresql_where=sa.text("replaced_at IS NOT NULL"))
    op.create_index("ix_trait_message_id", "trait", ["message_id"])


def downgrade() -> None:
    """What was deleted or put aside goes for good: the older tables cannot tell it from the rest."""
    op.execute("DELETE FROM trait WHERE message_id IN (SELECT id FROM message WHERE replaced_at IS NOT NULL) AND source <> 'shopper'")
    op.execute("DELETE FROM message WHERE replaced_at IS NOT NULL")
    op.execute("DELETE FROM conversation WHERE deleted_at IS NOT NULL")
    op.drop_index("ix_trait_message_id", table_name="trait")
    op.drop_index("ix_message_replaced", table_name="message")
    op.drop_index("ix_message_conversation_id_position", table_name="message")
    op.create_index("ix_message_conversation_id_position", "message", ["conversation_id", "position"], unique=True)
    op.drop_column("message", "replaced_at")
    op.drop_index("ix_conversation_deleted_at", table_name="conversation")
    op.drop_column("conversation", "deleted_at")
    op.drop_column("conversation", "name")
