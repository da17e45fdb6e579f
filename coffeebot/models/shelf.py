"""The shelf: what a search reads of every coffee that is not withdrawn. Triggers keep it (see migration 0011); nobody else writes it.

Every coffee on it has a place, and everything that coffees say of themselves is a string of bits, one for each place. So a must
is answered for all coffees at once, and a value counted, without a look at any of them.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import REAL, Column, Identity, Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import BIT
from sqlmodel import Field, SQLModel

from coffeebot.models.coffee import EMBEDDING_DIMENSIONS


def _place() -> Any:
    """Of a coffee on the shelf, from 0 on; free for another when it goes."""
    return Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))


def _numbered() -> Any:
    return Field(None, sa_column=Column(Integer, Identity(), primary_key=True))


class Shelf(SQLModel, table=True):
    """A coffee in few bytes: what ranks it, and what its price is to be compared by."""

    __table_args__ = (Index("ix_shelf_currency_band", "currency", "band"),)

    place: int = _place()
    score: float | None = Field(None, sa_type=REAL)
    origins: int = Field(sa_type=SmallInteger)  # how many
    processes: int = Field(sa_type=SmallInteger)
    band: int | None = None  # of `lowest`: see price_band in the migration
    lowest: float | None = None  # minor units per 100 g, not rounded
    highest: float | None = None
    coffee_id: UUID = Field(unique=True)
    currency: str | None = None  # of the offers; empty when they are in several
    keys: list[int] = Field(sa_type=sa.ARRAY(Integer))  # bitmaps it is in


class Bitmap(SQLModel, table=True):
    """The places of the coffees that have a value: ("roast", "Light"). An empty value is that of all that say anything about the facet.

    ("shelf", "") are all coffees, and ("none", "") is nobody.
    """

    __table_args__ = (UniqueConstraint("facet", "value"),)

    id: int | None = _numbered()
    facet: str
    value: str
    number: float | None = None  # of a score in points, of a price's band
    bits: str = Field(sa_column=Column(BIT(varying=True), nullable=False))


class CoffeeVector(SQLModel, table=True):
    """A coffee's embedding at half precision, stored within its row: what a search compares."""

    __tablename__ = "coffee_vector"

    place: int = _place()
    embedding: Any = Field(sa_column=Column(HALFVEC(EMBEDDING_DIMENSIONS), nullable=False))


class ShelfChange(SQLModel, table=True):
    """Coffees that a transaction has changed, until it ends and they are shelved."""

    __tablename__ = "shelf_change"

    id: int | None = _numbered()
    coffees: list[UUID] = Field(sa_column=Column(sa.ARRAY(sa.Uuid()), nullable=False))
