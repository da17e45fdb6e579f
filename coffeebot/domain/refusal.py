"""Why a coffee is not for a shopper: a few reasons drawn from the coffee's own facts, each with the line that it writes on the card."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from coffeebot.domain.coffee import from_minor, minor_digits
from coffeebot.domain.flavour import NAMES
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, Source, Trait

JUST_THIS = "this"
DEAR = "price"
FLAVOURS = 2
CHEAPER = Decimal("0.9")  # of its price: what a coffee that is not too dear may cost
STEPS = ((Decimal(50), Decimal(5)), (Decimal(5), Decimal("0.5")), (Decimal(0), Decimal("0.1")))  # from an amount on, where cents exist
ROUND_STEP = Decimal(50)  # where they do not


@dataclass(frozen=True, slots=True)
class Refusal:
    """`key` is stable and names the reason; without a `trait` it is only this coffee that goes."""

    key: str
    trait: Trait | None = None


def refusals(coffee: Candidate) -> tuple[Refusal, ...]:
    """At most five: its leading flavours, its process, its roast, its price, and nothing but itself."""
    return (*_tastes(coffee), *_dear(coffee), Refusal(JUST_THIS))


def refusal(coffee: Candidate, key: object) -> Refusal | None:
    """The reason of this key, if the coffee gives cause for it."""
    return next((one for one in refusals(coffee) if one.key == key), None)


def _tastes(coffee: Candidate) -> Iterator[Refusal]:
    facts = [(Facet.FLAVOUR, family) for family in coffee.families[:FLAVOURS] if family in NAMES["en"]]
    facts += [(Facet.PROCESS, process) for process in coffee.processes[-1:]]
    facts += [(Facet.ROAST, coffee.roast)] if coffee.roast else []
    for facet, value in facts:
        yield Refusal(f"{facet}:{value}", Trait(facet, value, Polarity.AVOID, source=Source.SHOPPER, evidence=coffee.name))


def _dear(coffee: Candidate) -> Iterator[Refusal]:
    if coffee.amount_minor and coffee.currency and coffee.grams:
        amount = _below(from_minor(coffee.amount_minor, coffee.currency), coffee.currency)
        limit = Trait(Facet.BUDGET, "max", amount=amount, currency=coffee.currency, grams=coffee.grams, evidence=coffee.name)
        yield Refusal(DEAR, replace(limit, source=Source.SHOPPER))


def _below(price: Decimal, currency: str) -> Decimal:
    """A round amount that is clearly less."""
    wanted = price * CHEAPER
    step = next(step for least, step in STEPS if wanted >= least) if minor_digits(currency) else ROUND_STEP
    rounded = (wanted / step).to_integral_value(rounding=ROUND_DOWN) * step
    return rounded or wanted
