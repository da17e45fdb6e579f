"""A spider and a fetcher together: all items of a shop, one after another."""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from scrapers.errors import ScrapeFailed
from scrapers.items import RawItem
from scrapers.pages import Parsed, Request, Response
from scrapers.spiders.base import Spider

MOST_PAGES = 1000


class Gets(Protocol):
    """What a crawl needs of a fetcher."""

    async def get(self, request: Request) -> Response: ...


@dataclass(slots=True)
class Crawl:
    """One reading of a shop. `pages` counts answers, `unchanged` those that the shop did not send again, `missed` pages that
    may be missing and were.

    A page that fails fails the crawl: what was read until then is not the shop.
    """

    spider: Spider
    fetcher: Gets
    most_pages: int = MOST_PAGES
    pages: int = 0
    unchanged: int = 0
    missed: list[str] = field(default_factory=list)

    async def items(self) -> AsyncIterator[RawItem]:
        """Each item once, by its external id. A page that brings nothing new ends its feed. Raises ScrapeFailed."""
        waiting = deque(self.spider.start())
        asked: set[str] = set()
        seen: set[str] = set()
        listed: set[str] = set()  # also those that another page has to complete
        while waiting:
            request = waiting.popleft()
            if request.url in asked:
                continue
            asked.add(request.url)
            if len(asked) > self.most_pages:
                raise ScrapeFailed(f"{request.url}: more than {self.most_pages:,} pages, which is no shop that ends")
            parsed = await self._page(request)
            for item in parsed.items:
                if item.external_id not in seen:
                    seen.add(item.external_id)
                    yield item
            named = {item.external_id for item in parsed.named()}
            if not named or named - listed:
                waiting.extend(parsed.requests)
            listed |= named

    async def _page(self, request: Request) -> Parsed:
        try:
            response = await self.fetcher.get(request)
            parsed = self.spider.parse(response)
        except ScrapeFailed as error:
            if request.item is None and not request.one_of_many:
                raise
            self.missed.append(str(error))
            return Parsed((request.item,) if request.item else ())
        self.pages += 1
        self.unchanged += response.unchanged
        return parsed
