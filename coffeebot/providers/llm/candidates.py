"""A coffee as a model is told of it: its facts, compact and capped, no amount of money, and a stranger's words cleaned."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from coffeebot.domain.coffee import to_minor
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import EDGE
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.untrusted import cleaned

NAME, WORD, ABOUT = 80, 40, 160  # characters
NOTES, LISTED = 6, 4
GRACE = Decimal("1.001")  # 12 oz are sold as 340 g


def shelf_facts(coffees: Iterable[tuple[str, Candidate]], profile: Iterable[Trait] = ()) -> list[dict[str, Any]]:
    """The facts of coffees by reference, each with what may be told of its price: how it stands to the budget and to the others."""
    shown = list(coffees)
    limits = [t for t in profile if t.facet is Facet.BUDGET and t.value == "max" and t.polarity is not Polarity.AVOID]
    ends = _ends([coffee for _, coffee in shown])
    facts = []
    for reference, coffee in shown:
        words = [*_to_budget(coffee, limits), *(word for price, word in ends if price == coffee.price_per_100g_minor)]
        facts.append(coffee_facts(reference, coffee) | ({"price": ", ".join(words)} if words else {}))
    return facts


def _ends(coffees: Sequence[Candidate]) -> tuple[tuple[int, str], ...]:
    """The lowest and the highest price for the weight, where all prices are in one currency and differ."""
    prices = sorted(c.price_per_100g_minor for c in coffees if c.price_per_100g_minor is not None)
    one_currency = len({c.currency for c in coffees if c.price_per_100g_minor is not None}) == 1
    return ((prices[0], "lowest of these"), (prices[-1], "highest of these")) if one_currency and prices[0] < prices[-1] else ()


def _to_budget(coffee: Candidate, limits: Iterable[Trait]) -> list[str]:
    """How a price stands to the tightest limit in its own currency."""
    ours = [to_minor(t.per_100g, t.currency) for t in limits if t.per_100g and t.currency and t.currency == coffee.currency]
    if not ours or coffee.price_per_100g_minor is None:
        return []
    if coffee.price_per_100g_minor > min(ours) * GRACE:
        return ["over the budget"]
    return ["at the top of the budget" if coffee.price_per_100g_minor >= min(ours) * EDGE else "within the budget"]


def coffee_facts(reference: str, coffee: Candidate) -> dict[str, Any]:
    """What is unknown is left out."""
    facts = {
        "ref": reference,
        "name": cleaned(coffee.name, NAME),
        "roaster": cleaned(coffee.roaster, NAME),
        "from": [cleaned(place, WORD) for place in (*coffee.origins[:LISTED], *coffee.regions[:2])],
        "process": list(coffee.processes[:2]),
        "variety": [cleaned(variety, WORD) for variety in coffee.varieties[:LISTED]],
        "roast": coffee.roast,
        "notes": [cleaned(note, WORD) for note in coffee.notes[:NOTES]],
        "families": list(coffee.families[:LISTED]),
        "body": coffee.body,
        "acidity": coffee.acidity,
        "sweetness": coffee.sweetness,
        "is": list(coffee.flags[:LISTED]),
        "decaf": coffee.decaf or None,
        "score": float(coffee.score) if coffee.score is not None else None,
        "sold_out": None if coffee.in_stock else True,
        "about": cleaned(coffee.about, ABOUT),
    }
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}
