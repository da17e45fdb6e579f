"""A source of the database as a shop that can be read, and a shop as a source."""

from dataclasses import replace

from coffeebot.domain.errors import NotFound
from coffeebot.models.source import ScrapeSource
from coffeebot.services.shelving import slug
from scrapers.normaliser.coffee import Roaster
from scrapers.registry import ROASTERS, SYSTEMS, Shop, of_system
from scrapers.spiders.shopify import ShopifySpider


def shop_of(source: ScrapeSource) -> Shop:
    """By the source's own roaster and currency. Raises NotFound when scrapers.registry does not know its spider."""
    roaster = Roaster(source.roaster, source.currency, source.country)
    if source.spider in SYSTEMS:
        return of_system(source.spider, source.url, roaster=roaster)
    if source.spider not in ROASTERS:
        raise NotFound(f"{source.slug} is read by the spider {source.spider}, and there is none of that name.")
    shop = ROASTERS[source.spider]
    spider = replace(shop.spider, currency=source.currency) if isinstance(shop.spider, ShopifySpider) else shop.spider
    return replace(shop, roaster=roaster, spider=spider)


def source_for(shop: Shop) -> ScrapeSource:
    """A source that is not stored yet."""
    registered = next((name for name, known in ROASTERS.items() if known is shop), None)
    system = next((name for name, made in SYSTEMS.items() if made is type(shop.spider)), "")
    return ScrapeSource(
        slug=(registered or slug(shop.roaster.name) or system).replace("_", "-"),
        spider=registered or system,
        url=shop.url,
        roaster=shop.roaster.name,
        country=shop.roaster.country,
        currency=shop.roaster.currency,
    )
