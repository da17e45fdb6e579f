"""A test for each thing that shops do: what comes of it, and how often the shop was asked."""

import pytest

from scrapers.crawl import Crawl
from scrapers.errors import FetchFailed, PageUnreadable, ScrapeFailed
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.spiders.shopify import ShopifySpider
from tests.fake_shop import MISBEHAVIOURS, FakeShop
from tests.fake_shop.clock import FakeClock

# (how the run ends: a FetchFailed's code, page_unreadable, or None for no error), times that the feed was asked for
OUTCOMES: dict[str, tuple[str | None, int]] = {
    "too many requests": ("rate_limited", 3),
    "too many requests for an hour": ("rate_limited", 1),
    "unavailable": ("http_503", 3),
    "server error": ("http_500", 1),
    "gone": ("http_404", 1),
    "truncated JSON": ("page_unreadable", 1),
    "cut connection": ("connection", 3),
    "HTML instead of JSON": ("page_unreadable", 1),
    "empty answer": ("page_unreadable", 1),
    "empty feed": (None, 1),
    "slow bytes": ("timeout", 1),
    "hangs up": ("connection", 3),
    "redirect to a private address": ("address_refused", 1),
    "redirect to the cloud's metadata": ("address_refused", 1),
    "redirect to a decimal address": ("address_refused", 1),
    "redirect to a file": ("address_refused", 1),
    "redirect with a user": ("address_refused", 1),
    "redirect to nowhere": ("bad_redirect", 1),
    "redirects in a circle": ("too_many_redirects", 6),
    "far too long": ("too_large", 1),
    "a gzip bomb": ("too_large", 1),
    "broken gzip": ("bad_encoding", 1),
    "an encoding nobody asked for": ("bad_encoding", 1),
}


def manners(name: str = "") -> Manners:
    """A whole answer may take a minute, as it may of a real shop; less where slowness itself is looked at."""
    return Manners(loopback=True, page_seconds=0.8 if name == "slow bytes" else 60, most_bytes=2_000_000)


def test_every_misbehaviour_has_its_outcome() -> None:
    assert set(OUTCOMES) == set(MISBEHAVIOURS)


@pytest.mark.parametrize("name", OUTCOMES)
async def test_outcome(name: str) -> None:
    async with FakeShop() as shop, Fetcher(manners(name), clock=FakeClock()) as fetcher:
        feed = "/products.json*"
        shop.always(feed, MISBEHAVIOURS[name](shop.good("/products.json"))[0])
        crawl = Crawl(ShopifySpider(shop.url, "USD"), fetcher)
        ended: str | None = None
        items = []
        try:
            items = [item async for item in crawl.items()]
        except ScrapeFailed as error:
            ended = error.code
        assert (ended, sum(path.startswith("/products.json") for path in shop.paths)) == OUTCOMES[name]
        assert items == []


@pytest.mark.parametrize("name", ["too many requests", "unavailable", "hangs up", "cut connection"])
async def test_it_gets_over_what_passes(name: str) -> None:
    async with FakeShop() as shop, Fetcher(manners(), clock=FakeClock()) as fetcher:
        shop.enqueue("/products.json*", *MISBEHAVIOURS[name](shop.good("/products.json")))
        items = [item async for item in Crawl(ShopifySpider(shop.url, "USD"), fetcher).items()]
        assert len(items) == shop.products


async def test_a_failure_on_the_second_page_fails_the_run() -> None:
    async with FakeShop(products=300) as shop, Fetcher(manners(), clock=FakeClock()) as fetcher:
        shop.always("/products.json*page=2*", MISBEHAVIOURS["truncated JSON"](shop.good("/products.json"))[0])
        with pytest.raises(PageUnreadable, match="no whole JSON"):
            [item async for item in Crawl(ShopifySpider(shop.url, "USD"), fetcher).items()]


async def test_a_page_that_repeats_ends_the_feed() -> None:
    async with FakeShop(products=250) as shop, Fetcher(manners(), clock=FakeClock()) as fetcher:
        shop.always("/products.json*", shop.good("/products.json?limit=250&page=1"))
        items = [item async for item in Crawl(ShopifySpider(shop.url, "USD"), fetcher).items()]
        assert len(items) == 250
        assert [path for path in shop.paths if "products" in path] == ["/products.json?limit=250&page=1", "/products.json?limit=250&page=2"]


async def test_a_shop_that_never_ends_is_left() -> None:
    async with FakeShop(products=10_000) as shop, Fetcher(manners(), clock=FakeClock()) as fetcher:
        with pytest.raises(ScrapeFailed, match="more than 3 pages"):
            [item async for item in Crawl(ShopifySpider(shop.url, "USD"), fetcher, most_pages=3).items()]


async def test_a_retry_after_is_waited_for_and_told() -> None:
    clock = FakeClock()
    async with FakeShop() as shop, Fetcher(manners(), clock=clock) as fetcher:
        shop.always("/products.json*", MISBEHAVIOURS["too many requests"](shop.good("/"))[0])
        with pytest.raises(FetchFailed) as caught:
            [item async for item in Crawl(ShopifySpider(shop.url, "USD"), fetcher).items()]
    assert caught.value.retry_after == 7
    assert clock.slept.count(7) == 2
