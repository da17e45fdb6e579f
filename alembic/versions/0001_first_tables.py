"""The first tables: catalogue, conversations, taste and events."""

import sqlalchemy as sa
from alembic import op
from pgvector.sqlalchemy import Vector
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for extension in ("vector", "pg_trgm", "unaccent"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table(
        "roaster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("ships_to", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roaster"),
        sa.UniqueConstraint("slug", name="uq_roaster_slug"),
    )
    op.create_table(
        "shopper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shopper"),
    )
    op.create_table(
        "coffee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("roaster_id", sa.Uuid(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("origins", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("regions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("farm", sa.String(), nullable=True),
        sa.Column("producer", sa.String(), nullable=True),
        sa.Column("altitude_min", sa.Integer(), nullable=True),
        sa.Column("altitude_max", sa.Integer(), nullable=True),
        sa.Column("processes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("varieties", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("roast", sa.String(), nullable=True),
        sa.Column("families", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("notes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("flags", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("blend", sa.Boolean(), nullable=True),
        sa.Column("decaf", sa.Boolean(), nullable=True),
        sa.Column("acidity", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("sweetness", sa.String(), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("image", sa.String(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("search_document", sa.String(), nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), sa.Computed("to_tsvector('english', search_document)", persisted=True), nullable=True),
        sa.Column("embedding", Vector(384), nullable=True),
        sa.Column("embedded_by", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["roaster_id"], ["roaster.id"], name="fk_coffee_roaster_id_roaster", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_coffee"),
        sa.UniqueConstraint("roaster_id", "external_id", name="uq_coffee_roaster_id_external_id"),
        sa.UniqueConstraint("slug", name="uq_coffee_slug"),
    )
    op.create_index("ix_coffee_document", "coffee", ["document"], unique=False, postgresql_using="gin")
    op.create_index("ix_coffee_families", "coffee", ["families"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_coffee_name_key", "coffee", ["name_key"], unique=False, postgresql_using="gin", postgresql_ops={"name_key": "gin_trgm_ops"}
    )
    op.create_index("ix_coffee_origins", "coffee", ["origins"], unique=False, postgresql_using="gin")
    op.create_index("ix_coffee_roaster_id", "coffee", ["roaster_id"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shopper_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_conversation_shopper_id_shopper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_shopper_id_updated_at", "conversation", ["shopper_id", "updated_at"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_message_conversation_id_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index("ix_message_conversation_id_position", "message", ["conversation_id", "position"], unique=True)
    op.create_index("ix_message_running", "message", ["status"], unique=False, postgresql_where=sa.text("status = 'running'"))
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coffee_id", sa.Uuid(), nullable=False),
        sa.Column("grams", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("grind", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("per_100g_minor", sa.Integer(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_offer_coffee_id_coffee", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sa.UniqueConstraint("coffee_id", "grams", "grind", "currency", name="uq_offer_coffee_id_grams_grind_currency"),
    )
    op.create_index("ix_offer_coffee_id", "offer", ["coffee_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shopper_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("coffee_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("musts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_event_coffee_id_coffee", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_event_conversation_id_conversation", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_event_offer_id_offer", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_event_shopper_id_shopper", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_coffee_id", "event", ["coffee_id"], unique=False)
    op.create_index("ix_event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("ix_event_shopper_id", "event", ["shopper_id"], unique=False)
    op.create_table(
        "price_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_price_history_offer_id_offer", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_price_history"),
    )
    op.create_index("ix_price_history_offer_id", "price_history", ["offer_id"], unique=False)
    op.create_table(
        "trait",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shopper_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("alternatives", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("grams", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_trait_conversation_id_conversation", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_trait_message_id_message", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["shopper_id"], ["shopper.id"], name="fk_trait_shopper_id_shopper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_trait"),
    )
    op.create_index("ix_trait_shopper_id_conversation_id", "trait", ["shopper_id", "conversation_id"], unique=False)


def downgrade() -> None:
    """Drops the tables; the extensions stay, since others may use them."""
    op.drop_index("ix_trait_shopper_id_conversation_id", table_name="trait")
    op.drop_table("trait")
    op.drop_index("ix_price_history_offer_id", table_name="price_history")
    op.drop_table("price_history")
    op.drop_index("ix_event_shopper_id", table_name="event")
    op.drop_index("ix_event_kind_at", table_name="event")
    op.drop_index("ix_event_coffee_id", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_offer_coffee_id", table_name="offer")
    op.drop_table("offer")
    op.drop_index("ix_message_running", table_name="message", postgresql_where=sa.text("status = 'running'"))
    op.drop_index("ix_message_conversation_id_position", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_conversation_shopper_id_updated_at", table_name="conversation")
    op.drop_table("conversation")
    op.drop_index("ix_coffee_roaster_id", table_name="coffee")
    op.drop_index("ix_coffee_origins", table_name="coffee", postgresql_using="gin")
    op.drop_index("ix_coffee_name_key", table_name="coffee", postgresql_using="gin", postgresql_ops={"name_key": "gin_trgm_ops"})
    op.drop_index("ix_coffee_families", table_name="coffee", postgresql_using="gin")
    op.drop_index("ix_coffee_document", table_name="coffee", postgresql_using="gin")
    op.drop_table("coffee")
    op.drop_table("shopper")
    op.drop_table("roaster")
