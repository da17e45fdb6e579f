"""The catalogue: roasters, their coffees, what they cost and what they cost before."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pgvector.sqlalchemy import Vector
from sqlalchemy import Column, Computed, DateTime, ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from coffeebot.models.base import key, timestamp, words

EMBEDDING_DIMENSIONS = 384


class Roaster(SQLModel, table=True):
    id: UUID = key()
    slug: str = Field(unique=True)
    name: str
    country: str | None = None
    currency: str | None = None
    ships_to: list[str] = words()
    website: str | None = None
    created_at: datetime = timestamp()


class Coffee(SQLModel, table=True):
    """A coffee and its facts; null or empty means unknown, never "no" (see domain.coffee.CoffeeFacts).

    `locked` names the fields that a curator settled: no machine writes them. `provenance` says of each known field who wrote it: a
    source's slug, "import" or "curator". `source_id` and `source_item` are the shop and its own id of the coffee, where one is read.
    """

    __table_args__ = (
        UniqueConstraint("roaster_id", "external_id"),
        UniqueConstraint("source_id", "source_item"),
        Index("ix_coffee_origins", "origins", postgresql_using="gin"),
        Index("ix_coffee_families", "families", postgresql_using="gin"),
        Index("ix_coffee_document", "document", postgresql_using="gin"),
        Index("ix_coffee_lower_name", sa.text("lower(name)")),
        Index("ix_coffee_name_key", "name_key", postgresql_using="gin", postgresql_ops={"name_key": "gin_trgm_ops"}),
    )

    id: UUID = key()
    external_id: str
    slug: str = Field(unique=True)
    name: str
    name_key: str  # roaster and name, lower case without accents: what a misspelt name is compared with
    roaster_id: UUID = Field(sa_column=Column(ForeignKey("roaster.id", ondelete="RESTRICT"), nullable=False, index=True))
    sample: bool = False
    description: str = ""
    origins: list[str] = words()
    regions: list[str] = words()
    farm: str | None = None
    producer: str | None = None
    altitude_min: int | None = None
    altitude_max: int | None = None
    processes: list[str] = words()
    varieties: list[str] = words()
    roast: str | None = None
    families: list[str] = words()
    notes: list[str] = words()
    flags: list[str] = words()
    blend: bool | None = None
    decaf: bool | None = None
    acidity: str | None = None
    body: str | None = None
    sweetness: str | None = None
    score: Decimal | None = Field(None, sa_type=Numeric(5, 2))
    image: str | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    provenance: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    locked: list[str] = Field(default_factory=list, sa_column=Column(sa.ARRAY(Text), nullable=False, server_default=sa.text("'{}'")))
    source_id: UUID | None = Field(None, sa_column=Column(ForeignKey("scrape_source.id", ondelete="SET NULL"), nullable=True))
    source_item: str | None = None
    search_document: str = ""
    document: str | None = Field(
        None, sa_column=Column(TSVECTOR, Computed("to_tsvector('english', search_document)", persisted=True), nullable=True)
    )
    embedding: Any = Field(None, sa_column=Column(Vector(EMBEDDING_DIMENSIONS), nullable=True))
    embedded_by: str | None = None  # the model that made `embedding`
    content_hash: str = ""  # of all that an import wrote: equal means nothing to do
    created_at: datetime = timestamp()
    updated_at: datetime = timestamp()
    withdrawn_at: datetime | None = Field(None, sa_type=DateTime(timezone=True))


class Offer(SQLModel, table=True):
    """One size and grind of a coffee at one price; `amount_minor` in the currency's minor unit (JPY has none).

    `checked_at` is when its page was last looked at by itself, outside a scrape; `broken_since` since when that page is gone.
    """

    __table_args__ = (UniqueConstraint("coffee_id", "grams", "grind", "currency"),)

    id: UUID = key()
    coffee_id: UUID = Field(sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), nullable=False, index=True))
    grams: Decimal = Field(sa_type=Numeric(9, 2))
    grind: str = "whole_bean"
    amount_minor: int
    currency: str
    per_100g_minor: int
    in_stock: bool = True
    url: str | None = Field(None, sa_type=Text)
    seen_at: datetime = timestamp()
    checked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    broken_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class PriceHistory(SQLModel, table=True):
    __tablename__ = "price_history"

    id: UUID = key()
    offer_id: UUID = Field(sa_column=Column(ForeignKey("offer.id", ondelete="CASCADE"), nullable=False, index=True))
    amount_minor: int
    currency: str
    in_stock: bool
    seen_at: datetime = timestamp()
