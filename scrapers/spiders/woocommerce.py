"""WooCommerce's Store API: /wp-json/wc/store/v1/products, and the sizes of each variable product."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from scrapers import loosely
from scrapers.errors import PageUnreadable
from scrapers.items import MOST_VARIANTS, RawItem, RawVariant
from scrapers.markup import lines, tidy
from scrapers.normaliser.labels import field_of
from scrapers.pages import Parsed, Request, Response

FEED = "/wp-json/wc/store/v1/products"
PAGE = 100


@dataclass(frozen=True, slots=True)
class WooCommerceSpider:
    """`url` is the shop's address. The feed states its currency; `currency` outweighs it."""

    url: str
    currency: str | None = None

    def start(self) -> Iterable[Request]:
        return [Request(self._page(1))]

    def parse(self, response: Response) -> Parsed:
        feed = response.json()
        if not isinstance(feed, list):
            raise PageUnreadable(f"{response.url}: no WooCommerce feed, for it is no list of products")
        products = list(loosely.mappings(feed))
        waiting = response.request.item
        if waiting is not None:
            sizes = tuple(self._variation(product) for product in products[:MOST_VARIANTS])
            return Parsed((replace(waiting, variants=sizes or waiting.variants),))
        read = [self._read(product, response.url) for product in products]
        return Parsed(
            tuple(found for found in read if isinstance(found, RawItem)),
            (*(found for found in read if isinstance(found, Request)), *self._more(response.request.url, len(products))),
        )

    def _page(self, page: int) -> str:
        return f"{self.url.rstrip('/')}{FEED}?{urlencode({'per_page': PAGE, 'page': page})}"

    def _more(self, url: str, count: int) -> Iterator[Request]:
        page = next((part.removeprefix("page=") for part in urlsplit(url).query.split("&") if part.startswith("page=")), "1")
        if count >= PAGE and page.isdecimal():
            yield Request(self._page(int(page) + 1))

    def _read(self, product: Mapping[str, Any], page: str) -> RawItem | Request:
        """The item; where its sizes have prices of their own, the request that will complete it."""
        prices = loosely.mapping(product.get("prices"))
        item = RawItem(
            external_id=loosely.text(product.get("id")),
            title=tidy(lines(loosely.text(product.get("name")))),
            url=loosely.text(product.get("permalink")) or None,
            text=tidy("\n".join(lines(loosely.text(product.get(part))) for part in ("description", "short_description"))),
            kind=", ".join(loosely.text(category.get("name")) for category in loosely.mappings(product.get("categories"))),
            tags=tuple(loosely.text(tag.get("name")) for tag in loosely.mappings(product.get("tags"))),
            image=loosely.first_image(product.get("images")),
            stated=_stated(product),
            variants=tuple(self._sizes(product, prices)),
        )
        if loosely.mapping(prices.get("price_range")) and product.get("variations"):
            sizes = urlencode({"parent": item.external_id, "type": "variation", "per_page": PAGE})
            return Request(f"{self.url.rstrip('/') or page.split(FEED)[0]}{FEED}?{sizes}", item=item)
        return item

    def _sizes(self, product: Mapping[str, Any], prices: Mapping[str, Any]) -> Iterator[RawVariant]:
        """One line for the product itself, or for each variation; their prices are unknown where they differ."""
        amount = None if loosely.mapping(prices.get("price_range")) else _amount(prices)
        named = [_attributes(variation) for variation in loosely.mappings(product.get("variations"))]
        for title in named[:MOST_VARIANTS] or [""]:
            yield RawVariant(
                title=title,
                price=amount,
                currency=self._currency(prices),
                in_stock=product.get("is_in_stock") is not False,
                url=loosely.text(product.get("permalink")) or None,
            )

    def _variation(self, product: Mapping[str, Any]) -> RawVariant:
        prices = loosely.mapping(product.get("prices"))
        return RawVariant(
            title=loosely.text(product.get("variation")) or _attributes(product) or loosely.text(product.get("name")),
            price=_amount(prices),
            currency=self._currency(prices),
            in_stock=product.get("is_in_stock") is not False,
            url=loosely.text(product.get("permalink")) or None,
        )

    def _currency(self, prices: Mapping[str, Any]) -> str | None:
        return self.currency or loosely.text(prices.get("currency_code")).upper() or None


def _amount(prices: Mapping[str, Any]) -> Decimal | None:
    """The price in major units; "0" is a price that nobody has set."""
    amount, digits = loosely.price(prices.get("price")), prices.get("currency_minor_unit", 2)
    return amount.scaleb(-digits) if amount is not None and isinstance(digits, int) and 0 <= digits <= 4 else None


def _attributes(variation: Mapping[str, Any]) -> str:
    return " / ".join(loosely.text(attribute.get("value")) for attribute in loosely.mappings(variation.get("attributes")))


def _stated(product: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The attributes that say something of the coffee ("Origin: Kenya"); those that its sizes differ by say nothing."""
    stated = {}
    for attribute in loosely.mappings(product.get("attributes")):
        field = field_of(loosely.text(attribute.get("name")))
        if field and not attribute.get("has_variations"):
            stated[field] = tuple(lines(loosely.text(term.get("name"))) for term in loosely.mappings(attribute.get("terms")))
    return stated
