"""What a trait asks of coffees, as SQL of bit strings: those that surely keep it, and those that may.

The fragments are written here and nowhere else; whatever a shopper said travels as a bound parameter. They read `m`, a row of the
bit strings that a statement asks for (see bitmaps.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from coffeebot.domain.coffee import Process
from coffeebot.domain.flavour import members
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.vocabulary import BITTERNESS
from coffeebot.models.bitmaps import Bitmaps

ONE_OUNCE_OF_GRACE = Decimal("0.001")  # 12 oz are sold as 340 g as often as 340.19
_NEVER_FILTERS = {Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY, Facet.AVOID}
_ADDS_UP = {Facet.FLAVOUR, Facet.NOTE, Facet.FLAG}
_ALWAYS_SAID = {"espresso", "barrel_aged", "cold_brew"}  # a coffee that is one says so
_OF_SEVERAL = 0.3  # how much a coffee is about a family that is none of its first three


class Bits(NamedTuple):
    """`sure` are the coffees that have something, `possible` those and the ones that do not say."""

    sure: str
    possible: str


@dataclass(frozen=True, slots=True)
class Must:
    """One condition. `traits` are those it came from: alternatives, or both ends of a budget.

    `worth` is how well a coffee meets it, 0 to 1, as SQL that reads `held` and a row `c` of the shelf; empty where all meet it alike.
    """

    traits: tuple[Trait, ...]
    bits: Bits
    worth: str = ""


def musts(traits: Iterable[Trait], bitmaps: Bitmaps) -> list[Must]:
    """A condition for every hard trait, alternatives together."""
    hard = [t for t in traits if t.hard and t.facet not in _NEVER_FILTERS]
    wanted = [t for t in hard if t.polarity is not Polarity.AVOID]
    avoided = [t for t in hard if t.polarity is Polarity.AVOID and t.facet not in (Facet.BUDGET, Facet.SCORE)]
    conditions = [_wanted(group, bitmaps) for group in _groups(wanted)]
    return conditions + [Must((t,), _without(_breach(t, bitmaps))) for t in avoided]


def known_to_have(facet: Facet, value: str, bitmaps: Bitmaps) -> Bits:
    """The coffees that say they have this."""
    sure = _has(facet, (value,), bitmaps).sure
    return Bits(sure, sure)


def _groups(traits: Sequence[Trait]) -> Iterator[tuple[Trait, ...]]:
    grouped: dict[object, list[Trait]] = {}
    for trait in traits:
        if trait.facet in _ADDS_UP:
            key: object = ("group", trait.group) if trait.group else trait.id
        else:
            key = trait.facet
        grouped.setdefault(key, []).append(trait)
    return (tuple(group) for group in grouped.values())


def _wanted(group: tuple[Trait, ...], bitmaps: Bitmaps) -> Must:
    facet = group[0].facet
    if facet is Facet.BUDGET:
        return Must(group, _budget(bitmaps))
    if facet is Facet.SCORE:
        return Must(group, _score(group, bitmaps))
    if facet in _ADDS_UP:
        return Must(
            group,
            _any([_has(t.facet, (t.value,), bitmaps) for t in group]),
            _greatest([_worth(t.facet, (t.value,), bitmaps) for t in group]),
        )
    values = tuple(t.value for t in group)
    return Must(group, _has(facet, values, bitmaps), _worth(facet, values, bitmaps))


def _has(facet: Facet, values: tuple[str, ...], bitmaps: Bitmaps) -> Bits:
    """The coffees that have one of these values."""
    match facet:
        case Facet.FLAVOUR:
            return _stated(bitmaps.any_of("flavour", _families(values)), "note", bitmaps)
        case Facet.NOTE:
            return _any([_stated(bitmaps.worded("note", value), "note", bitmaps) for value in values])
        case Facet.REGION | Facet.VARIETY:
            return _any([_stated(bitmaps.named(facet, value), facet, bitmaps) for value in values])
        case Facet.PROCESS:
            return _process(values, bitmaps)
        case Facet.FLAG:
            return _any([_flag(value, bitmaps) for value in values])
        case Facet.DECAF:
            return _either("decaf", "decaf", "caffeine", bitmaps)
        case Facet.ROASTER:
            found = bitmaps.by_roaster(values)
            return Bits(found, found)
        case Facet.ROASTER_COUNTRY:
            there = bitmaps.from_countries(values)
            return Bits(there, _or(there, bitmaps.from_nowhere()))
        case Facet.BITTERNESS:
            return _has(Facet.ROAST, tuple(level for value in values for level in BITTERNESS[value]), bitmaps)
    return _stated(bitmaps.any_of(facet, values), facet, bitmaps)


def _breach(trait: Trait, bitmaps: Bitmaps) -> Bits:
    if trait.facet is Facet.PROCESS:  # a coffee of several processes has each of them
        return _stated(bitmaps.any_of("process", (trait.value,)), "process", bitmaps)
    return _has(trait.facet, (trait.value,), bitmaps)


def _families(values: Iterable[str]) -> list[str]:
    """ "fruity" is every branch of fruit, and fruit that belongs to no branch."""
    return [family for value in values for family in dict.fromkeys((*members(value), value))]


def _process(values: Sequence[str], bitmaps: Bitmaps) -> Bits:
    """Washed or natural or the like is only known where the coffee names no other; anaerobic goes with any of them."""
    anaerobic = bitmaps.any_of("process", ("anaerobic",))
    wanted = bitmaps.any_of("process", [value for value in values if value != "anaerobic"])
    others = bitmaps.any_of("process", [other for other in Process if other not in values and other != "anaerobic"])
    sure = _and(wanted, _not(others))
    some = _or(wanted, _and(anaerobic, _not(others)))  # with others, too; or anaerobic, and nobody knows what else
    if "anaerobic" in values:
        sure, some = _or(sure, anaerobic), _or(some, anaerobic)
    return _stated(sure, "process", bitmaps, also=some)


def _flag(value: str, bitmaps: Bitmaps) -> Bits:
    if value == "blend":
        return _either("blend", "blend", "single_origin", bitmaps)
    if value == "single_origin":
        return _either("blend", "single_origin", "blend", bitmaps)
    has = bitmaps.any_of("flag", (value,))
    return Bits(has, has if value in _ALWAYS_SAID else bitmaps.all)


def _either(facet: str, value: str, other: str, bitmaps: Bitmaps) -> Bits:
    """A fact that is one thing or the other."""
    return Bits(bitmaps.any_of(facet, (value,)), _not(bitmaps.any_of(facet, (other,))))


def _budget(bitmaps: Bitmaps) -> Bits:
    """Some offer lies between the ends of the statement's budget; possible without a price that compares."""
    within = bitmaps.within_budget()
    return Bits(within, _or(within, _not(bitmaps.priced()), bitmaps.maybe_within_budget()))


def _score(group: Sequence[Trait], bitmaps: Bitmaps) -> Bits:
    """Every bound is kept."""
    bounds = [(trait.value == "max", float(trait.amount)) for trait in group if trait.amount is not None]
    highest = min((amount for is_highest, amount in bounds if is_highest), default=float("inf"))
    lowest = max((amount for is_highest, amount in bounds if not is_highest), default=float("-inf"))
    return _stated(bitmaps.between("score", lowest, highest), "score", bitmaps)


def _stated(sure: str, facet: str, bitmaps: Bitmaps, *, also: str = "") -> Bits:
    """Possible, too, where a coffee says nothing about the facet."""
    return Bits(sure, _or(sure, *([also] if also else []), _not(bitmaps.any_of(facet, ("",)))))


def _without(bits: Bits) -> Bits:
    return Bits(_not(bits.sure), _not(bits.sure))


def _any(several: Sequence[Bits]) -> Bits:
    return Bits(_or(*(bits.sure for bits in several)), _or(*(bits.possible for bits in several)))


def _or(*bits: str) -> str:
    return "(" + " | ".join(bits) + ")" if len(bits) > 1 else bits[0]


def _and(*bits: str) -> str:
    return "(" + " & ".join(bits) + ")"


def _not(bits: str) -> str:
    return f"(~{bits})"


def _worth(facet: Facet, values: tuple[str, ...], bitmaps: Bitmaps) -> str:
    """How much a coffee is about this: its first family, its only origin."""
    match facet:
        case Facet.FLAVOUR:
            firsts = [bitmaps.has(bitmaps.any_of(f"flavour {place}", _families(values))) for place in (1, 2, 3)]
            steps = [f"WHEN {first} = 1 THEN {worth}" for first, worth in zip(firsts, (1, 0.7, 0.5), strict=True)]
            return f"CASE {' '.join(steps)} ELSE {_OF_SEVERAL} END"
        case Facet.NOTE:  # early notes are stronger, and the note by itself is more it than the note within another
            return _greatest(
                [
                    f"0.4 + 0.3 * {bitmaps.has(bitmaps.worded('note 1', value))} + 0.3 * {bitmaps.has(bitmaps.called('note', value))}"
                    for value in values
                ]
            )
        case Facet.ORIGIN | Facet.PROCESS:
            return f"1.0 / greatest(c.{'origins' if facet is Facet.ORIGIN else 'processes'}, 1)"
    return ""


def _greatest(worths: Sequence[str]) -> str:
    used = [worth for worth in worths if worth]
    return f"greatest({', '.join(used)})" if len(used) > 1 else "".join(used)


def budget_ends(group: Iterable[Trait], rates: dict[str, Decimal]) -> tuple[float, float]:
    """The lowest and highest price of a budget in US dollars per 100 g; a currency without a rate sets no end."""
    low, high = Decimal(0), Decimal(10**9)
    for trait in group:
        rate = rates.get(trait.currency or "USD")
        if trait.per_100g is None or rate is None:
            continue
        if trait.value == "max":
            high = min(high, trait.per_100g * rate * (1 + ONE_OUNCE_OF_GRACE))
        else:
            low = max(low, trait.per_100g * rate * (1 - ONE_OUNCE_OF_GRACE))
    return float(low), float(high)
