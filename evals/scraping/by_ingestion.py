"""The whole way of the product: a source's run, from its pages to the proposals that wait for a curator."""

import asyncio

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import CoffeebotError
from coffeebot.models import Proposal, ScrapeSource
from coffeebot.models.database import Database
from coffeebot.models.source import Outcome
from coffeebot.services.ingestion.run import ingest
from evals.scraping.rows import ROASTER
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from workers.feed import ShopFeed, reader
from workers.page_store import DatabasePages
from workers.shops import shop_of

HASTY = Manners(loopback=True, polite=False)


def read(shop: str, database: str) -> int:
    return asyncio.run(_read(shop, Database(database)))


async def _read(shop: str, database: Database) -> int:
    source = await _fresh_source(shop, database)
    async with Fetcher(HASTY, store=DatabasePages(database, source.id)) as fetcher:
        report = await ingest(database, source, ShopFeed(shop_of(source), fetcher), read=reader(ROASTER))
    if report.outcome != Outcome.GOOD:
        raise CoffeebotError(f"the run ended as {report.outcome}: {report.alarm}")
    async with database.session() as session:
        proposed = await session.scalar(sa.select(sa.func.count()).where(col(Proposal.source_id) == source.id))
    await database.close()
    return proposed or 0


async def _fresh_source(shop: str, database: Database) -> ScrapeSource:
    """A source that nobody has read yet; what earlier rounds left goes."""
    source = ScrapeSource(slug="fake-shop", spider="shopify", url=shop, roaster=ROASTER.name, currency=ROASTER.currency)
    async with database.session() as session:
        await session.execute(sa.delete(ScrapeSource))
        session.add(source)
    return source
