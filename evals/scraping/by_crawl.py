"""Our side of the comparison with Scrapy: fetch, parse, normalise, write rows."""

import asyncio

from evals.scraping.rows import Rows
from scrapers.crawl import Crawl
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.spiders.shopify import ShopifySpider

HASTY = Manners(loopback=True, polite=False)


def read(shop: str, database: str) -> int:
    return asyncio.run(_read(shop, database))


async def _read(shop: str, database: str) -> int:
    rows = Rows(database)
    async with Fetcher(HASTY) as fetcher:
        async for item in Crawl(ShopifySpider(shop, "USD"), fetcher).items():
            rows.add(item)
    rows.close()
    return rows.written
