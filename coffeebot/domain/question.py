"""Which question is worth asking next: the one whose answer is expected to leave the fewest coffees, easily answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from coffeebot.domain.query import Matches
from coffeebot.domain.taste import Facet, Polarity, Trait

EASE = {  # how readily people answer, 1 is at once
    Facet.FLAVOUR: 1.0,
    Facet.ROAST: 0.8,
    Facet.BUDGET: 0.75,
    Facet.AVOID: 0.7,
    Facet.PROCESS: 0.5,
    Facet.ORIGIN: 0.6,
}
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
    settled = _settled(profile)
    options = [
        _asking(facet, matches.facet_counts.get(_counted(facet), {}), matches.count, most)
        for facet in EASE
        if facet not in asked and facet not in settled
    ]
    worth = [(EASE[option.facet] * (1 - option.left_if / option.left), option) for option in options if option]
    return max(worth, key=lambda pair: pair[0])[1] if worth else None


def _settled(profile: Iterable[Trait]) -> set[Facet]:
    """What the shopper has spoken of. Two wished-for flavours, or a note, say enough about taste."""
    settled: set[Facet] = set()
    flavours = 0
    for trait in profile:
        if trait.polarity is Polarity.AVOID and trait.facet in (Facet.FLAVOUR, Facet.NOTE):
            settled.add(Facet.AVOID)
        elif trait.facet in (Facet.FLAVOUR, Facet.NOTE):
            flavours += 1
        elif trait.facet is Facet.REGION:
            settled.add(Facet.ORIGIN)
        else:
            settled.add(trait.facet)
    return settled | ({Facet.FLAVOUR} if flavours >= 2 else set())


def _counted(facet: Facet) -> Facet:
    return Facet.FLAVOUR if facet is Facet.AVOID else facet


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
