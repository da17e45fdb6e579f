"""Shoppers who could have said what this one said: each would love one of the coffees that fit.

What is still open is settled for each of them as it is for the coffee they would love. A coffee that pleases many of them is a
good offer, and three that please different ones are a better page than three alike.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import accumulate, cycle, islice
from operator import or_
from random import Random
from uuid import UUID

from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet

SHOPPERS = 160
EVERYBODY = (1 << SHOPPERS) - 1
MINDS = 0.5  # how many of them care about the process, and how many about the origin
FLAVOURS = 2  # families that a shopper is after
GENEROUS = 2.2  # a budget lies between the price of the coffee they would love and this many times it
CHEAP = 0.4  # what costs less than this part of their budget is not what they have it for
SIDES = {"Light": "light", "Medium-Light": "light", "Medium": "medium", "Medium-Dark": "dark", "Dark": "dark"}
Prices = Mapping[UUID, Decimal]  # dollars per 100 g


@dataclass(frozen=True, slots=True)
class Imagined:
    """What an imagined shopper wants of a coffee; None and empty where they do not care, or where it is settled already."""

    likes: tuple[str, ...] = ()
    dislikes: str | None = None
    side: str | None = None
    process: str | None = None
    origin: str | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What needs no imagining: the facets that are settled, and the families asked for already."""

    settled: Collection[Facet] = ()
    families: Collection[str] = ()

    def leaves_open(self, facet: Facet) -> bool:
        return facet not in self.settled


def pleased(candidates: Sequence[Candidate], known: Known, prices: Prices) -> dict[UUID, int]:
    """For each candidate the imagined shoppers who would take it, as the bits of a number; the same shelf imagines the same."""
    chance = Random(len(candidates))
    crowd = Crowd([_imagined(coffee, candidates, known, prices, chance) for coffee in islice(cycle(candidates), SHOPPERS)])
    return {coffee.id: crowd.takers(coffee, prices.get(coffee.id)) for coffee in candidates}


def _imagined(loved: Candidate, candidates: Sequence[Candidate], known: Known, prices: Prices, chance: Random) -> Imagined:
    further = [family for family in loved.families if family not in known.families]
    missing = FLAVOURS - len(known.families) if known.leaves_open(Facet.FLAVOUR) else 0
    spared = [family for family in chance.choice(candidates).families if family not in loved.families]
    budget = float(prices[loved.id]) * chance.uniform(1, GENEROUS) if loved.id in prices else None
    return Imagined(
        likes=tuple(chance.sample(further, max(0, min(missing, len(further))))),
        dislikes=chance.choice(spared) if spared and known.leaves_open(Facet.AVOID) else None,
        side=SIDES.get(loved.roast or "") if known.leaves_open(Facet.ROAST) else None,
        process=_minded(_base(loved), chance) if known.leaves_open(Facet.PROCESS) else None,
        origin=_minded(loved.origins, chance) if known.leaves_open(Facet.ORIGIN) else None,
        budget=budget if known.leaves_open(Facet.BUDGET) else None,
    )


def _minded(values: Sequence[str], chance: Random) -> str | None:
    return chance.choice(values) if values and chance.random() < MINDS else None


def _base(coffee: Candidate) -> list[str]:
    """What a coffee is known to be, anaerobic or not."""
    return [process for process in coffee.processes if process != "anaerobic"]


class Crowd:
    """Imagined shoppers by what they want: each set of them is a number with a bit for each, so that a coffee is weighed at once."""

    def __init__(self, shoppers: Sequence[Imagined]) -> None:
        self._likes = _by_value(shopper.likes for shopper in shoppers)
        self._dislikes = _by_value(_one(shopper.dislikes) for shopper in shoppers)
        self._sides = _by_value(_one(shopper.side) for shopper in shoppers)
        self._processes = _by_value(_one(shopper.process) for shopper in shoppers)
        self._origins = _by_value(_one(shopper.origin) for shopper in shoppers)
        budgets = sorted((shopper.budget, 1 << place) for place, shopper in enumerate(shoppers) if shopper.budget is not None)
        self._budgets = [budget for budget, _ in budgets]
        self._poorer = list(accumulate((bit for _, bit in budgets), or_, initial=0))  # those of the n smallest budgets

    def takers(self, coffee: Candidate, price: Decimal | None) -> int:
        """Those who would take it."""
        base = _base(coffee)
        unhappy = (
            _all(bits for family, bits in self._likes.items() if family not in coffee.families)
            | _all(self._dislikes.get(family, 0) for family in coffee.families)
            | _all(bits for side, bits in self._sides.items() if side != SIDES.get(coffee.roast or ""))
            | _all(bits for process, bits in self._processes.items() if [process] != base)  # of several nobody knows which is meant
            | _all(bits for origin, bits in self._origins.items() if origin not in coffee.origins)
        )
        return EVERYBODY & ~unhappy & ~(self._poorer[-1] & ~self._within(price))

    def _within(self, price: Decimal | None) -> int:
        """Those whose budget a price suits."""
        if price is None:
            return 0
        low, high = bisect_left(self._budgets, float(price)), bisect_right(self._budgets, float(price) / CHEAP)
        return self._poorer[high] & ~self._poorer[low]


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _by_value(wanted: Iterable[Collection[str]]) -> dict[str, int]:
    """Who wants what."""
    found: dict[str, int] = {}
    for place, values in enumerate(wanted):
        for value in values:
            found[value] = found.get(value, 0) | 1 << place
    return found


def _all(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)
