"""Which question is worth asking next: the one whose answer is expected to leave the fewest coffees, easily answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from coffeebot.domain.query import Matches
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.vocabulary import DARK_LEVELS

EASE = {  # how many people have an answer that rules coffees out; the others do not mind, or have to think
    Facet.FLAVOUR: 1.0,
    Facet.ROAST: 0.8,
    Facet.BUDGET: 0.75,
    Facet.AVOID: 0.7,
    Facet.PROCESS: 0.45,
    Facet.ORIGIN: 0.45,
}
NAMED = {Facet.FLAVOUR: 2}  # how many values people name in one answer that all have to be met; of other facets one
FEW = 4  # with no more coffees than this left, asking wastes the shopper's time


@dataclass(frozen=True, slots=True)
class Asking:
    """A facet to ask about, its commonest values with how many coffees each leaves, and the expected number left."""

    facet: Facet
    choices: tuple[tuple[str, int], ...]
    left: int
    left_if: int


def next_question(matches: Matches, profile: Iterable[Trait], *, asked: Collection[str], most: int = 4) -> Asking | None:
    """The facet not yet settled or asked that splits what is left best; None when few are left or nothing splits."""
    if matches.count <= FEW:
        return None
    known = settled(profile)
    options = [
        _asking(facet, _counts(facet, matches.facet_counts), matches.count, most)
        for facet in EASE
        if facet not in asked and facet not in known
    ]
    return max((option for option in options if option), key=_worth, default=None)


def _worth(option: Asking) -> float:
    """The share of what is left that an answer is expected to rule out."""
    return EASE[option.facet] * (1 - (option.left_if / option.left) ** NAMED.get(option.facet, 1))


def settled(profile: Iterable[Trait]) -> set[Facet]:
    """What the shopper has spoken of. Two wished-for flavours say enough about taste; one wrong origin says little of the right one."""
    known: set[Facet] = set()
    flavours = 0
    for trait in profile:
        if trait.facet in (Facet.FLAVOUR, Facet.NOTE):
            known |= {Facet.AVOID} if trait.polarity is Polarity.AVOID else set()
            flavours += trait.polarity is not Polarity.AVOID
        elif trait.polarity is not Polarity.AVOID and not (trait.facet is Facet.BUDGET and trait.strength == 1):
            known.add(Facet.ORIGIN if trait.facet is Facet.REGION else trait.facet)
    return known | ({Facet.FLAVOUR} if flavours >= 2 else set())


def _counts(facet: Facet, counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """How many coffees an answer to this would find. Who says "dark" means medium-dark too."""
    counts = dict(counted.get(Facet.FLAVOUR if facet is Facet.AVOID else facet, {}))
    if facet is Facet.ROAST and (dark := sum(counts.pop(level, 0) for level in DARK_LEVELS)):
        counts[DARK_LEVELS[-1]] = dark
    return counts


def _asking(facet: Facet, counts: dict[str, int], left: int, most: int) -> Asking | None:
    splitting = {value: n for value, n in counts.items() if 0 < n < left}
    if facet is Facet.AVOID:
        splitting = {value: left - n for value, n in splitting.items()}
    if len(splitting) < 2:
        return None
    # a shopper names a value as often as the coffee they would like has it, so n coffees are left with weight n
    expected = sum(n * n for n in splitting.values()) / sum(splitting.values())
    return Asking(facet, _choices(facet, splitting, left, most), left, max(1, round(expected)))


def _choices(facet: Facet, splitting: dict[str, int], left: int, most: int) -> tuple[tuple[str, int], ...]:
    """Budgets rise; other values come most common first, flavours by how near they come to dividing in half."""
    if facet is Facet.BUDGET:
        return tuple(list(splitting.items())[:most])
    overlapping = facet in (Facet.FLAVOUR, Facet.AVOID)
    ranked = sorted(splitting.items(), key=lambda item: (abs(item[1] / left - 0.5) if overlapping else -item[1], item[0]))
    return tuple(ranked[:most])
