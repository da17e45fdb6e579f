"""A migrated database of its own for each module that writes a catalogue."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from coffeebot.embedded import Connection
from coffeebot.models import ScrapeSource
from coffeebot.models.database import Database
from coffeebot.services.review import Review
from tests.conftest import migrated_database
from tests.services.shelf import WordEmbedder
from tests.services.shop import Shop


@pytest.fixture(scope="module")
async def module_database(database_server: Connection) -> AsyncIterator[Database]:
    with migrated_database(database_server) as url:
        database = Database(url)
        yield database
        await database.close()


@pytest.fixture
async def database(module_database: Database) -> Database:
    """The module's database with nothing in it."""
    async with module_database.session() as session:
        await session.execute(sa.text("TRUNCATE roaster, scrape_source CASCADE"))
    return module_database


@pytest.fixture
async def shop(database: Database) -> Shop:
    """A shop without anything to sell, as a source."""
    source = ScrapeSource(slug="lantern", spider="shopify", url="https://shop.example", roaster="Lantern", currency="USD")
    async with database.session() as session:
        session.add(source)
    return Shop(database, source)


@pytest.fixture
def review(database: Database) -> Review:
    return Review(database, WordEmbedder())
