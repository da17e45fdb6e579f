"""Two or three coffees side by side: the rows of a table, from their facts alone, those that differ most first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.bearing import ROASTS, Prices
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, Trait

SCALES = {Facet.ACIDITY: ("low", "medium", "high"), Facet.BODY: ("light", "medium", "full"), Facet.SWEETNESS: ("low", "medium", "high")}
Read = Callable[[Candidate], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of each coffee, in their order. `of` is a facet; values are canonical, () where a coffee does not say.

    `wanted` is the shopper's own value, "" when they said nothing. `differs` is whether two coffees that say it say otherwise.
    """

    of: Facet
    values: tuple[tuple[str, ...], ...]
    wanted: str = ""
    differs: bool = False


def rows(coffees: Sequence[Candidate], profile: Sequence[Trait]) -> tuple[Row, ...]:
    """The rows of which some coffee says something; scales first, then the rest, and among each those that differ."""
    made = [_row(facet, read, coffees, profile) for facet, read in _FACTS]
    told = [row for row in made if any(row.values)]
    return tuple(sorted(told, key=lambda row: (row.of not in SCALES, not row.differs)))


def cheapest(coffees: Sequence[Candidate], prices: Prices) -> UUID | None:
    """The one that costs least per 100 g, when all have a price that compares and one is alone at the bottom."""
    known: list[tuple[Decimal, UUID]] = sorted((prices[c.id], c.id) for c in coffees if c.id in prices)
    if len(known) < len(coffees) or len(known) < 2 or known[0][0] == known[1][0]:
        return None
    return known[0][1]


def _row(facet: Facet, read: Read, coffees: Sequence[Candidate], profile: Sequence[Trait]) -> Row:
    values = tuple(read(coffee) for coffee in coffees)
    stated = {value for value in values if value}
    wanted = next((t.value for t in profile if t.facet is facet and t.polarity is not Polarity.AVOID), "")
    return Row(facet, values, wanted, len(stated) > 1)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


_FACTS: tuple[tuple[Facet, Read], ...] = (
    (Facet.ACIDITY, lambda c: _one(c.acidity)),
    (Facet.BODY, lambda c: _one(c.body)),
    (Facet.SWEETNESS, lambda c: _one(c.sweetness)),
    (Facet.NOTE, lambda c: c.notes[:5]),
    (Facet.PROCESS, lambda c: c.processes),
    (Facet.ROAST, lambda c: _one(c.roast if c.roast in ROASTS else None)),
    (Facet.ORIGIN, lambda c: (*c.origins, *c.regions[:1])),
    (Facet.VARIETY, lambda c: c.varieties[:3]),
    (Facet.FLAG, lambda c: tuple(flag for flag in c.flags if flag != "blend")),
    (Facet.SCORE, lambda c: _one(f"{c.score.normalize():f}" if c.score is not None else None)),
)
