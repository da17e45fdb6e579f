"""Shoppers who could have said what this one said: each would love one of the coffees that fit.

What is still open is settled for each of them as it is for the coffee they would love. A coffee that pleases many of them is a
good offer, and three that please different ones are a better page than three alike.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle, islice
from operator import or_
from random import Random
from typing import NamedTuple, TypeVar

from coffeebot.domain.query import Contender
from coffeebot.domain.taste import Facet

T = TypeVar("T")
SHOPPERS = 80
EVERYBODY = (1 << SHOPPERS) - 1
MINDS = 0.5  # how many of them care about the process, and how many about the origin
FLAVOURS = 2  # families that a shopper is after
GENEROUS = 2.2  # a budget lies between the price of the coffee they would love and this many times it
CHEAP = 0.4  # what costs less than this part of their budget is not what they have it for
_OPEN = (Facet.AVOID, Facet.ROAST, Facet.PROCESS, Facet.ORIGIN, Facet.BUDGET)
SIDES = {"Light": "light", "Medium-Light": "light", "Medium": "medium", "Medium-Dark": "dark", "Dark": "dark"}


class Imagined(NamedTuple):
    """What an imagined shopper wants of a coffee; None and empty where they do not care, or where it is settled already."""

    likes: Sequence[str] = ()
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


def pleased(contenders: Sequence[Contender], known: Known) -> list[int]:
    """For each coffee, in their order, the imagined shoppers who would take it, as the bits of a number.

    The same shelf imagines the same shoppers.
    """
    imagination = _Imagination(contenders, known)
    crowd = Crowd([imagination.who_loves(coffee) for coffee in islice(cycle(contenders), SHOPPERS)])
    return [crowd.takers(coffee) for coffee in contenders]


class _Imagination:
    def __init__(self, contenders: Sequence[Contender], known: Known) -> None:
        self._chance = Random(len(contenders)).random  # its methods for choices and samples take several times as long
        self._contenders = contenders
        self._asked_for = known.families
        self._missing = max(0, FLAVOURS - len(known.families)) if known.leaves_open(Facet.FLAVOUR) else 0
        self._avoid, self._roast, self._process, self._origin, self._budget = map(known.leaves_open, _OPEN)

    def who_loves(self, loved: Contender) -> Imagined:
        further = [family for family in loved.families if family not in self._asked_for]
        spared = [family for family in self._one_of(self._contenders).families if family not in loved.families]
        budget = loved.dollars * (1 + (GENEROUS - 1) * self._chance()) if loved.dollars is not None else None
        return Imagined(
            self._some_of(further),
            self._one_of(spared) if spared and self._avoid else None,
            SIDES.get(loved.roast or "") if self._roast else None,
            self._minded(_base(loved)) if self._process else None,
            self._minded(loved.origins) if self._origin else None,
            budget if self._budget else None,
        )

    def _minded(self, values: Sequence[str]) -> str | None:
        return self._one_of(values) if values and self._chance() < MINDS else None

    def _one_of(self, values: Sequence[T]) -> T:
        return values[int(self._chance() * len(values))]

    def _some_of(self, values: list[str]) -> list[str]:
        """As many as are missing, where there are so many; takes them out of the list."""
        return [values.pop(int(self._chance() * len(values))) for _ in range(min(self._missing, len(values)))]


def _base(coffee: Contender) -> list[str]:
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
        self._choosy = [_any(wanted.values()) for wanted in (self._sides, self._processes, self._origins)]
        budgets = sorted((shopper.budget, 1 << place) for place, shopper in enumerate(shoppers) if shopper.budget is not None)
        self._budgets = [budget for budget, _ in budgets]
        self._poorer = list(accumulate((bit for _, bit in budgets), or_, initial=0))  # those of the n smallest budgets

    def takers(self, coffee: Contender) -> int:
        """Those who would take it."""
        families, base = coffee.families, _base(coffee)
        sides, processes, origins = self._choosy
        unhappy = (
            _any(bits for family, bits in self._likes.items() if family not in families)
            | _any(self._dislikes[family] for family in families if family in self._dislikes)
            | sides & ~self._sides.get(SIDES.get(coffee.roast or "", ""), 0)
            | processes & ~(self._processes.get(base[0], 0) if len(base) == 1 else 0)  # of several nobody knows which is meant
            | origins & ~_any(self._origins.get(origin, 0) for origin in coffee.origins)
            | self._poorer[-1] & ~self._within(coffee.dollars)
        )
        return EVERYBODY & ~unhappy

    def _within(self, dollars: float | None) -> int:
        """Those whose budget a price suits."""
        if dollars is None:
            return 0
        low, high = bisect_left(self._budgets, dollars), bisect_right(self._budgets, dollars / CHEAP)
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


def _any(sets: Iterable[int]) -> int:
    """Who is in one of them."""
    found = 0
    for bits in sets:
        found |= bits
    return found
