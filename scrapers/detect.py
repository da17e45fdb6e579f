"""Which system a shop runs on, found out by its address alone: nothing is stored."""

from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapers import loosely
from scrapers.crawl import Gets
from scrapers.errors import AddressRefused, FetchFailed, PageUnreadable, ScrapeFailed, UnknownShop
from scrapers.markup import soup, tidy
from scrapers.normaliser.coffee import Roaster
from scrapers.pages import Request, Response, host_of
from scrapers.registry import Shop, known_shop, of_system
from scrapers.spiders.jsonld import JsonLdSpider
from scrapers.spiders.woocommerce import FEED

# The shelf with the coffees and nothing else, the likeliest first
_SHELVES = ("coffee", "coffees", "all-coffee", "all-coffees", "coffee-beans", "beans", "whole-bean-coffee", "roasted-coffee", "shop-coffee")

MOST_LOOKS = 12  # pages that are asked for before a shop counts as unknown


async def detect(url: str, fetcher: Gets, *, currency: str | None = None, name: str | None = None) -> Shop:
    """The shop behind an address: one of the registry, a Shopify or WooCommerce shop, or pages with JSON-LD.

    Raises UnknownShop when it is none of them, AddressRefused for what is no address on the web; `currency` and `name` are taken
    as they are where they are given.
    """
    url = url if "://" in url else f"https://{url}"
    if not host_of(url):
        raise AddressRefused(url, "this is no web address")
    known = known_shop(url)
    if known is not None:
        return known
    tried: list[str] = []
    for origin in _origins(url):
        for look in (_shopify, _woocommerce, _pages):
            try:
                system, place, stated = await look(origin, url, fetcher)
            except ScrapeFailed as error:
                if isinstance(error, FetchFailed) and error.code in ("address_refused", "rate_limited"):
                    raise
                tried.append(str(error))
                continue
            roaster = Roaster(name or await _site_name(origin, fetcher), currency or stated)
            return of_system(system, place, roaster=roaster)
    raise UnknownShop(f"{url}: no Shopify, no WooCommerce and no pages with JSON-LD were found. {'; '.join(tried[-3:])}")


def _origins(url: str) -> Iterator[str]:
    """The host as it is given, then with or without www: an apex domain may answer 404 while www does not."""
    parts = urlsplit(url)
    yield f"{parts.scheme}://{parts.netloc}"
    host = parts.netloc
    if host.count(".") and not host.replace(".", "").replace(":", "").isdigit():
        yield f"{parts.scheme}://{host.removeprefix('www.') if host.startswith('www.') else 'www.' + host}"


async def _shopify(origin: str, url: str, fetcher: Gets) -> tuple[str, str, str | None]:
    feed = await _json(f"{origin}/products.json?limit=1", fetcher)
    if not isinstance(feed, dict) or not isinstance(feed.get("products"), list):
        raise PageUnreadable(f"{origin}: no Shopify feed")
    shelf = urlsplit(url).path.rstrip("/")
    if "/collections/" not in shelf:
        shelf = await _coffee_shelf(origin, fetcher)
    return "shopify", origin + shelf, await cart_currency(origin, fetcher)


async def _coffee_shelf(origin: str, fetcher: Gets) -> str:
    """The path of the collection that holds the coffees; empty for the whole shop."""
    try:
        listed = loosely.mapping(await _json(f"{origin}/collections.json?limit=250", fetcher)).get("collections")
    except ScrapeFailed:
        return ""
    handles = {loosely.text(shelf.get("handle")) for shelf in loosely.mappings(listed) if shelf.get("products_count") != 0}
    return next((f"/collections/{handle}" for handle in _SHELVES if handle in handles), "")


async def cart_currency(url: str, fetcher: Gets) -> str | None:
    """What a Shopify shop asks us to pay in, where it says; it may differ by who asks, so an operator pins it."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    try:
        return loosely.text(loosely.mapping(await _json(f"{origin}/cart.js", fetcher)).get("currency")).upper() or None
    except ScrapeFailed:
        return None


async def _woocommerce(origin: str, _: str, fetcher: Gets) -> tuple[str, str, str | None]:
    feed = await _json(f"{origin}{FEED}?per_page=1", fetcher)
    if not isinstance(feed, list):
        raise PageUnreadable(f"{origin}: no WooCommerce feed")
    prices = [loosely.mapping(product.get("prices")) for product in loosely.mappings(feed)]
    return "woocommerce", origin, next((loosely.text(price.get("currency_code")).upper() or None for price in prices), None)


async def _pages(origin: str, url: str, fetcher: Gets) -> tuple[str, str, str | None]:
    """A shop whose sitemap leads to a product page that describes itself, or whose given page does."""
    spider = JsonLdSpider(origin)
    waiting = deque([Request(url), *spider.start()])
    for _ in range(MOST_LOOKS):
        if not waiting:
            break
        try:
            parsed = spider.parse(await fetcher.get(waiting.popleft()))
        except ScrapeFailed as error:
            if isinstance(error, FetchFailed) and not error.code.startswith("http_"):
                raise
            continue
        if parsed.items:
            return "jsonld", origin, next((variant.currency for variant in parsed.items[0].variants), None)
        waiting.extend(parsed.requests[:3])
    raise PageUnreadable(f"{origin}: no product page with JSON-LD or Open Graph was found")


async def _site_name(origin: str, fetcher: Gets) -> str:
    """What the site calls itself, else its host."""
    try:
        return _named(await fetcher.get(Request(origin + "/"))) or host_of(origin)
    except ScrapeFailed:
        return host_of(origin)


def _named(page: Response) -> str:
    tag = soup(page.text).find("meta", property="og:site_name")
    return tidy(str(tag.get("content") or ""))[:80] if tag else ""


async def _json(url: str, fetcher: Gets) -> Any:
    return (await fetcher.get(Request(url))).json()
