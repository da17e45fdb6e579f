"""The other side: a Scrapy spider that parses pages as ours does, and a pipeline that normalises its items and writes the same rows."""

from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response as Page

from evals.scraping.rows import Rows
from scrapers.items import RawItem
from scrapers.pages import Request, Response
from scrapers.spiders.shopify import ShopifySpider

HASTY = {  # robots.txt is obeyed and nothing else waits, as on our side
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "AUTOTHROTTLE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "ITEM_PIPELINES": {"evals.scraping.by_scrapy.RowsPipeline": 1},
}


class ShopSpider(scrapy.Spider):
    name = "shop"

    def __init__(self, shop: str, database: str, written: list[int], **options: Any) -> None:
        super().__init__(**options)
        self.reader = ShopifySpider(shop, "USD")
        self.start_urls = [request.url for request in self.reader.start()]
        self.database = database
        self.written = written

    def parse(self, response: Page, **_: Any) -> Iterator[RawItem | scrapy.Request]:
        parsed = self.reader.parse(Response(response.url, response.body, Request(response.url)))
        yield from parsed.items
        if parsed.items:
            yield from (scrapy.Request(request.url) for request in parsed.requests)


class RowsPipeline:
    def open_spider(self, spider: ShopSpider) -> None:
        self.rows = Rows(spider.database)

    def close_spider(self, spider: ShopSpider) -> None:
        self.rows.close()
        spider.written.append(self.rows.written)

    def process_item(self, item: RawItem, spider: ShopSpider) -> RawItem:
        self.rows.add(item)
        return item


def read(shop: str, database: str) -> int:
    written: list[int] = []
    process = CrawlerProcess(HASTY)
    process.crawl(ShopSpider, shop=shop, database=database, written=written)
    process.start()
    return sum(written)
