"""What retrieval is asked, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from coffeebot.domain.taste import Trait, hard


@dataclass(frozen=True, slots=True)
class CoffeeQuery:
    """A request for coffees.

    `traits` is the profile as it stands: its hard traits filter, the others rank. `text` is what full text and vector
    search read (the message without stop words, in shoppers' words). `coffee_name` is set when the shopper named one
    coffee; musts then only rank. `exclude` are coffees not to offer again. `further` are hard traits that hold as well as those
    of the profile: an origin here is no alternative to an origin there. `hidden` are coffees that the shopper never wants to see;
    one that is asked for by its name is shown all the same.
    """

    traits: tuple[Trait, ...] = ()
    text: str = ""
    coffee_name: str | None = None
    exclude: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
    limit: int = 10
    further: tuple[Trait, ...] = ()

    @property
    def musts(self) -> tuple[Trait, ...]:
        return hard(self.traits)


class Contender(NamedTuple):
    """What the ranker sees of a coffee that fits; nothing about commission. `dollars` is its lowest price per 100 g."""

    id: UUID
    name: str
    roaster: UUID
    origins: Sequence[str]
    processes: Sequence[str]
    families: Sequence[str]
    roast: str | None
    dollars: float | None
    relevance: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coffee that retrieval found, with all that a card and a reason need; nothing about commission."""

    id: UUID
    external_id: str
    slug: str
    name: str
    roaster: str
    roaster_country: str | None
    origins: tuple[str, ...]
    regions: tuple[str, ...]
    processes: tuple[str, ...]
    varieties: tuple[str, ...]
    roast: str | None
    families: tuple[str, ...]
    notes: tuple[str, ...]
    flags: tuple[str, ...]
    acidity: str | None
    body: str | None
    sweetness: str | None
    decaf: bool | None
    score: Decimal | None
    image: str | None
    sample: bool
    offer_id: UUID | None
    grams: Decimal | None
    amount_minor: int | None
    currency: str | None
    in_stock: bool
    url: str | None
    seen_at: datetime | None
    price_per_100g_minor: int | None
    relevance: float
    altitude_min: int | None = None  # metres above the sea
    altitude_max: int | None = None
    about: str = ""  # the roaster's or reviewer's own words: text of a stranger


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One must to let go: `opens` coffees would fit without it; `nearest` is the best of them."""

    trait: Trait
    opens: int
    nearest: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """`candidates`, best first; all of them keep every must. `relax` is filled only when there are none."""

    candidates: tuple[Candidate, ...]
    count: int
    unknown: int
    relax: tuple[Relaxation, ...] = ()
    facet_counts: dict[str, dict[str, int]] = field(default_factory=dict)  # facet -> value -> coffees that fit and have it


@dataclass(frozen=True, slots=True)
class Filters:
    """What a barista may ask the shelf for in mid-turn, on top of what the shopper asked for: it only ever narrows.

    `traits` are hard and canonical. `cheaper_than` is a reference ("c2"). `text` ranks.
    """

    traits: tuple[Trait, ...] = ()
    cheaper_than: str | None = None
    coffee_name: str | None = None
    text: str = ""
