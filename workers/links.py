"""Looks at single pages of coffees that no scrape sees: is the page still there, and is the price still the price?"""

import logging
from datetime import timedelta
from decimal import Decimal

from coffeebot.domain.coffee import OfferFacts
from coffeebot.models import links
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.links import Link
from coffeebot.services.ingestion.listing import see_prices
from coffeebot.settings import Settings
from scrapers.errors import FetchFailed, ScrapeFailed
from scrapers.fetch.fetcher import Fetcher
from scrapers.normaliser.coffee import Roaster
from scrapers.pages import Request, Response
from scrapers.spiders.jsonld import JsonLdSpider
from workers.feed import as_item, reader
from workers.scraping import manners

UNSEEN = timedelta(days=7)
MOST = 100  # pages in one job: at one every few seconds it ends before the next
GONE = ("http_404", "http_410")

log = logging.getLogger(__name__)


async def check(database: Database, settings: Settings) -> int:
    """How many pages were looked at. A page that is gone is marked for a curator, who decides; nothing is sold out by it."""
    if not settings.scrape_contact:
        return 0
    async with database.session() as session:
        waiting = await links.unseen(session, before=now() - UNSEEN, limit=MOST)
    async with Fetcher(manners(settings)) as fetcher:
        for link in waiting:
            await _check(database, link, fetcher, limit=settings.scrape_price_limit)
    return len(waiting)


async def _check(database: Database, link: Link, fetcher: Fetcher, *, limit: Decimal) -> None:
    gone: bool | None = False
    offers: tuple[OfferFacts, ...] = ()
    try:
        offers = _offers(await fetcher.get(Request(link.url)), link)
    except FetchFailed as error:
        gone = True if error.code in GONE else None
        log.info("%s: %s", link.url, error.code)
    async with database.session() as session:
        await links.mark_checked(session, link.offer_ids, gone=gone)
        held = await see_prices(session, link.coffee_id, offers, limit=limit)
    for row in held:
        log.warning(
            "%s: %s is %s, where %s is known; that is beyond the limit and was not taken", link.url, row.field, row.after, row.before
        )


def _offers(page: Response, link: Link) -> tuple[OfferFacts, ...]:
    """The prices that the page states of itself, each with the link's own address; none where it states nothing that we read."""
    try:
        raw = next(iter(JsonLdSpider(page.url).parse(page).items), None)
    except ScrapeFailed:
        return ()
    facts = reader(Roaster(link.roaster))(as_item(raw).payload).facts if raw else None
    return facts.offers if facts else ()
