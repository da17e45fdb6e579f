"""Blue Bottle's shop in the United States: a Next.js site whose pages carry their data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapers import loosely
from scrapers.errors import PageUnreadable
from scrapers.items import RawItem, RawVariant
from scrapers.markup import lines, scripts, soup, tidy
from scrapers.pages import Parsed, Request, Response
from scrapers.spiders.jsonld import JsonLdSpider, products


@dataclass(frozen=True, slots=True)
class BlueBottleUsSpider:
    """Product pages are found by the sitemap. Prices stand in JSON-LD, where a page has any."""

    url: str = "https://bluebottlecoffee.com"
    currency: str | None = "USD"

    def start(self) -> Iterable[Request]:
        return self._pages().start()

    def parse(self, response: Response) -> Parsed:
        if response.body.lstrip()[:5] == b"<?xml" or b"<urlset" in response.body[:500]:
            return self._pages().parse(response)
        tree = soup(response.text)
        page = next((loosely.mapping(loosely.mapping(data.get("props")).get("pageProps")) for data in _data(tree)), None)
        if page is None:
            raise PageUnreadable(f"{response.url}: no Next.js data in the page")
        product = loosely.mapping(page.get("conversion"))  # crossSellProducts look the same and are other coffees
        if not product:
            return Parsed()
        sold = [variant for listed in products(tree) for variant in self._pages().variants(listed, response.url)]
        return Parsed((self._item(product, loosely.text(page.get("lang")) or "eng", response.url, sold),))

    def _pages(self) -> JsonLdSpider:
        return JsonLdSpider(self.url, self.currency, product_path=r"^/us/eng/product/[^/]+")

    def _item(self, product: Mapping[str, Any], language: str, page: str, sold: list[RawVariant]) -> RawItem:
        slug = loosely.text(loosely.mapping(product.get("slug")).get("current"))
        on_the_web = urlsplit(page).scheme in ("http", "https")
        stated = {
            "roast": tuple(_said(level.get("label"), language) for level in loosely.mappings(product.get("roastLevel"))),
            "notes": (_said(product.get("flavorProfile"), language),),
            "process": (_said(product.get("processing"), language),),
        }
        return RawItem(
            external_id=slug or page,
            title=_said(product.get("name"), language),
            url=page if on_the_web else urljoin(self.url, f"/us/eng/product/{slug}"),
            text=tidy("\n".join(_told(product.get("descriptionV2"), language))),
            kind=_said(product.get("productType"), language),
            stated={field: kept for field, values in stated.items() if (kept := tuple(value for value in values if value))},
            variants=(*sold, *self._offered(product.get("offers"), language, page)),
        )

    def _offered(self, offers: Any, language: str, page: str) -> Iterator[RawVariant]:
        for offer in loosely.mappings(offers):
            title = _said(offer.get("name"), language) or loosely.text(offer.get("size"))
            currency = self.currency or loosely.text(offer.get("currency") or offer.get("priceCurrency")) or None
            yield RawVariant(title, loosely.price(offer.get("price")), currency, offer.get("available") is not False, page)


def _data(tree: Any) -> Iterator[dict[str, Any]]:
    yield from (data for data in scripts(tree, id="__NEXT_DATA__") if isinstance(data, dict))


def _said(value: Any, language: str) -> str:
    """A text in the page's language, or a text that has none."""
    told = loosely.mapping(value)
    return lines(loosely.text(told.get(language)) or loosely.text(told.get("eng")) or loosely.text(value))


def _told(blocks: Any, language: str) -> Iterator[str]:
    """The paragraphs of a rich text: {description: {eng: [{children: [{text}]}]}}."""
    for block in loosely.mappings(blocks):
        for paragraph in loosely.mappings(loosely.mapping(block.get("description")).get(language)):
            yield "".join(loosely.text(child.get("text")) for child in loosely.mappings(paragraph.get("children")))
