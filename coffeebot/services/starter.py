"""The starter catalogue: invented coffees that stand in until an operator has real ones."""

from collections.abc import Iterable
from pathlib import Path

import coffeebot
from coffeebot.models.catalogue import only_samples
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder
from coffeebot.services.importing import import_file

STARTER = Path(coffeebot.__path__[0]) / "starter" / "coffees.jsonl"


async def load_if_empty(database: Database, embedder: Embedder, currencies: Iterable[str]) -> int:
    """Loads the samples unless a real coffee was ever put in; how many are new or changed.

    It may run at every start: samples that are there already cost one query, and a load that was cut short goes on.
    """
    async with database.session() as session:
        if not await only_samples(session):
            return 0
    report = await import_file(STARTER, database=database, embedder=embedder, currencies=currencies, sample=True)
    return report.added + report.changed
