"""Whether a coffee has what a trait speaks of: yes, no, or it does not say. And how far it goes along a scale."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.flavour import FRUIT, families_of, members
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Trait
from coffeebot.domain.vocabulary import BITTERNESS

ROASTS = [level.value for level in RoastLevel]  # lightest first
_STEPS = {"low": 0, "light": 0, "medium": 1, "high": 2, "full": 2}
Prices = Mapping[UUID, Decimal]  # of coffees, per 100 g in one currency


def bears(coffee: Candidate, trait: Trait) -> bool | None:
    """Whether the coffee is known to have it (True), known not to (False), or does not say (None)."""
    return _BEARINGS[trait.facet](coffee, trait.value) if trait.facet in _BEARINGS else None


def _in(held: Sequence[str], value: str) -> bool | None:
    return any(value == one or f" {value} " in f" {one} " for one in held) if held else None


def _process(coffee: Candidate, value: str) -> bool | None:
    return value in coffee.processes if coffee.processes else None


def _flavour(coffee: Candidate, value: str) -> bool | None:
    families = {value, *members(value)}
    if families & set(coffee.families) or any(families & set(families_of(note)) for note in coffee.notes):
        return True
    return False if coffee.notes else None


def _note(coffee: Candidate, value: str) -> bool | None:
    return any(value in note.lower() for note in coffee.notes) if coffee.notes else None


def _flag(coffee: Candidate, value: str) -> bool | None:
    """A certificate that is not claimed is not known to be missing."""
    if value == "single_origin":
        return ("blend" not in coffee.flags and len(coffee.origins) == 1) or None
    return True if value in coffee.flags else False if value in ("blend", "barrel_aged") else None


def _same(held: str | None, value: str) -> bool | None:
    return held == value if held else None


_BEARINGS: dict[Facet, Callable[[Candidate, str], bool | None]] = {
    Facet.ORIGIN: lambda coffee, value: _in(coffee.origins, value),
    Facet.REGION: lambda coffee, value: _in(coffee.regions, value),
    Facet.VARIETY: lambda coffee, value: _in(coffee.varieties, value),
    Facet.PROCESS: _process,
    Facet.FLAVOUR: _flavour,
    Facet.NOTE: _note,
    Facet.FLAG: _flag,
    Facet.DECAF: lambda coffee, _: coffee.decaf,
    Facet.ROAST: lambda coffee, value: _same(coffee.roast, value),
    Facet.BODY: lambda coffee, value: _same(coffee.body, value),
    Facet.ACIDITY: lambda coffee, value: _same(coffee.acidity, value),
    Facet.SWEETNESS: lambda coffee, value: _same(coffee.sweetness, value),
    Facet.BITTERNESS: lambda coffee, value: coffee.roast in BITTERNESS[value] if coffee.roast in ROASTS else None,
    Facet.ROASTER_COUNTRY: lambda coffee, value: _same(coffee.roaster_country, value),
}


def measure(coffee: Candidate, aspect: str, prices: Prices) -> float | None:
    """How much a coffee has of an aspect ("sweeter", "cheaper"): more is more of it. None when it does not say."""
    match aspect:
        case "cheaper" | "dearer":
            found = float(prices[coffee.id]) if coffee.id in prices else None
        case "lighter" | "darker":
            found = float(ROASTS.index(coffee.roast)) if coffee.roast in ROASTS else None
        case "fruitier":
            found = _fruit(coffee)
        case _:
            found = _step(scale(coffee, aspect))
    return -found if found is not None and aspect in ("cheaper", "lighter", "thinner", "gentler") else found


def scale(coffee: Candidate, aspect: str) -> str | None:
    """The word that states an aspect, as far as a coffee's facts have one: "high" of sweetness."""
    match aspect:
        case "fuller" | "thinner":
            return coffee.body
        case "brighter" | "gentler":
            return coffee.acidity
        case "sweeter":
            return coffee.sweetness
        case "lighter" | "darker":
            return coffee.roast
    return None


def _step(word: str | None) -> float | None:
    return float(_STEPS[word]) if word in _STEPS else None


def _fruit(coffee: Candidate) -> float | None:
    fruits = {"fruity", *FRUIT}
    return sum(bool(fruits & set(families_of(note))) for note in coffee.notes) / len(coffee.notes) if coffee.notes else None
