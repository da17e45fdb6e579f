"""Shopify's public feed: /products.json, or that of one collection, page by page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from coffeebot.domain.wares import Refusal
from scrapers import loosely
from scrapers.errors import PageUnreadable
from scrapers.items import MOST_VARIANTS, RawItem, RawVariant
from scrapers.markup import lines
from scrapers.pages import Parsed, Request, Response

PAGE = 250  # products; the most that Shopify gives at once


@dataclass(frozen=True, slots=True)
class ShopifySpider:
    """`url` is the shop's or a collection's address. The feed states no currency: it is the shop's, which `currency` pins.

    A product whose handle has a word of `refused_handles` is no coffee.
    """

    url: str
    currency: str | None = None
    refused_handles: Mapping[str, Refusal] = field(default_factory=dict)

    def start(self) -> Iterable[Request]:
        return [Request(f"{self.url.rstrip('/')}/products.json?{urlencode({'limit': PAGE, 'page': 1})}")]

    def parse(self, response: Response) -> Parsed:
        feed = response.json()
        if not isinstance(feed, dict) or not isinstance(feed.get("products"), list):
            raise PageUnreadable(f"{response.url}: no Shopify feed, for it has no list of products")
        products = list(loosely.mappings(feed["products"]))
        more = (Request(_next_page(response.request.url)),) if len(products) >= _limit(response.request.url) else ()
        return Parsed(tuple(self._item(product, response.url) for product in products), more)

    def _item(self, product: Mapping[str, Any], page: str) -> RawItem:
        handle = loosely.text(product.get("handle"))
        url = _product_url(self.url or page, handle)
        return RawItem(
            external_id=loosely.text(product.get("id")) or handle,
            title=loosely.text(product.get("title")),
            url=url,
            text=lines(loosely.text(product.get("body_html"))),
            kind=loosely.text(product.get("product_type")),
            vendor=loosely.text(product.get("vendor")),
            tags=loosely.texts(product.get("tags")),
            image=loosely.first_image(product.get("images")),
            variants=tuple(self._variants(product, url)),
            refused=next((str(code) for word, code in self.refused_handles.items() if word in handle.replace("-", "")), None),
        )

    def _variants(self, product: Mapping[str, Any], url: str | None) -> Iterator[RawVariant]:
        for variant in list(loosely.mappings(product.get("variants")))[:MOST_VARIANTS]:
            number = loosely.text(variant.get("id"))
            title = loosely.text(variant.get("title"))
            yield RawVariant(
                title="" if title == "Default Title" else title,
                price=loosely.price(variant.get("price")),
                currency=self.currency,
                in_stock=variant.get("available") is not False,
                url=f"{url}?variant={number}" if url and number else url,
            )


def _limit(url: str) -> int:
    asked = parse_qs(urlsplit(url).query).get("limit", [""])[0]
    return max(1, int(asked)) if asked.isdecimal() else PAGE


def _next_page(url: str) -> str:
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    page = int(asked.get("page", "1")) if asked.get("page", "1").isdecimal() else 1
    return urlunsplit(parts._replace(query=urlencode({**asked, "page": page + 1})))


def _product_url(shop: str, handle: str) -> str | None:
    parts = urlsplit(shop)
    return f"{parts.scheme}://{parts.netloc}/products/{handle}" if parts.netloc and handle else None
