"""A migrated database of its own for each module that writes a catalogue."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from coffeebot.embedded import Connection
from coffeebot.models.database import Database
from tests.conftest import migrated_database


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
        await session.execute(sa.text("TRUNCATE roaster CASCADE"))
    return module_database
