"""No item crashes the normaliser, and what it made is what it makes of it again."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scrapers.items import RawItem, RawVariant
from scrapers.markup import lines, tidy
from scrapers.normaliser.coffee import Coffee, Refused, Roaster, as_item, normalise
from scrapers.normaliser.labels import labelled
from scrapers.normaliser.lines import line
from scrapers.normaliser.names import clean_name
from scrapers.pages import Request, Response
from scrapers.spiders.bluebottle_us import BlueBottleUsSpider
from scrapers.spiders.jsonld import JsonLdSpider
from scrapers.spiders.shopify import ShopifySpider
from scrapers.spiders.woocommerce import WooCommerceSpider

ROASTER = Roaster("Corner Roasters", "JPY")
WORDS = (
    *(
        "Kenya",
        "Ethiopia Guji",
        "Java",
        "washed",
        "natural",
        "honey",
        "co-fermented",
        "decaf",
        "SL28 & SL34",
        "Gesha",
        "light roast",
        "Dark Roast",
    ),
    *(
        "浅煎り",
        "【浅煎り】",
        "フレーバー：",
        "原材料名：コーヒー豆（エチオピア、ルワンダ）",
        "品種：ティピカ",
        "標高：1,800m",
        "Elevation: 2800 Ft",
        "Origin:",
        "Process - Washed",
    ),
    *(
        "tasting notes: lime, honey and rose",
        "250g",
        "12 oz",
        "140g×25個",
        "(200g)",
        "blend",
        "coffee",
        "New!",
        "free shipping",
        "|",
        " - ",
        "/",
        "\n",
        "、",
        "・",
    ),
    *(
        "notes of",
        "with a bright finish of ripe plum",
        "1,900 masl",
        "body: full",
        "酸味：明るい",
        "Roast Level: Comforting",
        "organic",
        "for espresso",
    ),
)
text = st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
prices = st.none() | st.decimals("0.01", "99999", places=2)
variants = st.builds(
    RawVariant,
    title=text,
    price=prices,
    currency=st.sampled_from([None, "JPY", "USD", "EUR"]),
    in_stock=st.booleans(),
    url=st.sampled_from([None, "https://shop.example/a"]),
)
items = st.builds(
    RawItem,
    external_id=st.text(min_size=1, max_size=8),
    title=text,
    text=st.lists(text, max_size=6).map("\n".join),
    kind=text,
    vendor=text,
    tags=st.lists(text, max_size=4).map(tuple),
    stated=st.dictionaries(
        st.sampled_from(["origin", "region", "process", "variety", "notes", "roast", "altitude", "farm", "weight"]), st.tuples(text)
    ),
    variants=st.lists(variants, max_size=4).map(tuple),
)


def told(found: Coffee | Refused) -> dict[str, Any]:
    """All but the evidence, which quotes other words the second time, and what had to be left out the first."""
    return {field: value for field, value in line(found).items() if field not in ("evidence", "warnings")}


@settings(max_examples=60, deadline=None)
@given(items)
@example(RawItem("1", "KENYA:SL14", stated={"variety": ("",)}))
@example(RawItem("1", "Kenya", stated={"variety": ("´",)}))
@example(RawItem("1", "Kenya SL28", stated={"variety": ("Unknown",)}))
@example(RawItem("1", "Corner", stated={"origin": ("GUJI",), "region": ("Old Hill",), "farm": ("GUJI",)}))
def test_normalising_its_own_output_changes_nothing(item: RawItem) -> None:
    found = normalise(item, ROASTER)
    json.dumps(line(found), ensure_ascii=False)
    if isinstance(found, Coffee):
        assert told(normalise(as_item(found), ROASTER)) == told(found)


@settings(max_examples=100, deadline=None)
@given(text)
def test_cleaning_a_clean_name_changes_nothing(title: str) -> None:
    assert clean_name(clean_name(title)) == clean_name(title)


@settings(max_examples=100, deadline=None)
@given(text)
def test_tidying_twice_changes_nothing(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)
    labelled(words)
    lines(f"<td>{words}<p><dd>{words}")


FIELDS = (
    *("products", "id", "title", "handle", "body_html", "variants", "price", "available", "tags", "images", "src", "name", "prices"),
    *("price_range", "variations", "attributes", "value", "currency_minor_unit", "@type", "@graph", "offers", "priceSpecification"),
    *("hasVariant", "props", "pageProps", "conversion", "eng", "descriptionV2", "roastLevel"),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=30, deadline=None)
@given(json_values)
def test_no_feed_crashes_a_spider(value: Any) -> None:
    """Whatever JSON a shop sends in a feed of the right outer form, its items are items."""
    product = value if isinstance(value, dict) else {"title": value, "variants": [value]}
    said = json.dumps({"@type": "Product", **product})
    data = json.dumps({"props": {"pageProps": {"conversion": product, "lang": value}}})
    page = f'<script type="application/ld+json">{said}</script><script id="__NEXT_DATA__">{data}</script>'
    for spider, body in (
        (ShopifySpider("https://shop.example", "USD"), json.dumps({"products": [product, value]})),
        (WooCommerceSpider("https://shop.example"), json.dumps([product, value])),
        (JsonLdSpider("https://shop.example"), page),
        (BlueBottleUsSpider(), page),
    ):
        parsed = spider.parse(Response("https://shop.example/x", body.encode(), Request("https://shop.example/x")))
        for item in parsed.named():
            json.dumps(line(normalise(item, ROASTER)), ensure_ascii=False)


@pytest.mark.timeout(60)  # a reader that looks back over the whole text takes minutes
@pytest.mark.parametrize("piece", ["-", "a.A.", "new!!!", "1,", "<p>", "<!--", "<a href='", '<?xml version="1.0"?>'])
def test_a_hostile_description_is_read_in_time(piece: str) -> None:
    long = piece * (160_000 // len(piece))
    line(normalise(RawItem("1", f"Kenya {long}", text=lines(long), variants=(RawVariant(long),)), ROASTER))
    line(normalise(RawItem("1", "Kenya", text=long), ROASTER))


def test_prices_keep_their_cents() -> None:
    item = RawItem(
        "1", "Kenya", variants=(RawVariant("250 g", Decimal("14.45"), "USD"), RawVariant("250 g / Ground", Decimal("14.45"), "USD"))
    )
    found = normalise(item, ROASTER)
    assert isinstance(found, Coffee)
    assert [(int(offer.grams), offer.amount_minor, offer.grind) for offer in found.facts.offers] == [(250, 1445, "whole_bean")]
