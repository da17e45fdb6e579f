"""Scrapes one shop: its spider, a fetcher with the operator's manners, and the ingestion."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.models.database import Database
from coffeebot.models.source import ScrapeSource
from coffeebot.services import sources
from coffeebot.services.ingestion.drafts import Tell
from coffeebot.services.ingestion.run import Feed, Progress, Report, Rules, ingest, unseen, untold
from coffeebot.settings import Settings
from scrapers.crawl import Gets
from scrapers.detect import detect
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.pages import host_of
from scrapers.registry import ROASTERS
from workers.feed import PartFeed, ShopFeed, is_address, reader
from workers.page_store import DatabasePages
from workers.shops import shop_of, source_for


def manners(settings: Settings) -> Manners:
    return Manners(contact=settings.scrape_contact, loopback=settings.scrape_loopback)


async def register_roasters(database: Database) -> None:
    """Gives every roaster of the registry a source, where there is none; what an operator changed of one stays."""
    await sources.register(database, [source_for(shop) for shop in ROASTERS.values()])


async def find_source(
    database: Database, named: str, fetcher: Gets, *, currency: str | None = None, roaster: str | None = None
) -> tuple[ScrapeSource, bool]:
    """The source of a slug or of a shop's address, and whether it is a new one, not stored yet. Raises NotFound and ScrapeFailed.

    A shop that nobody knows is looked at to find out which system it runs on.
    """
    await register_roasters(database)
    known = await sources.known(database)
    if not is_address(named):
        found = next((source for source in known if source.slug == named.replace("_", "-")), None)
        if found is None:
            raise NotFound(f"There is no source {named}. Give a shop's address, or one of {', '.join(source.slug for source in known)}.")
        return found, False
    found = next((source for source in known if _place(source.url) == _place(named)), None)
    if found is not None:
        return found, False
    fresh = source_for(await detect(named, fetcher, currency=currency, name=roaster))
    if any(source.slug == fresh.slug for source in known):
        fresh.slug = f"{fresh.slug}-{host_of(fresh.url).replace('.', '-')}"
    return fresh, True


def _place(url: str) -> tuple[str, int | None]:
    """What makes two addresses one shop: host and port, with www or without."""
    try:
        return host_of(url), urlsplit(url).port
    except ValueError:
        raise BadInput(f"{url[:80]!r} is no web address.") from None


async def scrape(
    database: Database,
    source: ScrapeSource,
    settings: Settings,
    *,
    place: str | None = None,
    accept: bool = False,
    dry_run: bool = False,
    tell: Tell = untold,
    progress: Callable[[Progress], None] = unseen,
) -> Report:
    """One run of a source; from a saved page or another address with `place`. Raises BadInput for a page that is not there."""
    shop = shop_of(source)
    if place and not is_address(place) and not Path(place).is_file():
        raise BadInput(f"{place} cannot be read: there is no such file.")
    rules = Rules(
        price_limit=settings.scrape_price_limit,
        interval=timedelta(hours=float(settings.scrape_hours)),
        accept=accept,
        anew=place is not None,
    )
    async with Fetcher(manners(settings), store=None if dry_run else DatabasePages(database, source.id)) as fetcher:
        feed: Feed = PartFeed(shop.spider, place, fetcher) if place else ShopFeed(shop, fetcher)
        return await ingest(database, source, feed, read=reader(shop.roaster), rules=rules, dry_run=dry_run, tell=tell, progress=progress)
