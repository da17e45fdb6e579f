"""The roasters that are known by name. A new one is one more entry here; a shop on a known system needs none (see detect)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coffeebot.domain.wares import Refusal
from scrapers.normaliser.coffee import Roaster
from scrapers.pages import host_of
from scrapers.spiders.base import Spider
from scrapers.spiders.bluebottle_us import BlueBottleUsSpider
from scrapers.spiders.jsonld import JsonLdSpider
from scrapers.spiders.shopify import ShopifySpider
from scrapers.spiders.woocommerce import WooCommerceSpider

SYSTEMS: dict[str, Callable[[str, str | None], Spider]] = {
    "shopify": ShopifySpider,
    "woocommerce": WooCommerceSpider,
    "jsonld": JsonLdSpider,
}


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop that can be read: whose it is, where, and by what."""

    roaster: Roaster
    url: str
    spider: Spider = field(compare=False)


def of_system(system: str, url: str, *, roaster: Roaster) -> Shop:
    """A shop by its system's name: one of SYSTEMS."""
    return Shop(roaster, url, SYSTEMS[system](url, roaster.currency))


def _shop(url: str, roaster: Roaster, spider: Callable[[str, str | None], Spider]) -> Shop:
    return Shop(roaster, url, spider(url, roaster.currency))


def _onibus(url: str, currency: str | None) -> ShopifySpider:
    """Built to the documented shape of Onibus's feed: no capture of it was at hand."""
    return ShopifySpider(
        url,
        currency,
        refused_handles={
            "subscription": Refusal.SUBSCRIPTION,
            "monthlybox": Refusal.SUBSCRIPTION,
            "coldbrew": Refusal.NOT_COFFEE,
            "tastingset": Refusal.SAMPLER,
            "dripbag": Refusal.DRIP_BAG,
            "gift": Refusal.GIFT,
        },
    )


ROASTERS: dict[str, Shop] = {
    "bluebottle_us": _shop("https://bluebottlecoffee.com", Roaster("Blue Bottle Coffee", "USD", "United States"), BlueBottleUsSpider),
    "bluebottle_jp": _shop("https://store.bluebottlecoffee.jp", Roaster("Blue Bottle Coffee Japan", "JPY", "Japan"), ShopifySpider),
    "onibus": _shop("https://onibuscoffee.com/en/collections/coffee", Roaster("Onibus Coffee", "JPY", "Japan"), _onibus),
}


def known_shop(url: str) -> Shop | None:
    """The registered shop at an address."""
    return next((shop for shop in ROASTERS.values() if host_of(shop.url) == host_of(url)), None)
