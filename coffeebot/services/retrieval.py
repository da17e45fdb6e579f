"""Finds coffees for a taste profile: what fits, best first, or what stands in the way."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import accumulate
from math import ceil
from uuid import UUID

from coffeebot.domain.coffee import from_minor
from coffeebot.domain.degree import of_strength
from coffeebot.domain.flavour import FAMILIES, NAMES
from coffeebot.domain.folding import plain
from coffeebot.domain.message import Intent, Understanding
from coffeebot.domain.query import Candidate, CoffeeQuery, Matches, Relaxation
from coffeebot.domain.ranking import diversify, leanings
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.turn import Considered
from coffeebot.domain.units import BAG
from coffeebot.domain.vocabulary import DARK_LEVELS
from coffeebot.models.bitmaps import Bitmaps
from coffeebot.models.conditions import budget_ends, known_to_have, musts
from coffeebot.models.database import Database
from coffeebot.models.search import NEAR, Found, Search, among, find, find_nearest
from coffeebot.providers.embedding import Embedder, Vector

MOST_RELAXATIONS = 3
CHEAPEST = 3  # coffees, at the least, that are the cheapest
POOL = 80  # candidates that are looked at for a varied first page
_NOT_WORDS = {Facet.BUDGET, Facet.SCORE, Facet.MILK, Facet.BREW_METHOD, Facet.NOVELTY, Facet.AVOID}
_EVERYWHERE = {
    "coffee",
    "coffees",
    "flavour",
    "flavours",
    "flavor",
    "flavors",
    "taste",
    "tastes",
    "process",
    "roast",
    "notes",
    "body",
    "variety",
}
_BETTER = {  # what may suit better after a cup that was too sour, bitter, weak or astringent, whatever the card says
    "brewing_sour": (Trait(Facet.ACIDITY, "low"),),
    "brewing_bitter": tuple(Trait(Facet.ROAST, level) for level in ("Light", "Medium-Light", "Medium")),
    "brewing_weak": (Trait(Facet.BODY, "full"),),
    "brewing_astringent": (Trait(Facet.SWEETNESS, "high"),),
}
_STRONG = tuple(Trait(Facet.ROAST, level, Polarity.WANT, 1) for level in DARK_LEVELS)  # what "strong" means beside weight
_ROASTING = (Facet.ROAST, Facet.BITTERNESS)
_WISH_WEIGHT = {1: 2.0, 2: 2.5, 3: 3.0}  # of `WISH_WEIGHT`: the least that was said weighs more than all that is imagined


def query_for(understanding: Understanding, profile: Iterable[Trait]) -> CoffeeQuery:
    """The request that a message makes, given the profile as it stands after it."""
    further = _BETTER.get(understanding.topic, ()) if understanding.intent is Intent.COMPLAINT else ()
    traits = tuple(profile)
    if any(of_strength(t) and t.value == "full" for t in traits) and not any(t.facet in _ROASTING for t in traits):
        traits += _STRONG
    return CoffeeQuery(traits=traits, text=understanding.text, coffee_name=understanding.coffee_name, further=further)


class Retrieval:
    def __init__(self, database: Database, embedder: Embedder, rates: Mapping[str, Decimal], *, near: int = NEAR) -> None:
        self._database = database
        self._embedder = embedder
        self._rates = dict(rates)
        self._near = near

    async def search(self, query: CoffeeQuery, *, counting: bool = False) -> Matches:
        """The coffees that keep every must, best first, at most `query.limit`; their `facet_counts` only where somebody is `counting`.

        One statement ranks, and another reads the coffees that are chosen; when nothing fits, two more say what is nearest. The
        embedding is made before the connection is taken, and the connection is given back before this returns.
        """
        search = replace(self._search(query), embedding=await self._embedded(query), counting=counting)
        nearest = None
        async with self._database.reading() as connection:
            found = await find(connection, search, choose=partial(diversify, limit=query.limit, traits=query.traits))
            if not found.fitting and search.musts:
                nearest = await find_nearest(connection, search)
        return Matches(
            candidates=tuple(coffee for _, coffee in found.candidates),
            count=found.fitting,
            unknown=found.unsure,
            relax=relaxations(search, nearest) if nearest else (),
            facet_counts=facet_counts(found.facets, query.traits, self._rates),
        )

    async def among(self, ids: Sequence[UUID], traits: Iterable[Trait]) -> tuple[Candidate, ...]:
        """Those of a few coffees that keep every must of a profile, best first."""
        search = self._search(CoffeeQuery(traits=tuple(traits), limit=len(ids)))
        only = [*search.musts, among(ids, search.bitmaps)]
        found = await self._find(replace(search, musts=only))
        return tuple(coffee for _, coffee in found.candidates)

    async def count(self, traits: Iterable[Trait], *, hidden: frozenset[UUID] = frozenset()) -> Considered:
        """How many coffees keep every must of a profile; nothing is ranked, and nothing is looked for when there are none."""
        found = await self._find(self._search(CoffeeQuery(traits=tuple(traits), hidden=hidden, limit=1)))
        return Considered(count=found.fitting, unknown=found.unsure)

    async def cheapest(self, traits: Sequence[Trait], *, hidden: frozenset[UUID] = frozenset()) -> Trait | None:
        """The limit that only the cheapest coffees keep of those that fit a profile, whatever its budgets; None where none has a price."""
        kept = tuple(trait for trait in traits if trait.facet is not Facet.BUDGET)
        found = await self._find(replace(self._search(CoffeeQuery(traits=kept, hidden=hidden, limit=1)), counting=True))
        currency = _currency(traits, self._rates)
        amount = _amount_for(CHEAPEST, _bags(found.facets), self._rates.get(currency, Decimal(1)))
        return Trait(Facet.BUDGET, "max", strength=1, amount=Decimal(amount), currency=currency, grams=BAG) if amount else None

    async def _find(self, search: Search) -> Found:
        async with self._database.reading() as connection:
            return await find(connection, search)

    async def _embedded(self, query: CoffeeQuery) -> Vector | None:
        """Of the words that were said and of what else is wanted; the time that it takes grows with every word."""
        text = query.text.strip()
        if not text:
            return None
        said = plain(text)
        wanted = ", ".join(word for word in _words(query.traits) if word not in said)
        return (await self._embedder.embed([f"{text}. {wanted}" if wanted else text]))[0]

    def _search(self, query: CoffeeQuery) -> Search:
        bitmaps = Bitmaps()
        return Search(
            musts=[*musts(query.traits, bitmaps), *musts(query.further, bitmaps)],
            bitmaps=bitmaps,
            rates=self._rates,
            wishes=_wishes(query.traits, bitmaps),
            words=any_of(query.text, without=_words([t for t in query.traits if t.hard])),
            named=plain(query.coffee_name or ""),
            exclude=query.exclude,
            hidden=frozenset() if query.coffee_name else query.hidden,
            budget=budget_ends([t for t in (*query.traits, *query.further) if t.facet is Facet.BUDGET and t.hard], self._rates),
            near=self._near,
            most=max(POOL, query.limit * 2) if query.limit > 1 else 1,
        )


def any_of(text: str, *, without: Iterable[str] = ()) -> str:
    """An OR-ed tsquery of a text's words. AND finds nothing for a real question."""
    words = dict.fromkeys(
        word
        for word in re.findall(r"[a-z0-9]{2,40}", plain(text))
        if word not in _EVERYWHERE and word not in plain(" ".join(without)).split()
    )
    return " | ".join(list(words)[:40])


def _words(traits: Iterable[Trait]) -> list[str]:
    """Canonical words for what is wanted; what is avoided must not attract."""
    wanted = (t for t in traits if t.polarity is not Polarity.AVOID and t.facet not in _NOT_WORDS)
    return list(dict.fromkeys(NAMES["en"].get(t.value, t.value).lower().replace("_", " ") for t in wanted))


def _wishes(traits: Iterable[Trait], bitmaps: Bitmaps) -> list[tuple[str, float]]:
    """Preferences as bit strings with weights: the shopper's hedged wishes, then what brewer and milk suggest."""
    traits = tuple(traits)
    soft = [t for t in traits if not t.hard and t.facet not in _NOT_WORDS]
    said = [
        (known_to_have(t.facet, t.value, bitmaps).sure, (-1 if t.polarity is Polarity.AVOID else 1) * _WISH_WEIGHT[t.strength])
        for t in soft
    ]
    return [*said, *((known_to_have(lean.facet, lean.value, bitmaps).sure, lean.weight) for lean in leanings(traits))]


def relaxations(search: Search, nearest: Found) -> tuple[Relaxation, ...]:
    """The musts that alone keep something out, the most rewarding first, each with the best coffee it keeps out."""
    best = {number: candidate for number, candidate in nearest.candidates if number is not None}
    opens = sorted(((n, int(number)) for number, n in nearest.facets.get("opens", {}).items()), reverse=True)
    return tuple(Relaxation(search.musts[number].traits[0], n, best.get(number)) for n, number in opens[:MOST_RELAXATIONS])


def facet_counts(
    facets: Mapping[str, Mapping[str, int]], traits: Iterable[Trait], rates: Mapping[str, Decimal]
) -> dict[str, dict[str, int]]:
    """How many fitting coffees have each value, commonest first; budgets as "USD 18" for a 12 oz bag, rising."""
    counts = {facet: _by_number(shares) for facet, shares in facets.items() if facet != "bag"}
    counts["flavour"] = {family: n for family, n in counts.get("flavour", {}).items() if family in FAMILIES}
    budgets = budget_steps(_bags(facets), _currency(traits, rates), rates)
    return {facet: shares for facet, shares in {**counts, "budget": budgets}.items() if shares}


def _bags(facets: Mapping[str, Mapping[str, int]]) -> dict[int, int]:
    """How many coffees cost how many dollars for 12 oz, the cheapest first."""
    return dict(sorted((int(dollars), n) for dollars, n in facets.get("bag", {}).items()))


def _currency(traits: Iterable[Trait], rates: Mapping[str, Decimal]) -> str:
    """The one a shopper has spoken of prices in, where it can be compared."""
    return next((t.currency for t in traits if t.currency in rates), None) or "USD"


def _by_number(shares: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def budget_steps(bags: Mapping[int, int], currency: str, rates: Mapping[str, Decimal]) -> dict[str, int]:
    """Round amounts for a bag that split the fitting coffees in about thirds, and how many cost no more."""
    priced = sum(bags.values())
    rate = rates.get(currency, Decimal(1))
    amounts = (_amount_for(ceil(priced * share / 3), bags, rate) for share in (1, 2))
    return {f"{currency} {amount}": sum(n for b, n in bags.items() if b <= amount * rate) for amount in amounts if amount}


def _amount_for(many: int, bags: Mapping[int, int], rate: Decimal) -> int:
    """The round amount at which so many coffees can be had, or all where there are fewer; 0 where none has a price."""
    counted = list(accumulate(bags.values()))
    dollars = next((d for d, n in zip(bags, counted, strict=True) if n >= min(many, counted[-1])), 0)
    return rounded_up(dollars / rate)


def dollars(coffee: Candidate, rates: Mapping[str, Decimal]) -> Decimal | None:
    """A coffee's price per 100 g, where its currency has a rate."""
    currency = coffee.currency or ""
    if coffee.price_per_100g_minor is None or currency not in rates:
        return None
    return from_minor(coffee.price_per_100g_minor, currency) * rates[currency]


def rounded_up(amount: Decimal) -> int:
    """To the next amount people name: whole below 50, fives below 200, then hundreds."""
    for limit, step in ((50, 1), (200, 5), (10**9, 100)):
        if amount <= limit:
            return ceil(amount / step) * step
    return int(amount)
