"""What is said of a coffee just offered: "a different origin" is any but that coffee's, "lighter" a lighter roast than its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil
from uuid import uuid4

from coffeebot.domain.coffee import from_minor
from coffeebot.domain.folding import plain
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Trait
from coffeebot.domain.understanding.roasts import COMPARATIVES, stepped

_STEPS = ((50, 1), (200, 5), (1000, 50), (10**9, 100))  # to which amount people name a price in which steps


def with_objections(
    change: ProfileChange, complaints: Iterable[tuple[Facet, str]], coffees: Sequence[Candidate], profile: Iterable[Trait]
) -> ProfileChange:
    """The change that a message makes, with what its complaints about `coffees` add to it.

    A complaint is (facet, the shopper's words). What the same message says outright about a facet stands instead.
    """
    said = {trait.facet for trait in change.add}
    lines = list(profile)
    news = [
        trait
        for facet, words in complaints
        if facet not in said
        for trait in _objections(facet, coffees, lines)
        for trait in (replace(trait, evidence=words),)
    ]
    struck = [old.id for old in lines for new in news if _overruled(old, new)]
    return ProfileChange(add=(*change.add, *news), remove=tuple(dict.fromkeys((*change.remove, *struck))))


def compares_roasts(change: ProfileChange) -> bool:
    """Whether "lighter" or "darker" was said, and of what is not known yet."""
    return any(_compared(trait) for trait in change.add)


def beside_these(change: ProfileChange, coffees: Sequence[Candidate]) -> ProfileChange:
    """The change with "lighter" and "darker" measured by the first of the coffees that they were said of."""
    roasts = [coffee.roast for coffee in coffees if coffee.roast]
    said = next((trait for trait in change.add if _compared(trait)), None)
    if not roasts or said is None:
        return change
    levels = stepped(COMPARATIVES[plain(said.evidence)], roasts[:1])
    others = [trait for trait in change.add if not _compared(trait)]
    return replace(change, add=(*others, *(replace(said, value=level, id=uuid4()) for level in levels)))


def _compared(trait: Trait) -> bool:
    return trait.facet is Facet.ROAST and plain(trait.evidence) in COMPARATIVES


def _objections(facet: Facet, coffees: Sequence[Candidate], profile: Sequence[Trait]) -> Iterator[Trait]:
    match facet:
        case Facet.BUDGET:
            yield from _dearer(coffees, profile)
        case Facet.ROAST:
            yield from _unwanted(facet, (coffee.roast for coffee in coffees if coffee.roast))
        case Facet.PROCESS:
            yield from _unwanted(facet, (name for coffee in coffees for name in _processes(coffee)))
        case Facet.ORIGIN:
            yield from _unwanted(facet, (name for coffee in coffees for name in _origins(coffee, profile)))


def _unwanted(facet: Facet, values: Iterable[str]) -> Iterator[Trait]:
    return (Trait(facet, value, Polarity.AVOID) for value in dict.fromkeys(values))


def _processes(coffee: Candidate) -> Sequence[str]:
    """Anaerobic goes with any process: it is what is wrong only where nothing else is. Of several nobody knows which."""
    named = [name for name in coffee.processes if name != "anaerobic"] or list(coffee.processes)
    return named if len(named) == 1 else ()


def _origins(coffee: Candidate, profile: Sequence[Trait]) -> Sequence[str]:
    """In a blend with a country that was asked for, it is the others that are wrong."""
    wished = {trait.value for trait in profile if trait.facet is Facet.ORIGIN and trait.polarity is not Polarity.AVOID}
    return [name for name in coffee.origins if name not in wished] or coffee.origins


def _dearer(coffees: Sequence[Candidate], profile: Sequence[Trait]) -> Iterator[Trait]:
    """At most what people name below the price; said by nobody, so that a question may still ask for the true limit."""
    priced = [coffee for coffee in coffees if coffee.amount_minor and coffee.currency and coffee.grams]
    if not priced:
        return
    coffee = min(priced, key=lambda c: (c.amount_minor or 0) / (c.grams or 1))
    limit = Trait(
        Facet.BUDGET, "max", strength=1, amount=_below(from_minor(coffee.amount_minor or 0, coffee.currency or "")),
        currency=coffee.currency, grams=coffee.grams,
    )  # fmt: skip
    lower = any(old.facet is Facet.BUDGET and old.value == "max" and _is_lower(old, limit) for old in profile)
    if not lower:
        yield limit


def _is_lower(old: Trait, new: Trait) -> bool:
    return old.currency == new.currency and (old.per_100g or 0) <= (new.per_100g or 0)


def _below(price: Decimal) -> Decimal:
    """The next amount below that people name; a tenth less of what costs less than that."""
    step = next(step for limit, step in _STEPS if price <= limit)
    return Decimal((ceil(price / step) - 1) * step) or price * Decimal("0.9")


def _overruled(old: Trait, new: Trait) -> bool:
    if old.facet is not new.facet:
        return False
    if new.facet is Facet.BUDGET:
        return old.value == "max"
    return old.value == new.value and old.polarity is not Polarity.AVOID
