"""A migrated database of its own for tests of the workers, an empty queue, a fake shop and its source."""

from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from redis import Redis
from rq import Queue

from coffeebot.embedded import Connection
from coffeebot.models import ScrapeSource
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services
from tests.conftest import migrated_database
from tests.fake_shop import FakeShop


@pytest.fixture
def queue(database_server: Connection) -> Iterator[Queue]:
    """Empty at the beginning and at the end."""
    with Redis.from_url(database_server.redis_url) as connection:
        connection.flushdb()
        yield Queue("default", connection=connection)
        connection.flushdb()


@pytest.fixture(scope="module")
async def module_services(database_server: Connection) -> AsyncIterator[Services]:
    with migrated_database(database_server) as url:
        settings = Settings(
            database_url=SecretStr(url),
            redis_url=SecretStr(database_server.redis_url),
            house_words_per_second=0,
            scrape_loopback=True,
            scrape_contact="tests@example.org",
            _env_file=None,  # type: ignore[call-arg]
        )
        async with open_services(settings) as opened:
            yield opened


@pytest.fixture
async def services(module_services: Services) -> Services:
    """With nothing in the catalogue and no source."""
    async with module_services.database.session() as session:
        await session.execute(sa.text("TRUNCATE roaster, scrape_source CASCADE"))
    return module_services


@pytest.fixture
async def shop() -> AsyncIterator[FakeShop]:
    async with FakeShop(products=8) as running:
        yield running


@pytest.fixture
async def source(services: Services, shop: FakeShop) -> ScrapeSource:
    made = ScrapeSource(slug="fake", spider="shopify", url=shop.url, roaster="Fake Roasters", country="Japan", currency="USD")
    async with services.database.session() as session:
        session.add(made)
    return made
