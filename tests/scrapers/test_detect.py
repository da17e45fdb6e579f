"""A shop by its address alone."""

import pytest

from scrapers.detect import detect
from scrapers.errors import AddressRefused, FetchFailed, UnknownShop
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.preview import preview
from scrapers.registry import ROASTERS
from tests.fake_shop import Answer, FakeShop
from tests.fake_shop.clock import FakeClock


def fetcher() -> Fetcher:
    return Fetcher(Manners(loopback=True, polite=False), clock=FakeClock())


@pytest.mark.parametrize(
    ("system", "spider", "currency"),
    [("shopify", "ShopifySpider", "USD"), ("woocommerce", "WooCommerceSpider", "EUR"), ("jsonld", "JsonLdSpider", "GBP")],
)
async def test_each_system(system: str, spider: str, currency: str) -> None:
    async with FakeShop(system=system) as shop, fetcher() as asking:
        found = await detect(shop.url, asking)
    assert (type(found.spider).__name__, found.roaster.currency) == (spider, currency)


async def test_a_shopify_shops_coffee_shelf_and_name_are_found() -> None:
    async with FakeShop() as shop, fetcher() as asking:
        found = await detect(f"{shop.url}/pages/about", asking)
        named = await detect(f"{shop.url}/collections/espresso", asking, currency="JPY", name="Onibus")
    assert (found.url, found.roaster.name) == (f"{shop.url}/collections/coffee", "Fake Roasters")
    assert (named.url, named.roaster.name, named.roaster.currency) == (f"{shop.url}/collections/espresso", "Onibus", "JPY")


async def test_a_registered_shop_needs_no_look() -> None:
    async with fetcher() as asking:
        assert await detect("https://store.bluebottlecoffee.jp/collections/coffee", asking) is ROASTERS["bluebottle_jp"]


async def test_a_site_that_is_no_shop() -> None:
    async with FakeShop(system="jsonld", products=0) as shop, fetcher() as asking:
        with pytest.raises(UnknownShop):
            await detect(shop.url, asking)


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "10.0.0.1", "file:///etc/passwd", "https://user@shop.example/", "http://[", "", "javascript:alert(1)"]
)
async def test_an_address_that_is_not_read_ends_the_look(url: str) -> None:
    async with fetcher() as asking:
        with pytest.raises(AddressRefused):
            await detect(url, asking)


async def test_a_shop_that_asks_for_patience_is_left_alone() -> None:
    async with FakeShop() as shop, fetcher() as asking:
        shop.always("/products.json*", Answer(status=429, headers={"Retry-After": "3600"}))
        with pytest.raises(FetchFailed, match="429"):
            await detect(shop.url, asking)
        assert len([path for path in shop.paths if path != "/robots.txt"]) == 1


async def test_a_shop_that_forbids_its_feeds_is_unknown_and_says_why() -> None:
    async with FakeShop(robots="User-agent: *\nDisallow: /") as shop, fetcher() as asking:
        with pytest.raises(UnknownShop, match=r"robots\.txt forbids it"):
            await detect(shop.url, asking)
        assert shop.paths == ["/robots.txt"]


async def test_a_preview_shows_what_would_come_of_it() -> None:
    async with FakeShop(products=5) as shop, fetcher() as asking:
        shown = [row async for row in preview(shop.url, asking, most=3)]
    assert shown[0] == f"Fake Roasters · Shopify · {shop.url}/collections/coffee · USD"
    assert shown[1] == "  + Ethiopia Lot 1 · Ethiopia · natural · jasmine, peach, bergamot · 250 g 14.10 USD, 1000 g 48.10 USD"
    assert shown[-2:] == ["… and perhaps more: only 3 are shown", "3 coffees"]
