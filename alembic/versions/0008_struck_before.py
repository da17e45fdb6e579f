"""An earlier strike of a profile's line, which an edit lifted and its undo brings back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trait", sa.Column("struck_before", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_trait_struck_before_profile_step", "trait", "profile_step", ["struck_before"], ["id"], ondelete="SET NULL")
    op.create_index("ix_trait_struck_before", "trait", ["struck_before"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_trait_struck_before", table_name="trait")
    op.drop_constraint("fk_trait_struck_before_profile_step", "trait", type_="foreignkey")
    op.drop_column("trait", "struck_before")
