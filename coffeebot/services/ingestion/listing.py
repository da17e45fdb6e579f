"""The prices of one coffee, seen on a page of its own."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import OfferFacts
from coffeebot.domain.curation import Difference
from coffeebot.models.base import now
from coffeebot.models.offers import save_listed
from coffeebot.models.stored_facts import stored_facts
from coffeebot.services.ingestion.prices import judged
from coffeebot.services.ingestion.reading import Reading, fitting


async def see_prices(session: AsyncSession, coffee_id: UUID, offers: Sequence[OfferFacts], *, limit: Decimal) -> list[Difference]:
    """Writes the prices of sizes that the coffee has; what moves beyond the limit is not written and is returned.

    A single page may show one size of several: what it does not show is no news.
    """
    coffee = (await stored_facts(session, [coffee_id])).get(coffee_id)
    if coffee is None:
        return []
    told = fitting(Reading(coffee.facts.name, replace(coffee.facts, offers=tuple(offers)))).facts
    known = {(offer.grams, offer.grind, offer.currency): offer for offer in coffee.facts.offers}
    seen = [
        _again(known[key], offer) for offer in (told.offers if told else ()) if (key := (offer.grams, offer.grind, offer.currency)) in known
    ]
    prices = judged(coffee.facts.offers, seen, offer_ids=coffee.offer_ids, limit=limit)
    if prices.taken:
        await save_listed(session, {coffee_id: prices.taken})
    return prices.held


def _again(before: OfferFacts, now_seen: OfferFacts) -> OfferFacts:
    return replace(now_seen, url=before.url, seen_at=now())
