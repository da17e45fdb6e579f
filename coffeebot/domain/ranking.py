"""The order of what fits: leanings that follow from what was said, and a first page that is not one roaster's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coffeebot.domain.flavour import families_of
from coffeebot.domain.imagined import EVERYBODY, SIDES, Known, pleased
from coffeebot.domain.query import Contender
from coffeebot.domain.question import settled
from coffeebot.domain.taste import Facet, Polarity, Trait

T = TypeVar("T")
_FILTER = (("roast", "Light"), ("roast", "Medium-Light"))
_STRONG = (("roast", "Medium"), ("roast", "Medium-Dark"), ("body", "full"))
BREWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "v60": _FILTER,
    "filter": _FILTER,
    "chemex": (*_FILTER, ("body", "light")),
    "kalita": _FILTER,
    "siphon": (*_FILTER, ("body", "light")),
    "aeropress": (("roast", "Light"), ("roast", "Medium-Light"), ("roast", "Medium")),
    "cupping": _FILTER,
    "espresso": (("flag", "espresso"), ("body", "full"), ("roast", "Medium")),
    "moka": (*_STRONG, ("flavour", "chocolate")),
    "french_press": (("body", "full"), ("roast", "Medium")),
    "cold_brew": (("flag", "cold_brew"), ("roast", "Medium"), ("flavour", "chocolate"), ("body", "full")),
    "turkish": _STRONG,
    "vietnamese_phin": (*_STRONG, ("roast", "Dark")),
}
MILK: dict[str, tuple[tuple[str, str], ...]] = {
    "milk": (
        ("body", "full"),
        ("flavour", "chocolate"),
        ("flavour", "caramel_sugar"),
        ("flavour", "nutty"),
        ("roast", "Medium"),
        ("roast", "Medium-Dark"),
    ),
    "black": (),
}
NOVELTY: dict[str, tuple[tuple[str, str], ...]] = {
    "adventurous": (("process", "anaerobic"), ("process", "natural"), ("flavour", "fermented"), ("flavour", "tropical")),
    "familiar": (("flavour", "chocolate"), ("flavour", "caramel_sugar"), ("flavour", "nutty"), ("process", "washed")),
}
_LEANINGS = {Facet.BREW_METHOD: BREWERS, Facet.MILK: MILK, Facet.NOVELTY: NOVELTY}
SAME_ROASTER = 0.012  # what a second coffee of one roaster must be better by to stand before another's
SAME_NAME = 0.05
SIDE = 2.0  # what the other roast of a side that was turned down loses: a hedged wish
PAGE = 3  # coffees that are looked at together
PLEASES = 0.038  # what the coffee that may please most is worth for it: less than a wish that was said


@dataclass(frozen=True, slots=True)
class Leaning:
    """Something that makes a coffee likelier to please, never a condition. A hedged wish of the shopper's own would weigh 2."""

    facet: Facet
    value: str
    weight: float


FUNK = (Facet.FLAVOUR, "fermented")
CLEAN = Leaning(Facet.PROCESS, "anaerobic", -1.0)  # who wants less funk wants less of what brings it
UNASKED = Leaning(Facet.DECAF, "decaf", -1.0)  # who does not say decaf drinks coffee with caffeine


def leanings(traits: Iterable[Trait]) -> tuple[Leaning, ...]:
    """What brewer, milk and appetite for the new suggest about a coffee, unless the shopper settled that facet otherwise."""
    traits = tuple(traits)
    said = {t.facet for t in traits if t.hard and t.polarity is not Polarity.AVOID}
    avoided = {(t.facet, t.value) for t in traits if t.polarity is Polarity.AVOID}
    found = [
        Leaning(Facet(facet), value, 1.0)
        for trait in traits
        if trait.facet in _LEANINGS and trait.polarity is not Polarity.AVOID
        for facet, value in _LEANINGS[trait.facet].get(trait.value, ())
    ]
    if not any(trait.facet is Facet.DECAF for trait in traits):
        found.append(UNASKED)
    found = [lean for lean in found if (lean.facet, lean.value) not in avoided]
    if FUNK in avoided:
        found = [*(lean for lean in found if lean.value != CLEAN.value), CLEAN]
    kept = tuple(lean for lean in dict.fromkeys(found) if lean.facet not in said or lean.facet is Facet.FLAVOUR)
    return (*kept, *_same_side(traits))


def _same_side(traits: Sequence[Trait]) -> Iterator[Leaning]:
    """Who turned down a light roast rarely wants a medium-light one."""
    spoken = {(t.value, t.polarity is Polarity.AVOID) for t in traits if t.facet is Facet.ROAST}
    avoided = {value for value, avoid in spoken if avoid}
    for value in avoided if all(avoid for _, avoid in spoken) else ():
        yield from (Leaning(Facet.ROAST, other, -SIDE) for other in SIDES if SIDES[other] == SIDES[value] and other not in avoided)


def diversify(contenders: Sequence[Contender], *, limit: int, traits: Sequence[Trait] = ()) -> tuple[Contender, ...]:
    """The best first; at most `limit`.

    Near-equals of a roaster (or of a name) already chosen step back, and so do coffees that would please the same shoppers
    as those, where `traits` leave anything open.
    """
    pleases = pleased(contenders, Known(settled(traits), _wished(traits)))
    most = max((bits.bit_count() for bits in pleases), default=0) or 1
    worth = [coffee.relevance for coffee in contenders]
    of_roaster, of_name = _places(coffee.roaster for coffee in contenders), _places(coffee.name for coffee in contenders)
    left, chosen, unpleased = list(range(len(contenders))), list[Contender](), EVERYBODY
    while left and len(chosen) < limit:
        if len(chosen) < PAGE:
            best = max(left, key=lambda n: worth[n] + PLEASES * ((pleases[n] & unpleased).bit_count() / most))
            unpleased &= ~pleases[best]
        else:
            best = max(left, key=worth.__getitem__)
        left.remove(best)
        chosen.append(contenders[best])
        for other in of_roaster[contenders[best].roaster]:
            worth[other] -= SAME_ROASTER
        for other in of_name[contenders[best].name]:
            worth[other] -= SAME_NAME
    return tuple(chosen)


def _places(values: Iterable[T]) -> dict[T, list[int]]:
    """Where each value stands."""
    found: dict[T, list[int]] = {}
    for place, value in enumerate(values):
        found.setdefault(value, []).append(place)
    return found


def _wished(traits: Iterable[Trait]) -> set[str]:
    """The families that a profile asks for."""
    wanted = [trait for trait in traits if trait.polarity is not Polarity.AVOID]
    noted = {family for trait in wanted if trait.facet is Facet.NOTE for family in families_of(trait.value)[:1]}
    return noted | {trait.value for trait in wanted if trait.facet is Facet.FLAVOUR}
