"""Each spider against the fake shop of its system: all coffees, with their sizes and prices, and what it says of odd pages."""

import gzip
import json
from decimal import Decimal

import pytest

from scrapers.crawl import Crawl
from scrapers.errors import PageUnreadable
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.items import RawItem
from scrapers.normaliser.coffee import Coffee, Roaster, normalise
from scrapers.normaliser.lines import line
from scrapers.pages import Request, Response, web_address
from scrapers.registry import ROASTERS, SYSTEMS, known_shop
from scrapers.spiders.base import Spider
from scrapers.spiders.bluebottle_us import BlueBottleUsSpider
from scrapers.spiders.jsonld import JsonLdSpider
from scrapers.spiders.shopify import ShopifySpider
from scrapers.spiders.woocommerce import FEED, WooCommerceSpider
from tests.fake_shop import Answer, FakeShop
from tests.fake_shop.clock import FakeClock


async def crawled(shop: FakeShop, spider: Spider) -> tuple[list[RawItem], Crawl]:
    async with Fetcher(Manners(loopback=True, polite=False), clock=FakeClock()) as fetcher:
        crawl = Crawl(spider, fetcher)
        return [item async for item in crawl.items()], crawl


def page(spider: Spider, body: str, url: str = "https://shop.example/products/a") -> list[RawItem]:
    return list(spider.parse(Response(url, body.encode(), Request(url))).items)


@pytest.mark.parametrize(("system", "currency"), [("shopify", "USD"), ("woocommerce", "EUR"), ("jsonld", "GBP")])
async def test_a_whole_shop(system: str, currency: str) -> None:
    async with FakeShop(products=7, system=system) as shop:
        items, crawl = await crawled(shop, SYSTEMS[system](shop.url, "USD" if system == "shopify" else None))
    coffees = [normalise(item, Roaster("Fake Roasters")) for item in items]
    lines = [line(coffee) for coffee in coffees if isinstance(coffee, Coffee)]
    assert len(lines) == 7 and crawl.missed == []
    first = next(told for told in lines if told["name"] == "Ethiopia Lot 1")
    assert [(offer["grams"], offer["amount_minor"], offer["currency"]) for offer in first["offers"]] == [
        (250, 1410, currency),
        (1000, 4810, currency),
    ]
    assert [offer["in_stock"] for offer in first["offers"]] == [True, system == "shopify"]
    assert (first["origin"], first["process"], first["altitude_masl"]) == (["Ethiopia"], ["natural"], [1501, 1501])
    assert first["notes"] == ["jasmine", "peach", "bergamot"]


async def test_pages_are_turned_to_the_end() -> None:
    async with FakeShop(products=251) as shop:
        items, crawl = await crawled(shop, ShopifySpider(shop.url, "USD"))
    assert (len(items), crawl.pages) == (251, 2)


async def test_a_product_page_that_is_gone_is_missed_and_the_rest_is_read() -> None:
    async with FakeShop(products=3, system="jsonld") as shop:
        shop.always("/products/colombia-lot-2", Answer(status=404))
        items, crawl = await crawled(shop, JsonLdSpider(shop.url))
    assert len(items) == 2
    assert len(crawl.missed) == 1 and "404" in crawl.missed[0]


async def test_sizes_that_cannot_be_had_leave_the_coffee_without_prices() -> None:
    async with FakeShop(products=1, system="woocommerce") as shop:
        shop.always("*parent=1*", Answer(status=500))
        (item,), crawl = await crawled(shop, WooCommerceSpider(shop.url))
    assert [variant.price for variant in item.variants] == [None, None]
    assert len(crawl.missed) == 1


async def test_a_page_whose_only_finished_item_is_known_is_read_all_the_same() -> None:
    """A product that slid to the next page while the shop was read, beside others that wait for their sizes."""
    async with FakeShop(products=101, system="woocommerce") as shop:
        simple = {"id": 900, "name": "Kenya 250g", "prices": {"price": "900", "currency_code": "EUR", "currency_minor_unit": 2}}
        first, second = (json.loads(shop.good(f"{FEED}?per_page=100&page={page}").body) for page in (1, 2))
        shop.always("*&page=1", Answer.json([simple, *first[1:]]))
        shop.always("*&page=2", Answer.json([simple, *second]))
        items, _ = await crawled(shop, WooCommerceSpider(shop.url))
    assert len(items) == 1 + 99 + 1


async def test_a_page_of_unfinished_items_that_repeats_ends_the_feed() -> None:
    async with FakeShop(products=100, system="woocommerce") as shop:
        shop.always("*per_page=100&page=*", shop.good(f"{FEED}?per_page=100&page=1"))
        items, _ = await crawled(shop, WooCommerceSpider(shop.url))
        assert len(items) == 100
        assert [path for path in shop.paths if "&page=" in path] == [f"{FEED}?per_page=100&page=1", f"{FEED}?per_page=100&page=2"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"products": {}}', '{"products": [', "<html></html>", "null", "[" * 100_000])
def test_what_is_no_shopify_feed(body: str) -> None:
    with pytest.raises(PageUnreadable):
        page(ShopifySpider("https://shop.example", "USD"), body)


@pytest.mark.parametrize("body", ["", "{}", "[{", '"rest_no_route"', "<html></html>"])
def test_what_is_no_woocommerce_feed(body: str) -> None:
    with pytest.raises(PageUnreadable):
        page(WooCommerceSpider("https://shop.example"), body)


def test_a_woocommerce_price_has_the_feeds_digits_and_zero_is_unset() -> None:
    feed = """[{"id": 1, "name": "Kenya 200g", "prices": {"price": "1600", "currency_code": "JPY", "currency_minor_unit": 0}},
               {"id": 2, "name": "Peru 200g", "prices": {"price": "0", "currency_code": "JPY", "currency_minor_unit": 0}}]"""
    prices = [(item.variants[0].price, item.variants[0].currency) for item in page(WooCommerceSpider("https://shop.example"), feed)]
    assert prices == [(Decimal(1600), "JPY"), (None, "JPY")]


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>',
        '<?xml version="1.0"?><urlset><url><loc>https://shop.example/products/a</loc>',
        '<?xml version="1.0"?>',
    ],
)
def test_what_is_no_sitemap(body: str) -> None:
    with pytest.raises(PageUnreadable):
        page(JsonLdSpider("https://shop.example"), body, "https://shop.example/sitemap.xml")


def test_a_packed_sitemap_is_unpacked_and_a_broken_or_endless_one_refused() -> None:
    url = "https://shop.example/sitemap.xml.gz"
    good = gzip.compress(b"<urlset><url><loc>https://shop.example/products/a</loc></url></urlset>")
    found = JsonLdSpider("https://shop.example").parse(Response(url, good, Request(url)))
    assert [request.url for request in found.requests] == ["https://shop.example/products/a"]
    for bad in (good[:-9], good[:2] + b"nonsense", gzip.compress(b"<urlset>" + b" " * 50_000_000)):
        with pytest.raises(PageUnreadable):
            JsonLdSpider("https://shop.example").parse(Response(url, bad, Request(url)))


def test_a_sitemap_leads_to_the_shops_own_product_pages_only() -> None:
    places = (
        "https://shop.example/products/a",
        "https://elsewhere.example/products/b",
        "https://shop.example/blog/c",
        "http://10.0.0.1/products/d",
    )
    body = "<urlset>" + "".join(f"<url><loc>{place}</loc></url>" for place in (*places, *places)) + "</urlset>"
    url = "https://shop.example/sitemap.xml"
    found = JsonLdSpider("https://shop.example").parse(Response(url, body.encode(), Request(url)))
    assert [request.url for request in found.requests] == ["https://shop.example/products/a"]


def test_a_page_that_only_says_how_it_wants_to_be_shared() -> None:
    body = """<meta property="og:type" content="product"><meta property="og:title" content="Kenya Karumandi 250g">
      <meta property="product:price:amount" content="1,450.00"><meta property="product:price:currency" content="JPY">
      <meta property="product:availability" content="out of stock">"""
    (item,) = page(JsonLdSpider("https://shop.example"), body)
    assert (item.title, item.variants[0].price, item.variants[0].currency, item.variants[0].in_stock) == (
        "Kenya Karumandi 250g",
        1450,
        "JPY",
        False,
    )
    assert page(JsonLdSpider("https://shop.example"), '<meta property="og:title" content="About us">') == []


def test_a_group_of_variants_in_json_ld() -> None:
    body = """<script type="application/ld+json">{"@type": "ProductGroup", "productGroupID": "7", "name": "Kenya", "hasVariant": [
      {"@type": "Product", "name": "Kenya", "weight": {"value": 12, "unitCode": "ONZ"}, "offers": {"price": "19", "priceCurrency": "USD"}},
      {"@type": "Product", "name": "Kenya 2 lb", "offers": {"@type": "AggregateOffer", "lowPrice": 1, "offers": [
        {"priceSpecification": {"price": 48.5, "priceCurrency": "USD"}}]}}]}</script>"""
    (item,) = page(JsonLdSpider("https://shop.example"), body)
    found = normalise(item, Roaster("R"))
    assert isinstance(found, Coffee)
    assert [(round(offer.grams), offer.amount_minor) for offer in found.facts.offers] == [(340, 1900), (907, 4850)]


def test_blue_bottle_us_reads_prices_where_a_page_has_them_and_no_neighbour() -> None:
    body = """<script type="application/ld+json">{"@type": "Product", "name": "Giant Steps", "offers": [
      {"name": "12 oz", "price": 21, "priceCurrency": "USD"}]}</script><script id="__NEXT_DATA__" type="application/json">
      {"props": {"pageProps": {"lang": "eng", "crossSellProducts": [{"name": {"eng": "Bella Donovan"}}],
      "conversion": {"slug": {"current": "giant-steps"}, "name": {"eng": "Giant Steps"}, "processing": {"eng": "Washed"}}}}}</script>"""
    (item,) = page(BlueBottleUsSpider(), body, "https://bluebottlecoffee.com/us/eng/product/giant-steps")
    found = normalise(item, ROASTERS["bluebottle_us"].roaster)
    assert isinstance(found, Coffee)
    told = line(found)
    assert (told["name"], told["process"], told["offers"][0]["amount_minor"], told["offers"][0]["grams"]) == (
        "Giant Steps",
        ["washed"],
        2100,
        340.2,
    )
    with pytest.raises(PageUnreadable):
        page(BlueBottleUsSpider(), "<html></html>")


def test_a_page_is_read_in_the_encoding_that_it_names() -> None:
    """Some Japanese shops still send Shift_JIS or EUC-JP, and say so in the head or in the page."""
    told = '<meta property="og:type" content="product"><meta property="og:title" content="エチオピア 珈琲豆">'
    url = "https://shop.example/products/a"
    for body, headers in (
        (f'<meta charset="Shift_JIS">{told}'.encode("cp932"), {}),
        (f'<meta http-equiv="Content-Type" content="text/html; charset=euc-jp">{told}'.encode("euc_jp"), {}),
        (told.encode("euc_jp"), {"content-type": "text/html; charset=EUC-JP"}),
        (f'<meta charset="utf-7">{told}'.encode(), {}),
    ):
        (item,) = JsonLdSpider("https://shop.example").parse(Response(url, body, Request(url), headers)).items
        assert item.title == "エチオピア 珈琲豆"


@pytest.mark.parametrize(
    "place", ["javascript:alert(1)", "data:text/html,x", "http://[", "https://user:secret@shop.example/", "https://x.example/" + "a" * 3000]
)
def test_what_is_no_web_address_is_no_address_of_a_coffee(place: str) -> None:
    product = {"@type": "Product", "name": "Kenya 250g", "url": place, "image": place, "offers": [{"price": 9, "url": place}]}
    (item,) = page(JsonLdSpider("https://shop.example"), f'<script type="application/ld+json">{json.dumps(product)}</script>')
    feed = [{"id": 1, "name": "Kenya 250g", "permalink": place, "images": [{"src": place}], "prices": {"price": "900"}}]
    (other,) = page(WooCommerceSpider("https://shop.example"), json.dumps(feed))
    for found in (normalise(item, Roaster("R", "USD")), normalise(other, Roaster("R", "USD"))):
        assert isinstance(found, Coffee)
        addresses = {found.url, found.facts.image, *(offer.url for offer in found.facts.offers)}
        assert addresses <= {None, "https://shop.example/products/a"} and len(found.facts.offers) == 1


def test_addresses_are_made_whole_by_the_page() -> None:
    assert web_address("//cdn.example/a.png", page="https://shop.example/products/a") == "https://cdn.example/a.png"
    assert web_address("/a.png", page="https://shop.example/products/a") == "https://shop.example/a.png"
    assert web_address("/a.png") is None and web_address(None, page="https://shop.example/") is None


def test_halves_of_characters_and_nuls_go_before_they_reach_a_table() -> None:
    (item,) = page(ShopifySpider("https://shop.example", "USD"), '{"products": [{"id": "1\\u0000", "title": "Kenya \\ud800 \\u0000A"}]}')
    assert (item.external_id, item.title) == ("1", "Kenya \ufffd A")


def test_onibus() -> None:
    """The documented shape: Japanese text under /en/, everything in the body, and handles that tell what is no coffee."""
    feed = """{"products": [
      {"id": 1, "handle": "ethiopia-guji", "title": "エチオピア グジ【浅煎り】", "variants": [{"id": 11, "title": "200g", "price": "1900"}],
       "body_html": "<p>生産国：エチオピア<br>生産処理：ナチュラル<br>標高：2,000m〜2,200m<br>フレーバー：ピーチ・ジャスミン・はちみつ"},
      {"id": 2, "handle": "monthly-box", "title": "ONIBUS BOX", "variants": []},
      {"id": 3, "handle": "drip-bag-5", "title": "エチオピア 5個", "variants": []},
      {"id": 4, "handle": "cold-brew-kenya", "title": "ケニア", "variants": []}]}"""
    shop = ROASTERS["onibus"]
    told = [line(normalise(item, shop.roaster)) for item in page(shop.spider, feed)]
    assert [entry.get("refused") for entry in told] == [None, "subscription", "drip_bag", "not_coffee"]
    first = told[0]
    assert (first["name"], first["roast"], first["origin"], first["process"]) == ("エチオピア グジ", "light", ["Ethiopia"], ["natural"])
    assert (first["altitude_masl"], first["notes"]) == ([2000, 2200], ["ピーチ", "ジャスミン", "はちみつ"])
    assert [(offer["grams"], offer["amount_minor"], offer["currency"]) for offer in first["offers"]] == [(200, 1900, "JPY")]
    assert first["url"] == "https://onibuscoffee.com/products/ethiopia-guji"


def test_a_known_shop_is_known_by_its_host() -> None:
    assert known_shop("https://www.bluebottlecoffee.com/us/eng") is ROASTERS["bluebottle_us"]
    assert known_shop("https://bluebottlecoffee.com.evil.example/") is None
    assert known_shop("http://[") is None
