"""Coffees of the catalogue as the domain knows them, with what curation knows of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.coffee import CoffeeFacts, Flag, OfferFacts, Process, RoastLevel, heights
from coffeebot.models.coffee import Coffee, Offer, Roaster


@dataclass(frozen=True, slots=True)
class StoredCoffee:
    """`offer_ids` are those of `facts.offers`, in the same order."""

    id: UUID
    slug: str
    facts: CoffeeFacts
    offer_ids: tuple[UUID, ...]
    locked: frozenset[str]
    provenance: dict[str, str]
    source_item: str | None
    withdrawn: bool


async def stored_facts(session: AsyncSession, coffee_ids: Iterable[UUID]) -> dict[UUID, StoredCoffee]:
    """By id; an id that is not there is left out."""
    ids = list(coffee_ids)
    if not ids:
        return {}
    # As rows in the database, not as the session remembers them: this may be asked twice in one transaction.
    fresh = {"populate_existing": True}
    found = (
        (
            await session.execute(
                sa.select(Coffee, col(Roaster.name), col(Roaster.country)).join(Roaster).where(col(Coffee.id).in_(ids)),
                execution_options=fresh,
            )
        )
        .tuples()
        .all()
    )
    offers: dict[UUID, list[Offer]] = {}
    listed = sa.select(Offer).where(col(Offer.coffee_id).in_(ids)).order_by(col(Offer.grams), col(Offer.id))
    for offer in await session.scalars(listed, execution_options=fresh):
        offers.setdefault(offer.coffee_id, []).append(offer)
    return {coffee.id: _stored(coffee, roaster, country, offers.get(coffee.id, [])) for coffee, roaster, country in found}


def _stored(coffee: Coffee, roaster: str, country: str | None, offers: list[Offer]) -> StoredCoffee:
    return StoredCoffee(
        coffee.id,
        coffee.slug,
        _facts(coffee, roaster, country, tuple(map(_offer, offers))),
        tuple(offer.id for offer in offers),
        frozenset(coffee.locked),
        dict(coffee.provenance),
        coffee.source_item,
        coffee.withdrawn_at is not None,
    )


def _facts(coffee: Coffee, roaster: str, country: str | None, offers: tuple[OfferFacts, ...]) -> CoffeeFacts:
    return CoffeeFacts(
        external_id=coffee.external_id,
        name=coffee.name,
        roaster=roaster,
        roaster_country=country,
        description=coffee.description,
        origins=tuple(coffee.origins),
        regions=tuple(coffee.regions),
        farm=coffee.farm,
        producer=coffee.producer,
        altitude_masl=heights(coffee.altitude_min, coffee.altitude_max),
        processes=tuple(map(Process, coffee.processes)),
        varieties=tuple(coffee.varieties),
        roast=RoastLevel(coffee.roast) if coffee.roast else None,
        families=tuple(coffee.families),
        notes=tuple(coffee.notes),
        flags=tuple(map(Flag, coffee.flags)),
        blend=coffee.blend,
        decaf=coffee.decaf,
        acidity=coffee.acidity,
        body=coffee.body,
        sweetness=coffee.sweetness,
        score=coffee.score,
        image=coffee.image,
        sample=coffee.sample,
        offers=offers,
        evidence=dict(coffee.evidence),
    )


def _offer(offer: Offer) -> OfferFacts:
    return OfferFacts(offer.grams, offer.amount_minor, offer.currency, offer.in_stock, offer.grind, offer.url, offer.seen_at)
