"""Shops that are read, what they said, and the changes that wait for a curator."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str, empty: str = "{}") -> sa.Column[JSONB]:
    return sa.Column(name, JSONB(), server_default=sa.text(f"'{empty}'"), nullable=False)


def upgrade() -> None:
    _create_sources()
    _create_snapshots()
    op.add_column("coffee", _json("provenance"))
    op.add_column("coffee", sa.Column("locked", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("coffee", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column("coffee", sa.Column("source_item", sa.String(), nullable=True))
    op.create_foreign_key("fk_coffee_source_id_scrape_source", "coffee", "scrape_source", ["source_id"], ["id"], ondelete="SET NULL")
    op.create_unique_constraint("uq_coffee_source_id_source_item", "coffee", ["source_id", "source_item"])
    _create_proposals()
    for name in ("checked_at", "broken_since"):
        op.add_column("offer", _moment(name, nullable=True))


def _create_sources() -> None:
    op.create_table(
        "scrape_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("slug", "spider", "url", "roaster", "country")),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("interval_minutes", sa.Integer(), nullable=True),
        sa.Column("price_limit", sa.Numeric(5, 3), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        _moment("last_good_at", nullable=True),
        _json("last_good"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("next_at", nullable=True),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_scrape_source"),
        sa.UniqueConstraint("slug", name="uq_scrape_source_slug"),
    )
    op.create_table(
        "scrape_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("started_at"),
        _moment("fetched_at", nullable=True),
        _moment("finished_at", nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        _json("counts"),
        sa.Column("warnings", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("alarm", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["scrape_source.id"], name="fk_scrape_run_source_id_scrape_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_scrape_run"),
    )
    op.create_index("ix_scrape_run_source_id_started_at", "scrape_run", ["source_id", "started_at"])
    op.create_index("ix_scrape_run_unfinished", "scrape_run", ["source_id"], unique=True, postgresql_where=sa.text("finished_at IS NULL"))


def _create_snapshots() -> None:
    op.create_table(
        "raw_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("payload", JSONB(), nullable=False),
        _moment("first_seen_at"),
        _moment("seen_at"),
        sa.ForeignKeyConstraint(["source_id"], ["scrape_source.id"], name="fk_raw_item_source_id_scrape_source", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["scrape_run.id"], name="fk_raw_item_run_id_scrape_run", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_raw_item"),
        sa.UniqueConstraint("source_id", "external_id", "content_hash", name="uq_raw_item_source_id_external_id_content_hash"),
    )
    op.create_index("ix_raw_item_run_id_external_id", "raw_item", ["run_id", "external_id"])
    op.create_table(
        "stored_page",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        _moment("seen_at"),
        sa.ForeignKeyConstraint(["source_id"], ["scrape_source.id"], name="fk_stored_page_source_id_scrape_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "url", name="pk_stored_page"),
    )


def _create_proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("coffee_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("external_id", "kind", "name")),
        _json("facts"),
        _json("diff", "[]"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "status")),
        _moment("created_at"),
        _moment("seen_at"),
        _moment("decided_at", nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["scrape_source.id"], name="fk_proposal_source_id_scrape_source", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["scrape_run.id"], name="fk_proposal_run_id_scrape_run", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["coffee_id"], ["coffee.id"], name="fk_proposal_coffee_id_coffee", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("number", name="uq_proposal_number"),
    )
    op.create_index("ix_proposal_open", "proposal", ["source_id", "external_id"], unique=True, postgresql_where=sa.text("status = 'open'"))
    op.create_index("ix_proposal_decided", "proposal", ["source_id", "external_id", "digest"])
    op.create_index("ix_proposal_coffee_id", "proposal", ["coffee_id"])
    op.create_index("ix_proposal_run_id", "proposal", ["run_id"])


def downgrade() -> None:
    for column in ("broken_since", "checked_at"):
        op.drop_column("offer", column)
    op.drop_table("proposal")
    op.drop_constraint("uq_coffee_source_id_source_item", "coffee")
    op.drop_constraint("fk_coffee_source_id_scrape_source", "coffee")
    for column in ("source_item", "source_id", "locked", "provenance"):
        op.drop_column("coffee", column)
    for table in ("stored_page", "raw_item", "scrape_run", "scrape_source"):
        op.drop_table(table)
