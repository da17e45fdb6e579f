"""Fills a database with the coffees that a measurement wants."""

from collections.abc import Iterable
from pathlib import Path

from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder
from coffeebot.services.importing import import_file
from coffeebot.services.starter import STARTER
from evals.catalogue_of import grow


async def stock(database: Database, embedder: Embedder, currencies: Iterable[str], *, size: int, catalogue: Path | None = None) -> None:
    """Imports a catalogue, without one the starter's, and lets it grow to `size` coffees."""
    await import_file(catalogue or STARTER, database=database, embedder=embedder, currencies=currencies, sample=catalogue is None)
    await grow(database, size)
