"""The shelf: what a search reads of every coffee that is not withdrawn. Triggers keep it (see migration 0003); nobody else writes it."""

from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import REAL, BigInteger, Column, ForeignKey, Index
from sqlmodel import Field, SQLModel

from coffeebot.models.base import words
from coffeebot.models.coffee import EMBEDDING_DIMENSIONS


def _list_id() -> Any:
    """The id of a WordList; 0 is the empty one."""
    return Field(sa_type=BigInteger)


class WordList(SQLModel, table=True):
    """Words that some coffee has, in its order: a condition on them is worked out once, for however many coffees share them."""

    __tablename__ = "word_list"
    __table_args__ = (
        Index("ix_word_list_words", "words", postgresql_using="gin"),
        Index("ix_word_list_joined", "joined", postgresql_using="gin", postgresql_ops={"joined": "gin_trgm_ops"}),
    )

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    words: list[str] = words()
    joined: str  # in lower case, with ";" between


class Shelf(SQLModel, table=True):
    """A coffee in few bytes, those of fixed length first: reading all of them is most of what a search costs."""

    coffee_id: UUID = Field(sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), primary_key=True))
    roaster_id: UUID
    families: int = _list_id()
    notes: int = _list_id()
    origins: int = _list_id()
    processes: int = _list_id()
    regions: int = _list_id()
    varieties: int = _list_id()
    flags: int = _list_id()
    lowest: float | None = None  # minor units per 100 g, not rounded
    highest: float | None = None
    score: float | None = Field(None, sa_type=REAL)
    blend: bool | None = None
    decaf: bool | None = None
    currency: str | None = None  # of the offers; empty when they are in several
    roast: str | None = None
    acidity: str | None = None
    body: str | None = None
    sweetness: str | None = None


class CoffeeVector(SQLModel, table=True):
    """A coffee's embedding at half precision, stored within its row: what a search compares."""

    __tablename__ = "coffee_vector"

    coffee_id: UUID = Field(sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), primary_key=True))
    embedding: Any = Field(sa_column=Column(HALFVEC(EMBEDDING_DIMENSIONS), nullable=False))
