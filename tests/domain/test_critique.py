"""What a complaint says of the shopper, given the coffee that it is about."""

from decimal import Decimal
from typing import Any

import pytest

from coffeebot.domain.critique import with_objections
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Trait, apply
from coffeebot.domain.understanding.complaints import complained_of, complaints_in
from tests.builders import candidate


def objections(message: str, profile: tuple[Trait, ...] = (), said: tuple[Trait, ...] = (), **facts: Any) -> tuple[Trait, ...]:
    change = with_objections(ProfileChange(add=said), complaints_in(message), [candidate(**facts)], profile)
    return apply(profile, change)


@pytest.mark.parametrize(
    ("message", "facts", "avoided"),
    [
        ("I'd rather have a different origin.", {}, [("origin", "Ethiopia")]),
        ("wrong country", {"origins": ("Peru", "Kenya")}, [("origin", "Peru"), ("origin", "Kenya")]),
        ("somewhere else, please", {"origins": ()}, []),
        ("That roast isn't for me.", {"roast": "Medium"}, [("roast", "Medium")]),
        ("not my roast", {"roast": None}, []),
        ("Wrong processing for me.", {}, [("process", "natural")]),
        ("Wrong processing for me.", {"processes": ("anaerobic", "washed")}, [("process", "washed")]),
        ("Wrong processing for me.", {"processes": ("anaerobic",)}, [("process", "anaerobic")]),
        ("Wrong processing for me.", {"processes": ("washed", "natural")}, []),
        ("違う産地がいいです", {}, [("origin", "Ethiopia")]),
    ],
)
def test_what_was_wrong_is_avoided_from_now_on(message: str, facts: dict[str, Any], avoided: list[tuple[str, str]]) -> None:
    found = objections(message, **facts)
    assert [(t.facet, t.value) for t in found] == avoided
    assert all(t.polarity is Polarity.AVOID and t.hard and t.evidence and t.evidence in message for t in found)


@pytest.mark.parametrize(
    ("message", "minor", "amount"),
    [
        ("That's over my budget.", 1600, "15"),
        ("too expensive", 1650, "16"),
        ("something cheaper?", 6000, "55"),
        ("Too pricey", 100, "0.9"),
        ("高すぎます", 24000, "200"),
    ],
)
def test_over_budget_is_less_than_its_price(message: str, minor: int, amount: str) -> None:
    (limit,) = objections(message, amount_minor=minor)
    assert (limit.facet, limit.value, limit.hard, limit.strength) == (Facet.BUDGET, "max", True, 1)
    assert (limit.amount, limit.currency, limit.grams) == (Decimal(amount), "USD", Decimal(250))


def test_a_lower_limit_stays_and_a_higher_one_goes() -> None:
    low = Trait(Facet.BUDGET, "max", amount=Decimal(10), currency="USD", grams=Decimal(250))
    high = Trait(Facet.BUDGET, "max", amount=Decimal(40), currency="USD", grams=Decimal(250))
    assert objections("too expensive", (low,)) == (low,)
    assert [t.amount for t in objections("too expensive", (high,))] == [Decimal(15)]


def test_what_is_said_outright_stands_instead() -> None:
    said = Trait(Facet.PROCESS, "washed")
    assert objections("Wrong processing for me. It should be washed.", said=(said,)) == (said,)


def test_in_a_blend_the_country_asked_for_is_not_what_is_wrong() -> None:
    wish = Trait(Facet.ORIGIN, "Ethiopia")
    found = objections("a different origin", (wish,), origins=("Ethiopia", "Brazil"))
    assert [(t.value, t.polarity) for t in found] == [("Ethiopia", Polarity.MUST), ("Brazil", Polarity.AVOID)]


def test_a_change_of_mind_strikes_the_wish() -> None:
    found = objections("another country", (Trait(Facet.ORIGIN, "Ethiopia"),))
    assert [(t.value, t.polarity) for t in found] == [("Ethiopia", Polarity.AVOID)]


@pytest.mark.parametrize(
    ("message", "places"),
    [
        ("That's over my budget.", (0,)),
        ("too expensive", (0,)),
        ("The second one is too expensive", (1,)),
        ("Night Train is too expensive", (1,)),
        ("These are all too expensive", (0, 1, 2)),
        ("the third is too pricey and the last too", (2,)),
    ],
)
def test_which_coffee_is_meant(message: str, places: tuple[int, ...]) -> None:
    assert complained_of(message, ("Berry Window", "Night Train", "White Porch"), 3) == places
