"""Product pages that describe themselves by schema.org JSON-LD or Open Graph, found by the shop's sitemap."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from scrapers import loosely
from scrapers.errors import PageUnreadable
from scrapers.items import MOST_VARIANTS, RawItem, RawVariant
from scrapers.markup import lines, scripts, soup
from scrapers.normaliser.labels import field_of
from scrapers.pages import Parsed, Request, Response, host_of, web_address

PRODUCT_PATH = r"/(?:products?|shop|store|coffees?|beans?|item|p|buy)/[^/?#]+"
MOST_PAGES = 500  # of one sitemap
MOST_UNPACKED = 12 * 1024 * 1024  # bytes of a packed sitemap
_GZIP = b"\x1f\x8b"
_SOLD = ("outofstock", "soldout", "discontinued", "oos", "out of stock")


@dataclass(frozen=True, slots=True)
class JsonLdSpider:
    """`url` is the shop's address; `product_path` finds the product pages among those of the sitemap."""

    url: str
    currency: str | None = None
    product_path: str = PRODUCT_PATH

    def start(self) -> Iterable[Request]:
        return [Request(urljoin(self.url, "/sitemap.xml"))]

    def parse(self, response: Response) -> Parsed:
        if response.body[:2] == _GZIP:
            response = replace(response, body=_unpacked(response))
        if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml|\s*<(?:urlset|sitemapindex)", response.body):
            inside = sitemap(response)
            return Parsed(requests=tuple(Request(url, one_of_many=not inside.index) for url in self._wanted(inside, response.url)))
        tree = soup(response.text)
        page = _address(tree, response.url)
        item = next((self._item(product, page) for product in products(tree)), None) or self._shared(tree, page)
        return Parsed((item,) if item else ())

    def _wanted(self, inside: "Sitemap", page: str) -> list[str]:
        """The sitemaps of an index, or the product pages of a sitemap: those of the shop's own host, each once."""
        urls = dict.fromkeys(url for url in inside.urls if host_of(url) == host_of(page))
        return [url for url in urls if inside.index or re.search(self.product_path, urlsplit(url).path)][:MOST_PAGES]

    def _item(self, product: Mapping[str, Any], page: str) -> RawItem:
        url = web_address(loosely.text(product.get("url")), page=page) or page
        return RawItem(
            external_id=next(
                (number for key in ("productGroupID", "sku", "productID", "@id") if (number := loosely.text(product.get(key)))), url
            ),
            title=lines(loosely.text(product.get("name"))),
            url=url,
            text=lines(loosely.text(product.get("description"))),
            kind=_named(product.get("category")),
            vendor=_named(product.get("brand")),
            image=_image(product.get("image"), page),
            stated=_stated(product),
            variants=tuple(self.variants(product, url))[:MOST_VARIANTS],
        )

    def variants(self, product: Mapping[str, Any], page: str) -> Iterator[RawVariant]:
        """The offers of a product and of its variants; a price range is none."""
        sizes = list(loosely.mappings(product.get("hasVariant")))
        for size in sizes or [dict(product)]:
            title = "" if size.get("name") == product.get("name") else loosely.text(size.get("name"))
            for offer in _offers(size.get("offers")):
                yield self._variant(offer, title or _size(size) or _size(offer), page)

    def _variant(self, offer: Mapping[str, Any], title: str, page: str) -> RawVariant:
        priced = next(loosely.mappings(offer.get("priceSpecification")), {})
        availability = loosely.text(offer.get("availability")).rsplit("/", 1)[-1].lower()
        return RawVariant(
            title=loosely.text(offer.get("name")) or title,
            price=loosely.price(offer.get("price") or priced.get("price")),
            currency=self.currency or (loosely.text(offer.get("priceCurrency") or priced.get("priceCurrency")).upper() or None),
            in_stock=availability not in _SOLD,
            url=web_address(loosely.text(offer.get("url")), page=page) or page,
        )

    def _shared(self, tree: BeautifulSoup, page: str) -> RawItem | None:
        """A product page that only says how it wants to be shared."""
        told = {
            str(tag.get("property") or tag.get("name")): str(tag.get("content") or "")
            for tag in tree.find_all("meta")
            if tag.get("property") or tag.get("name")
        }
        price = told.get("product:price:amount") or told.get("og:price:amount")
        if not told.get("og:title") or not (price or told.get("og:type") in ("product", "og:product")):
            return None
        currency = told.get("product:price:currency") or told.get("og:price:currency") or ""
        sold = told.get("product:availability", told.get("og:availability", "")).lower() in _SOLD
        variant = RawVariant("", loosely.price(price), self.currency or currency.upper() or None, not sold, page)
        return RawItem(
            external_id=told.get("product:retailer_item_id") or urlsplit(page).path,
            title=told["og:title"],
            url=page,
            text=lines(told.get("og:description", "")),
            image=told.get("og:image") or None,
            variants=(variant,),
        )


@dataclass(frozen=True, slots=True)
class Sitemap:
    urls: tuple[str, ...]
    index: bool


def sitemap(response: Response) -> Sitemap:
    """Raises PageUnreadable for XML that is broken or declares entities, as no sitemap does."""
    if b"<!" in response.body.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise PageUnreadable(f"{response.url}: a sitemap with a document type of its own is not read")
    try:
        root = ElementTree.fromstring(response.body.strip())
    except ElementTree.ParseError:
        raise PageUnreadable(f"{response.url}: the sitemap is no whole XML ({len(response.body):,} bytes)") from None
    found = (place.text.strip() for place in root.iter() if place.tag.rsplit("}", 1)[-1] == "loc" and place.text)
    return Sitemap(tuple(found), root.tag.endswith("sitemapindex"))


def _unpacked(response: Response) -> bytes:
    """A sitemap.xml.gz, which is a file like any other to its shop's server."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = stream.decompress(response.body, MOST_UNPACKED)
    except zlib.error:
        body = b""
    if not stream.eof:
        raise PageUnreadable(f"{response.url}: the packed sitemap is broken, or over {MOST_UNPACKED:,} bytes")
    return body


def products(tree: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """The products that a page's JSON-LD describes; what it lists beside them is not looked into."""
    for block in scripts(tree, type="application/ld+json"):
        for node in loosely.mappings(block):
            for thing in (node, *loosely.mappings(node.get("@graph")), *loosely.mappings(node.get("mainEntity"))):
                kinds = thing.get("@type")
                if {"Product", "ProductGroup"} & set(loosely.texts(kinds)):
                    yield thing


def _address(tree: BeautifulSoup, url: str) -> str:
    """Where a page lies: where it came from, for a saved one where it says it came from."""
    if urlsplit(url).scheme in ("http", "https"):
        return url
    canonical = tree.find("link", rel="canonical")
    return str(canonical.get("href") or url) if canonical else url


def _offers(offers: Any) -> Iterator[dict[str, Any]]:
    for offer in loosely.mappings(offers):
        inner = list(loosely.mappings(offer.get("offers")))
        yield from inner or [offer]


def _size(thing: Mapping[str, Any]) -> str:
    """A size in words: the size itself, or a weight with its UN/CEFACT unit."""
    weight = loosely.mapping(thing.get("weight"))
    unit = {"GRM": "g", "KGM": "kg", "ONZ": "oz", "LBR": "lb"}.get(
        loosely.text(weight.get("unitCode")), loosely.text(weight.get("unitText"))
    )
    return loosely.text(thing.get("size")) or (f"{loosely.text(weight.get('value'))} {unit}" if weight else "")


def _named(value: Any) -> str:
    return loosely.text(loosely.mapping(value).get("name")) or loosely.text(value)


def _image(value: Any, page: str) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    found = loosely.text(first) or loosely.text(loosely.mapping(first).get("url"))
    return web_address(found, page=page)


def _stated(product: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        field: (lines(loosely.text(said.get("value"))),)
        for said in loosely.mappings(product.get("additionalProperty"))
        if (field := field_of(loosely.text(said.get("name"))))
    }
