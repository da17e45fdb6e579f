"""What the ingestion asks of a shop, answered by spiders and the normaliser."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from coffeebot.domain.errors import BadInput
from coffeebot.services.ingestion.reading import Reader, Reading
from coffeebot.services.ingestion.run import Item
from scrapers.crawl import Crawl, Gets
from scrapers.detect import cart_currency
from scrapers.errors import CurrencyChanged
from scrapers.items import RawItem
from scrapers.normaliser.coffee import Refused, Roaster, normalise
from scrapers.pages import Parsed, Request, Response
from scrapers.registry import Shop
from scrapers.spiders.base import Spider
from scrapers.spiders.shopify import ShopifySpider

_ITEM = TypeAdapter(RawItem)


def as_item(raw: RawItem) -> Item:
    return Item(raw.external_id, _ITEM.dump_python(raw, mode="json"))


def reader(roaster: Roaster) -> Reader:
    """Reads stored items as the normaliser of this day does."""

    def read(payload: Mapping[str, Any]) -> Reading:
        found = normalise(_ITEM.validate_python(dict(payload)), roaster)
        if isinstance(found, Refused):
            return Reading(found.name, refused=str(found.code))
        offers = tuple(replace(offer, url=offer.url or found.url) for offer in found.facts.offers)
        return Reading(found.facts.name, replace(found.facts, offers=offers), warnings=found.warnings)

    return read


class ShopFeed:
    """A whole shop, page by page."""

    def __init__(self, shop: Shop, fetcher: Gets) -> None:
        self._shop = shop
        self._fetcher = fetcher
        self._crawl = Crawl(shop.spider, fetcher)

    @property
    def missed(self) -> Sequence[str]:
        return self._crawl.missed

    async def items(self) -> AsyncIterator[Item]:
        await self._check_currency()
        async for raw in self._crawl.items():
            yield as_item(raw)

    def counts(self) -> Mapping[str, int]:
        return {"pages": self._crawl.pages, "unchanged pages": self._crawl.unchanged}

    async def _check_currency(self) -> None:
        """A Shopify feed states no currency, and the shop may ask each caller for another: where it tells us which, that must be ours."""
        if not isinstance(self._shop.spider, ShopifySpider) or not self._shop.roaster.currency:
            return
        asked = await cart_currency(self._shop.url, self._fetcher)
        if asked and asked != self._shop.roaster.currency:
            expected = self._shop.roaster.currency
            raise CurrencyChanged(f"{self._shop.url} asks for {asked}, where {expected} was expected; if that is right, set its --currency")


class PartFeed:
    """The items of one saved page, or of a feed from one address on: what it does not hold is not gone."""

    def __init__(self, spider: Spider, place: str, fetcher: Gets) -> None:
        self._spider = spider
        self._place = place
        self._fetcher = fetcher
        self.missed: Sequence[str] = (f"all but {place}: only that was read",)

    async def items(self) -> AsyncIterator[Item]:
        if is_address(self._place):
            async for raw in Crawl(_StartingAt(self._spider, self._place), self._fetcher).items():
                yield as_item(raw)
            return
        for raw in _saved(self._spider, Path(self._place)):
            yield as_item(raw)

    def counts(self) -> Mapping[str, int]:
        return {}


def is_address(place: str) -> bool:
    """Whether a page is on the web, and not a file here."""
    return place.startswith(("http://", "https://"))


def _saved(spider: Spider, page: Path) -> Sequence[RawItem]:
    try:
        body = page.read_bytes()
    except OSError as error:
        raise BadInput(f"{page} cannot be read: {error.strerror}") from None
    address = page.absolute().as_uri()
    return list(spider.parse(Response(address, body, Request(address))).named())


@dataclass(frozen=True, slots=True)
class _StartingAt:
    """A spider that begins elsewhere."""

    spider: Spider
    url: str

    def start(self) -> Sequence[Request]:
        return [Request(self.url)]

    def parse(self, response: Response) -> Parsed:
        return self.spider.parse(response)
