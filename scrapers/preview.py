"""What would come of a shop, before anything is stored."""

from collections import Counter
from collections.abc import AsyncIterator

from coffeebot.domain.coffee import from_minor
from scrapers.crawl import Crawl, Gets
from scrapers.detect import detect
from scrapers.normaliser.coffee import Coffee, Refused, normalise, process_words


async def preview(url: str, fetcher: Gets, *, currency: str | None = None, most: int = 20) -> AsyncIterator[str]:
    """Lines for an operator to read: the system, up to `most` items, and what could not be used. Raises ScrapeFailed."""
    shop = await detect(url, fetcher, currency=currency)
    system = type(shop.spider).__name__.removesuffix("Spider")
    yield f"{shop.roaster.name} · {system} · {shop.url} · {shop.roaster.currency or 'currency unknown'}"
    counted: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    crawl = Crawl(shop.spider, fetcher)
    async for item in crawl.items():
        found = normalise(item, shop.roaster)
        counted["coffees" if isinstance(found, Coffee) else str(found.code)] += 1
        warnings.update(found.warnings if isinstance(found, Coffee) else ())
        yield told(found)
        if counted.total() >= most:
            yield f"… and perhaps more: only {most} are shown"
            break
    yield ", ".join(f"{count} {what}" for what, count in counted.most_common()) or "Nothing for sale was found."
    for warning, count in warnings.most_common():
        yield f"{count} ×: {warning}"
    for missed in crawl.missed[:5]:
        yield f"missed: {missed}"


def told(found: Coffee | Refused) -> str:
    """One item in a line."""
    if isinstance(found, Refused):
        return f"  – {found.name} (refused: {found.code})"
    facts = found.facts
    prices = ", ".join(f"{offer.grams:.0f} g {from_minor(offer.amount_minor, offer.currency)} {offer.currency}" for offer in facts.offers)
    known = " · ".join(
        ", ".join(words) for words in (facts.origins, process_words(facts), (facts.roast,) if facts.roast else (), facts.notes[:5]) if words
    )
    return f"  + {facts.name} · {known or 'nothing stated'} · {prices or 'no price'}"
