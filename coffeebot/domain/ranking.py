"""The order of what fits: leanings that follow from what was said, and a first page that is not one roaster's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, Trait

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


@dataclass(frozen=True, slots=True)
class Leaning:
    """Something that makes a coffee likelier to please, never a condition. `weight` 1 is a hedged wish of the shopper's own."""

    facet: Facet
    value: str
    weight: float


def leanings(traits: Iterable[Trait]) -> tuple[Leaning, ...]:
    """What brewer, milk and appetite for the new suggest about a coffee, unless the shopper settled that facet otherwise."""
    traits = tuple(traits)
    settled = {t.facet for t in traits if t.hard}
    found = [
        Leaning(Facet(facet), value, 0.4)
        for trait in traits
        if trait.facet in _LEANINGS and trait.polarity is not Polarity.AVOID
        for facet, value in _LEANINGS[trait.facet].get(trait.value, ())
    ]
    return tuple(lean for lean in dict.fromkeys(found) if lean.facet not in settled or lean.facet is Facet.FLAVOUR)


def diversify(candidates: Sequence[Candidate], limit: int) -> tuple[Candidate, ...]:
    """The best first, but near-equals of a roaster (or of a name) already chosen step back; at most `limit`."""
    left, chosen = list(candidates), list[Candidate]()
    roasters: dict[str, int] = {}
    names: dict[str, int] = {}
    while left and len(chosen) < limit:
        best = max(
            left,
            key=lambda c: c.relevance - SAME_ROASTER * roasters.get(c.roaster, 0) - SAME_NAME * names.get(c.name, 0),
        )
        left.remove(best)
        chosen.append(best)
        roasters[best.roaster] = roasters.get(best.roaster, 0) + 1
        names[best.name] = names.get(best.name, 0) + 1
    return tuple(chosen)
