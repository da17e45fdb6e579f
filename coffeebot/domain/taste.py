"""The taste profile: traits, who said them, and how a new message changes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4


class Facet(StrEnum):
    """What a trait, or a question, is about."""

    FLAVOUR = "flavour"  # a family: value is a key of flavour.FAMILIES, or "fruity" and the like for a group of them
    NOTE = "note"  # one tasting note, as the shopper put it: "blueberry"
    ORIGIN = "origin"  # a country's English name: "Ethiopia"
    REGION = "region"  # a growing region, lower case: "huila"
    PROCESS = "process"  # washed, natural, honey, wet_hulled, anaerobic
    VARIETY = "variety"  # lower case, canonical: "gesha", "sl28"
    ROAST = "roast"  # a value of coffee.RoastLevel
    BUDGET = "budget"  # value "max" or "min"; `amount` for `grams` in `currency`
    SCORE = "score"  # value "min" or "max"; `amount` in points of 100
    FLAG = "flag"  # a value of coffee.Flag except decaf: "organic", "espresso", "blend"
    DECAF = "decaf"  # value "decaf"
    ROASTER = "roaster"  # a roaster's name
    ROASTER_COUNTRY = "roaster_country"  # a country's English name
    BREW_METHOD = "brew_method"  # v60, filter, espresso, moka, french_press, aeropress, cold_brew, ...
    MILK = "milk"  # "milk" or "black"
    BODY = "body"  # light, medium, full
    ACIDITY = "acidity"  # low, medium, high
    SWEETNESS = "sweetness"  # low, medium, high
    BITTERNESS = "bitterness"  # low, high: no roaster states it, it comes with the roast
    NOVELTY = "novelty"  # "familiar" or "adventurous"
    AVOID = "avoid"  # of a question only: "anything you would rather not taste?"


class Polarity(StrEnum):
    MUST = "must"  # stated outright: a pick is known to keep it
    WANT = "want"  # hedged or inferred: it ranks, it never excludes
    AVOID = "avoid"  # a pick is not known to break it; with strength 1 it only ranks


class Source(StrEnum):
    """Who said so, weakest first: a machine never overwrites the shopper's hand."""

    RULES = "rules"
    LLM = "llm"
    SHOPPER = "shopper"

    @property
    def rank(self) -> int:
        return list(Source).index(self)


@dataclass(frozen=True, slots=True)
class Trait:
    """One line of a taste profile.

    `strength` is 1 (hedged or inferred), 2 (said) or 3 (insisted). `evidence` is the shopper's own words, verbatim.
    Traits of one facet with the same non-empty `group` are alternatives ("berries or citrus"); without a group
    flavours and notes add up, while origins, regions, processes, varieties, roasts and countries are always alternatives.
    `amount` is what was said for `grams` grams (a budget), or points (a score). A `paused` line is kept and not applied: see `active`.
    """

    facet: Facet
    value: str
    polarity: Polarity = Polarity.MUST
    strength: int = 2
    evidence: str = ""
    source: Source = Source.RULES
    group: str = ""
    amount: Decimal | None = None
    currency: str | None = None
    grams: Decimal | None = None
    message_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    paused: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """What makes two traits the same line: facet, value and side."""
        return self.facet, self.value, self.polarity is Polarity.AVOID

    @property
    def hard(self) -> bool:
        """Whether a coffee that breaks it may not be offered."""
        return self.polarity is Polarity.MUST or (self.polarity is Polarity.AVOID and self.strength >= 2)

    @property
    def per_100g(self) -> Decimal | None:
        """A budget's amount per 100 g, in `currency`."""
        return self.amount * 100 / self.grams if self.amount is not None and self.grams else None


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What a message does to a profile: lines to strike out (by trait id), then lines to write."""

    add: tuple[Trait, ...] = ()
    remove: tuple[UUID, ...] = ()


def apply(profile: Iterable[Trait], change: ProfileChange, *, by_hand: bool = False) -> tuple[Trait, ...]:
    """The profile after `change`. A line written by hand is neither struck out nor replaced by a machine; a paused one wakes only when
    the shopper says it again, which no second reading does.
    """
    removed = set(change.remove)
    kept = [t for t in profile if t.id not in removed or (t.source is Source.SHOPPER and not by_hand)]
    for new in change.add:
        same = next((t for t in kept if t.key == new.key), None)
        if same and (same.source.rank > new.source.rank or (same.paused and new.source is Source.LLM)):
            continue
        kept = [t for t in kept if t.key != new.key] + [new]
    return tuple(kept)


def rewritten(profile: Iterable[Trait], new: Sequence[Trait], *, instead_of: Sequence[Trait] = ()) -> tuple[Trait, ...]:
    """The profile after the shopper wrote `new` lines: they take the place of `instead_of`, of the same line and of its contrary."""
    gone = {t.id for t in instead_of}
    said = {(t.facet, t.value) for t in new}
    kept = [t for t in profile if t.id not in gone and (t.facet, t.value) not in said]
    return (*kept, *(replace(t, id=uuid4(), source=Source.SHOPPER) for t in new))


def active(traits: Iterable[Trait]) -> tuple[Trait, ...]:
    """The lines that are applied."""
    return tuple(t for t in traits if not t.paused)


def hard(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    return tuple(t for t in traits if t.hard)
