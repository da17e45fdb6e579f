"""Feeds with something wrong in the middle: cut off, values of another type, keys that are gone. A spider reads them or says why not."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.errors import PageUnreadable
from scrapers.normaliser.coffee import Roaster, normalise
from scrapers.normaliser.lines import line
from scrapers.pages import Request, Response
from scrapers.spiders.base import Spider
from scrapers.spiders.bluebottle_us import BlueBottleUsSpider
from scrapers.spiders.jsonld import JsonLdSpider
from scrapers.spiders.shopify import ShopifySpider
from scrapers.spiders.woocommerce import WooCommerceSpider
from tests.fake_shop import catalogue
from tests.tables import page

SHOP = "https://shop.example"
ROASTER = Roaster("Corner Roasters", "JPY")
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", " ", "0", "-5.00", "1e9", "1,450.00", "NaN"),
    *([], {}, [[]], [None], {"": ""}, [{"": []}], "\ud800", "a\0b", "x" * 5000, "<p>", "<!--", "【", "250g", "javascript:alert(1)"),
    *("http://[", "//", "Kenya\u202ereversed", "\u200b", "﷽" * 50, "品種：", "Notes: " * 40, {"eng": {"eng": 1}}, ["250g"] * 500),
)


def shopify_feed() -> Any:
    return {"products": [catalogue.shopify(number) for number in range(1, 4)]}


def woocommerce_feed() -> Any:
    return [catalogue.woocommerce(number, SHOP) for number in range(1, 4)]


def blue_bottle_page() -> Any:
    told = {
        "slug": {"current": "a"},
        "name": {"eng": "Night Owl"},
        "roastLevel": [{"label": {"eng": "Dark"}}],
        "processing": {"eng": "Washed"},
    }
    story = [{"description": {"eng": [{"children": [{"text": "Smoke and cocoa."}]}]}}]
    offers = [{"name": {"eng": "12 oz"}, "price": 21, "available": True}]
    return {
        "props": {
            "pageProps": {
                "lang": "eng",
                "conversion": {**told, "descriptionV2": story, "offers": offers, "flavorProfile": {"eng": "cocoa"}},
            }
        }
    }


def as_json(feed: Any) -> str:
    return json.dumps(feed)


def in_json_ld(feed: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(feed)}</script>'


def in_next_data(feed: Any) -> str:
    return f'<script id="__NEXT_DATA__">{json.dumps(feed)}</script>'


SHOPS: dict[str, tuple[Spider, Callable[[], Any], Callable[[Any], str]]] = {
    "shopify": (ShopifySpider(SHOP, "USD"), shopify_feed, as_json),
    "woocommerce": (WooCommerceSpider(SHOP), woocommerce_feed, as_json),
    "jsonld": (JsonLdSpider(SHOP), lambda: catalogue.json_ld(1, SHOP), in_json_ld),
    "bluebottle_us": (BlueBottleUsSpider(), blue_bottle_page, in_next_data),
}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) inside a value."""
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []:
        yield value, key
        yield from places(inner)


def mutated(feed: Any, random: Random) -> Any:
    """The feed with up to five things in it replaced, dropped, moved, wrapped or doubled."""
    for _ in range(random.randint(1, 5)):
        found = list(places(feed))
        if not found:
            return random.choice(ODD)
        inside, key = random.choice(found)
        match random.randrange(5):
            case 0:
                inside[key] = random.choice(ODD)
            case 1:
                del inside[key]
            case 2:
                there, other = random.choice(found)
                inside[key] = json.loads(json.dumps(there[other])) if isinstance(there, dict) and other in there else None
            case 3:
                inside[key] = [inside[key]]
            case _:
                inside[key] = str(inside[key])
    return feed


def read(spider: Spider, body: bytes) -> int:
    """How many items a page gave, each normalised and fit to be printed and stored; 0 for a page that the spider refuses."""
    url = f"{SHOP}/products/a"
    try:
        items = list(spider.parse(Response(url, body, Request(url))).named())
    except PageUnreadable:
        return 0
    for item in items:
        told = json.dumps(line(normalise(item, ROASTER)), ensure_ascii=False, allow_nan=False)
        told.encode()  # no half of a character
        assert "\\u0000" not in told
    return len(items)


@pytest.mark.parametrize("shop", SHOPS)
def test_the_feeds_are_good_before_anything_is_wrong_with_them(shop: str) -> None:
    spider, feed, written = SHOPS[shop]
    assert read(spider, written(feed()).encode()) >= 1


@pytest.mark.parametrize("shop", SHOPS)
@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_a_feed_with_something_wrong_in_it(shop: str, random: Random) -> None:
    spider, feed, written = SHOPS[shop]
    read(spider, written(mutated(feed(), random)).encode())


@pytest.mark.parametrize("shop", SHOPS)
@settings(max_examples=30, deadline=None)
@given(share=st.floats(0, 1), noise=st.binary(max_size=6))
def test_a_feed_that_is_cut_off_and_ends_in_noise(shop: str, share: float, noise: bytes) -> None:
    spider, feed, written = SHOPS[shop]
    body = written(feed()).encode()
    read(spider, body[: int(len(body) * share)] + noise)


@pytest.mark.parametrize("name", ["bluebottle-jp", "bluetokai"])
@settings(max_examples=15, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_a_real_feed_with_something_wrong_in_it(name: str, random: Random) -> None:
    products = json.loads(page(f"shops/{name}/products.json").read_bytes())["products"]
    feed = {"products": random.sample(products, 3)}
    read(ShopifySpider(SHOP, "JPY"), json.dumps(mutated(feed, random)).encode())
