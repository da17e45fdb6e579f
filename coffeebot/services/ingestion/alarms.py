"""What a run counts, and when its counts say that it cannot be right."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coffeebot.domain.coffee import CoffeeFacts
from coffeebot.domain.curation import known

COVERED = ("offers", "origins", "processes", "varieties", "roast", "notes")
FEW = 4  # of fewer coffees no share is a measure
MUCH = 0.25  # a field that fewer coffees than this share state is no measure either
MOST_WARNINGS = 50


@dataclass(slots=True)
class Tally:
    """Counts of one run. `covered` by field, `currencies` by offers, `stocked_*` the shop's coffees of ours in stock before and after."""

    items: int = 0
    coffees: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    held: int = 0
    stocked_before: int = 0
    stocked_after: int = 0

    def coffee(self, facts: CoffeeFacts) -> None:
        self.coffees += 1
        self.covered.update(name for name in COVERED if known(getattr(facts, name)))
        self.currencies.update(offer.currency for offer in facts.offers)

    def counts(self) -> dict[str, Any]:
        """For the run's row."""
        known_counts = {name: count for name, count in self.counted.items() if count}
        return {"items": self.items, "coffees": self.coffees, "refused": dict(self.refused), **known_counts}

    def as_good(self) -> dict[str, Any]:
        """For the next run to be judged by."""
        shares = {name: round(self.covered[name] / self.coffees, 3) for name in COVERED} if self.coffees else {}
        return {"items": self.items, "coffees": self.coffees, "coverage": shares, "currencies": sorted(self.currencies)}

    def told_warnings(self) -> list[str]:
        """The commonest first, with how often."""
        return [f"{count} × {warning}" if count > 1 else warning for warning, count in self.warnings.most_common(MOST_WARNINGS)]


def nothing(tally: Tally) -> str:
    """Why there is nothing to go by; empty when there is. No operator can overrule it."""
    if not tally.items:
        return "empty: the shop listed nothing at all"
    return "" if tally.coffees else f"empty: none of the {tally.items} items is a coffee"


def alarm(tally: Tally, last_good: Mapping[str, Any], *, currency: str | None) -> str:
    """Why the run cannot be right, in one sentence that begins with the alarm's name; empty when it may be.

    `currency` is the one that an operator named; without it the last good run's count.
    """
    return (
        _shrunken(tally, last_good)
        or _other_currency(tally, {currency} if currency else set(last_good.get("currencies", ())))
        or _lost_field(tally, last_good.get("coverage", {}))
        or _moved(tally)
        or _emptied(tally)
    )


def _shrunken(tally: Tally, last_good: Mapping[str, Any]) -> str:
    for what, count in (("items", tally.items), ("coffees", tally.coffees)):
        before = int(last_good.get(what, 0))
        if count * 2 < before:
            return f"shrunken: {count} {what}, where the last good run had {before}"
    return ""


def _other_currency(tally: Tally, expected: set[str]) -> str:
    strange = sorted(set(tally.currencies) - expected) if expected else []
    return f"currency: prices in {', '.join(strange)}, where {', '.join(sorted(expected))} was expected" if strange else ""


def _lost_field(tally: Tally, before: Mapping[str, float]) -> str:
    if tally.coffees < FEW:
        return ""
    for name, share in before.items():
        now = tally.covered[name] / tally.coffees
        if share >= MUCH and now * 2 < share:
            return f"coverage: {now:.0%} of the coffees have {name}, where {share:.0%} had"
    return ""


def _moved(tally: Tally) -> str:
    if tally.compared >= FEW and tally.held * 2 > tally.compared:
        return f"prices: {tally.held} of {tally.compared} moved beyond the limit at once"
    return ""


def _emptied(tally: Tally) -> str:
    if tally.stocked_before >= FEW and tally.stocked_after * 2 < tally.stocked_before:
        return f"stock: {tally.stocked_after} coffees in stock, where {tally.stocked_before} were"
    return ""
