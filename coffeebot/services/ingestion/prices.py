"""Prices and stock as a shop lists them: which are taken at once, and which move so far that a curator should look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.coffee import OfferFacts
from coffeebot.domain.curation import Difference, price, size

_Key = tuple[Decimal, str, str]


@dataclass(slots=True)
class PriceList:
    """`taken` and `sold_out` (ids of offers not listed any more) are written at once; `held` wait for a curator.

    `changes` is what of the taken differs from before. `compared` counts the prices that had one to be held against.
    """

    taken: list[OfferFacts] = field(default_factory=list)
    sold_out: list[UUID] = field(default_factory=list)
    held: list[Difference] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    compared: int = 0

    @property
    def in_stock(self) -> bool:
        return any(offer.in_stock for offer in self.taken)


def judged(before: Sequence[OfferFacts], told: Sequence[OfferFacts], *, offer_ids: Sequence[UUID], limit: Decimal) -> PriceList:
    """A coffee's prices beside those that its shop lists now; `limit` is the part by which one may move unseen (0.4 is 40%).

    A page that lists no price says nothing of prices, and nothing of stock.
    """
    found = PriceList()
    if not told:
        return found
    old = {_key(offer): offer for offer in before}
    for offer in told:
        known = old.get(_key(offer))
        beside = known or _nearest(offer, before)
        found.compared += beside is not None
        row = Difference(f"price of {size(offer)}", price(known) if known else None, price(offer))
        if beside and _beyond(beside, offer, limit):
            found.held.append(row)
            continue
        found.taken.append(offer)
        if row.before != row.after:
            found.changes.append(row)
    if found.held:
        return found  # while it is doubtful what the shop lists, nothing ends
    listed = {_key(offer) for offer in told}
    found.sold_out = [key for key, offer in zip(offer_ids, before, strict=True) if _key(offer) not in listed]
    found.changes += _ended(offer for offer in before if _key(offer) not in listed and offer.in_stock)
    return found


def _key(offer: OfferFacts) -> _Key:
    return offer.grams, offer.grind, offer.currency


def _nearest(offer: OfferFacts, before: Sequence[OfferFacts]) -> OfferFacts | None:
    """The known offer of the nearest size, which a new size is compared with by price per 100 g."""
    same = [known for known in before if known.currency == offer.currency]
    return min(same, key=lambda known: abs(known.grams - offer.grams), default=None)


def _beyond(before: OfferFacts, now: OfferFacts, limit: Decimal) -> bool:
    same_size = before.grams == now.grams
    old, new = (before.amount_minor, now.amount_minor) if same_size else (before.per_100g_minor, now.per_100g_minor)
    return not old * (1 - limit) <= new <= old * (1 + limit)


def _ended(offers: Iterator[OfferFacts]) -> Iterator[Difference]:
    return (Difference(f"price of {size(offer)}", price(offer), "not listed any more") for offer in offers)
