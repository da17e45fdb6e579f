"""The SQL that writes what coffees cost, and remembers what they cost before."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.coffee import OfferFacts
from coffeebot.models.base import now
from coffeebot.models.coffee import Offer, PriceHistory

# One statement for many offers: the triggers of the shelf run once a statement.
_UPDATE = sa.text("""
UPDATE offer SET amount_minor = v.amount_minor, per_100g_minor = v.per_100g_minor, in_stock = v.in_stock, url = v.url, seen_at = v.seen_at
FROM unnest(
    CAST(:id AS uuid[]), CAST(:amount_minor AS int[]), CAST(:per_100g_minor AS int[]), CAST(:in_stock AS bool[]), CAST(:url AS text[]),
    CAST(:seen_at AS timestamptz[])
) AS v (id, amount_minor, per_100g_minor, in_stock, url, seen_at)
WHERE offer.id = v.id
""")
_UPDATED = ("id", "amount_minor", "per_100g_minor", "in_stock", "url", "seen_at")


async def save_offers(session: AsyncSession, offers: Mapping[UUID, Sequence[OfferFacts]]) -> None:
    """Makes each coffee's offers exactly these; an offer keeps its id, and a changed price is remembered."""
    before, kept = await _write(session, offers)
    gone = [old.id for old in before.values() if old.id not in kept]
    if gone:
        await session.execute(sa.delete(Offer).where(col(Offer.id).in_(gone)))


async def save_listed(session: AsyncSession, offers: Mapping[UUID, Sequence[OfferFacts]], *, sold_out: Sequence[UUID] = ()) -> None:
    """Writes offers as their shop lists them; `sold_out` are those that it does not list any more."""
    await _write(session, offers)
    if not sold_out:
        return
    ended = sa.update(Offer).where(col(Offer.id).in_(sold_out), col(Offer.in_stock)).values(in_stock=False)
    rows = (await session.execute(ended.returning(col(Offer.id), col(Offer.amount_minor), col(Offer.currency)))).tuples().all()
    moment = now()
    history = [_remembered(key, amount, currency, False, moment) for key, amount, currency in rows]
    if history:
        await session.execute(sa.insert(PriceHistory), history)


async def _write(
    session: AsyncSession, offers: Mapping[UUID, Sequence[OfferFacts]]
) -> tuple[dict[tuple[UUID, Decimal, str, str], sa.Row[Any]], set[UUID]]:
    """What was there before, and the ids of the offers that were given."""
    before = await _offers_of(session, list(offers))
    kept: set[UUID] = set()
    fresh: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    for coffee_id, listed in offers.items():
        for offer in listed:
            old = before.get((coffee_id, offer.grams, offer.grind, offer.currency))
            values = _values(old.id if old else uuid4(), coffee_id, offer)
            kept.add(values["id"])
            (again if old else fresh).append(values)
            if old is None or (old.amount_minor, old.in_stock) != (offer.amount_minor, offer.in_stock):
                history.append(_remembered(values["id"], offer.amount_minor, offer.currency, offer.in_stock, values["seen_at"]))
    if again:
        await session.execute(_UPDATE, {name: [values[name] for values in again] for name in _UPDATED})
    if fresh:
        await session.execute(sa.insert(Offer), fresh)
    if history:
        await session.execute(sa.insert(PriceHistory), history)
    return before, kept


async def _offers_of(session: AsyncSession, coffee_ids: Sequence[UUID]) -> dict[tuple[UUID, Decimal, str, str], sa.Row[Any]]:
    """Plain rows, not objects: an update in this session would change what they say of the time before."""
    columns = (Offer.coffee_id, Offer.grams, Offer.grind, Offer.currency, Offer.id, Offer.amount_minor, Offer.in_stock)
    found = await session.execute(sa.select(*columns).where(col(Offer.coffee_id).in_(coffee_ids)))  # type: ignore[call-overload]
    return {(row.coffee_id, row.grams, row.grind, row.currency): row for row in found}


def _values(key: UUID, coffee_id: UUID, offer: OfferFacts) -> dict[str, Any]:
    return {
        "id": key,
        "coffee_id": coffee_id,
        "grams": offer.grams,
        "grind": offer.grind,
        "amount_minor": offer.amount_minor,
        "currency": offer.currency,
        "per_100g_minor": offer.per_100g_minor,
        "in_stock": offer.in_stock,
        "url": offer.url,
        "seen_at": offer.seen_at or now(),
    }


def _remembered(offer_id: UUID, amount_minor: int, currency: str, in_stock: bool, seen_at: Any) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "offer_id": offer_id,
        "amount_minor": amount_minor,
        "currency": currency,
        "in_stock": in_stock,
        "seen_at": seen_at,
    }
