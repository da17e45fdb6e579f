"""A price list as offers: one a size, whatever it is ground to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coffeebot.domain.coffee import OfferFacts, from_minor, to_minor
from coffeebot.domain.wares import Refusal, refusal
from coffeebot.domain.weights import weight
from scrapers.items import MOST_TITLE, RawItem, RawVariant
from scrapers.pages import web_address

_WHOLE = re.compile(r"\bwhole[- ]?beans?\b|\bbeans?\b|豆のまま|\b豆\b|^豆$|原豆|홀빈", re.IGNORECASE)
_GROUND = re.compile(
    r"\bground\b|\bgrind\b|\bgrounds\b|\b(?:fine|coarse|medium)\b|aeropress|channi|filter|"
    r"cold brew|espresso|french press|inverted|moka|pour ?over|"
    r"south indian|turkish|percolator|chemex|v60|drip|cafetiere|粉|挽",
    re.IGNORECASE,
)
_NO_BAG = (Refusal.SUBSCRIPTION, Refusal.DRIP_BAG, Refusal.INSTANT, Refusal.GIFT, Refusal.SAMPLER)  # a brewer's name here is a grind
MOST_GRAMS = Decimal(60_000)


@dataclass(frozen=True, slots=True)
class PriceList:
    """`warnings` say which lines had to be left out, and why; each reason once."""

    offers: tuple[OfferFacts, ...] = ()
    warnings: tuple[str, ...] = ()


def price_list(item: RawItem, *, currency: str | None, stated: Sequence[str] = ()) -> PriceList:
    """The offers of an item, the smallest size first. A feed's shipping weight is never asked.

    A size is read from the line itself, else from the title, else from `stated` (the description's own weight); `currency`
    is the roaster's, for lines that name none.
    """
    fallback = _only(weight(item.title), *map(weight, stated))
    found: dict[tuple[Decimal, str], OfferFacts] = {}
    warnings: list[str] = []
    for variant in item.variants:
        offer = _offer(variant, fallback, variant.currency or currency)
        if isinstance(offer, str):
            warnings.append(offer)
            continue
        key = (offer.grams, offer.currency)
        found[key] = _merged(found[key], offer) if key in found else offer
    return PriceList(tuple(sorted(found.values(), key=lambda offer: (offer.grams, offer.currency))), tuple(dict.fromkeys(warnings)))


def _only(*candidates: Decimal | None) -> Decimal | None:
    return next((grams for grams in candidates if grams), None)


def _offer(variant: RawVariant, fallback: Decimal | None, currency: str | None) -> OfferFacts | str:
    """The offer of one line, or why it is none."""
    told = _told(variant.title[:MOST_TITLE])
    grams, code = told.grams or fallback, told.refused
    if code in _NO_BAG:
        return f"a line that is no bag of coffee ({code})"
    if variant.price is None:
        return "a line without a price"
    if currency is None:
        return "a price without a currency: name the shop's with --currency"
    if grams is None or grams > MOST_GRAMS:
        return "a price without a size"
    amount = to_minor(variant.price, currency)
    return (
        OfferFacts(grams, amount, currency, variant.in_stock, told.grind, web_address(variant.url))
        if amount > 0
        else "a line without a price"
    )


class _Line(NamedTuple):
    grams: Decimal | None
    refused: Refusal | None
    grind: str


@lru_cache(maxsize=1024)  # a shop calls its lines alike: a few sizes and grinds, again for each coffee
def _told(title: str) -> _Line:
    return _Line(size(title), refusal(title), _grind(title))


def size(title: str) -> Decimal | None:
    """The size in a variant's title: of the whole, else of the one option that names one ("Whole Bean / 200")."""
    sizes = {grams for option in _options(title) if (grams := weight(option))}
    return weight(title) or (sizes.pop() if len(sizes) == 1 else None)


def _options(title: str) -> Iterable[str]:
    return (option for option in re.split(r"\s+[/|]\s+|\s*[／｜]\s*", title) if option)


def _grind(title: str) -> str:
    """Beans unless the line names a grind and no beans: a sack of "Espresso Blend" is no name of a grind by itself."""
    return "ground" if _GROUND.search(title) and not _WHOLE.search(title) else "whole_bean"


def _merged(one: OfferFacts, other: OfferFacts) -> OfferFacts:
    """Two grinds of one size: beans' price before a grind's, a lower before a higher; in stock when either is."""
    first = min(one, other, key=lambda offer: (offer.grind != "whole_bean", offer.amount_minor))
    return replace(first, in_stock=one.in_stock or other.in_stock)


def as_variants(offers: Iterable[OfferFacts]) -> Iterator[RawVariant]:
    """Offers as the lines of a price list that would be read as them."""
    for offer in offers:
        grind = "Whole bean" if offer.grind == "whole_bean" else "Ground"
        price = from_minor(offer.amount_minor, offer.currency)
        yield RawVariant(f"{offer.grams.normalize():f} g / {grind}", price, offer.currency, offer.in_stock, offer.url)
