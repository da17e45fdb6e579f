"""Whether a coffee keeps what a shopper stated outright, judged in Python from its facts, without the SQL that found it."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from coffeebot.domain.coffee import minor_digits
from coffeebot.domain.flavour import members
from coffeebot.domain.folding import plain, singular
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, Trait

Rates = Mapping[str, Decimal]
_NEVER = {Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY, Facet.AVOID}
_ADDS_UP = {Facet.FLAVOUR, Facet.NOTE, Facet.FLAG}
_BOUNDS = {Facet.BUDGET, Facet.SCORE}
_GRACE = Decimal("0.001")
_UNTOLD = "single_origin"  # a candidate says that it is a blend, and not whether it is known to be none


def broken(coffee: Candidate, traits: Iterable[Trait], rates: Rates) -> list[Trait]:
    """The musts and avoidances that it does not keep."""
    hard = [t for t in traits if t.hard and t.facet not in _NEVER]
    avoided = [t for t in hard if t.polarity is Polarity.AVOID and t.facet not in _BOUNDS and t.value != _UNTOLD]
    wanted = [t for t in hard if t.polarity is not Polarity.AVOID]
    return [t for t in avoided if _has(coffee, t, rates)] + [t for t in wanted if not _kept(coffee, t, wanted, rates)]


def _kept(coffee: Candidate, trait: Trait, wanted: list[Trait], rates: Rates) -> bool:
    """By itself, or by one of its alternatives."""
    if trait.facet in _BOUNDS:
        return _has(coffee, trait, rates)
    if trait.facet is Facet.PROCESS:
        return _processed(coffee, {t.value for t in wanted if t.facet is Facet.PROCESS})
    if trait.facet in _ADDS_UP:
        others = [t for t in wanted if t.group and t.group == trait.group and t.facet in _ADDS_UP]
    else:
        others = [t for t in wanted if t.facet is trait.facet]
    return any(_has(coffee, one, rates) for one in (trait, *others))


def _processed(coffee: Candidate, wanted: set[str]) -> bool:
    """A coffee of two processes is known to be the one only when both were asked for; anaerobic goes with any."""
    has = set(coffee.processes)
    plainly = has - {"anaerobic"}
    return ("anaerobic" in has & wanted) or (bool(plainly) and plainly <= wanted)


def _has(coffee: Candidate, trait: Trait, rates: Rates) -> bool:
    """Whether it is known to be so."""
    value = trait.value
    match trait.facet:
        case Facet.FLAVOUR:
            return bool(coffee.notes) and bool({value, *members(value)} & set(coffee.families))
        case Facet.NOTE:
            return any(_worded(note, value) for note in coffee.notes)
        case Facet.ORIGIN:
            return value in coffee.origins
        case Facet.REGION:
            return any(_names(region, value) for region in coffee.regions)
        case Facet.VARIETY:
            return any(_names(variety, value) for variety in coffee.varieties)
        case Facet.PROCESS:
            return value in coffee.processes
        case Facet.FLAG:
            return value in coffee.flags or (value == "single_origin" and "blend" not in coffee.flags)
        case Facet.ROASTER:
            return f"{plain(coffee.roaster)} {plain(coffee.name)} ".startswith(f"{plain(value)} ")
        case Facet.BITTERNESS:
            return coffee.roast is not None and (coffee.roast in ("Medium-Dark", "Dark")) == (value == "high")
        case Facet.BUDGET | Facet.SCORE:
            return _bounded(coffee, trait, rates)
    return value == _column(coffee, trait.facet)


def _column(coffee: Candidate, facet: Facet) -> str | None:
    return {
        Facet.ROAST: coffee.roast,
        Facet.ACIDITY: coffee.acidity,
        Facet.BODY: coffee.body,
        Facet.SWEETNESS: coffee.sweetness,
        Facet.ROASTER_COUNTRY: coffee.roaster_country,
        Facet.DECAF: "decaf" if coffee.decaf else None,
    }.get(facet)


def _bounded(coffee: Candidate, trait: Trait, rates: Rates) -> bool:
    """A score, or the price of the offer that is shown; a limit in a currency without a rate is none."""
    if trait.facet is Facet.SCORE:
        is_, limit, grace = coffee.score, trait.amount, Decimal(0)
    elif coffee.amount_minor is None or coffee.currency is None or coffee.currency not in rates or not coffee.grams:
        return False
    else:
        rate = rates.get(trait.currency or "USD")
        is_ = Decimal(coffee.amount_minor) / 10 ** minor_digits(coffee.currency) * rates[coffee.currency] * 100 / coffee.grams
        limit = trait.per_100g * rate if trait.per_100g is not None and rate is not None else None
        grace = _GRACE
    if limit is None:
        return True
    return is_ is not None and (is_ <= limit * (1 + grace) if trait.value == "max" else is_ >= limit * (1 - grace))


def _worded(note: str, asked: str) -> bool:
    """The words asked for, in their order, singular or plural: "fig" in "dried figs"."""
    left = iter(singular(word) for word in re.findall(r"\w+", note.lower()))
    return all(singular(word) in left for word in plain(asked).split())


def _names(has: str, asked: str) -> bool:
    return f" {' '.join(plain(asked).split())} " in f" {' '.join(re.split(r'[^a-z0-9]+', plain(has)))} "
