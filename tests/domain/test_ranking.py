"""The order of what fits."""

from dataclasses import fields
from decimal import Decimal

from coffeebot.domain.query import Candidate
from coffeebot.domain.ranking import diversify, leanings
from coffeebot.domain.taste import Facet, Polarity, Trait
from tests.builders import candidate


def test_near_equals_of_one_roaster_step_back() -> None:
    coffees = [candidate(f"A{n}", roaster="One", relevance=0.060 - 0.001 * n) for n in range(4)] + [
        candidate("B", roaster="Two", relevance=0.055)
    ]
    assert [c.name for c in diversify(coffees, 3)] == ["A0", "B", "A1"]


def test_a_much_better_one_does_not() -> None:
    coffees = [
        candidate("A0", roaster="One", relevance=2.0),
        candidate("A1", roaster="One", relevance=1.9),
        candidate("B", roaster="Two", relevance=0.05),
    ]
    assert [c.name for c in diversify(coffees, 2)] == ["A0", "A1"]


def test_nothing_is_lost_or_doubled() -> None:
    coffees = [candidate(f"C{n}", roaster=f"R{n % 3}", relevance=n / 100) for n in range(12)]
    assert sorted(c.name for c in diversify(coffees, 50)) == sorted(c.name for c in coffees)
    assert diversify([], 5) == ()


def test_a_brewer_leans_until_the_shopper_settles_it() -> None:
    brewer = Trait(Facet.BREW_METHOD, "v60", Polarity.WANT)
    assert {lean.value for lean in leanings([brewer])} == {"Light", "Medium-Light"}
    assert leanings([brewer, Trait(Facet.ROAST, "Dark")]) == ()
    assert leanings([Trait(Facet.BREW_METHOD, "sock", Polarity.WANT)]) == ()


def test_the_ranker_cannot_see_commission() -> None:
    assert not {f.name for f in fields(Candidate)} & {"commission", "affiliate", "rate", "payout", "epc"}


def test_three_for_different_tastes_rather_than_three_alike() -> None:
    light = [candidate(f"L{n}", roaster=f"R{n}", roast="Light", families=("floral", "citrus"), relevance=0.05) for n in range(4)]
    dark = candidate("D", roaster="Other", roast="Dark", families=("nutty", "chocolate"), relevance=0.045)
    assert "D" in [c.name for c in diversify([*light, dark], 2)]


def test_what_is_settled_needs_no_variety() -> None:
    washed = [candidate(f"W{n}", roaster=f"R{n}", processes=("washed",), relevance=0.05) for n in range(3)]
    natural = candidate("N", roaster="Other", processes=("natural",), relevance=0.045)
    settled = (*(Trait(F, v) for F, v in ((Facet.FLAVOUR, "berry"), (Facet.FLAVOUR, "chocolate"), (Facet.ROAST, "Light"))),
               Trait(Facet.ORIGIN, "Ethiopia"), Trait(Facet.PROCESS, "washed"), Trait(Facet.NOTE, "smoke", Polarity.AVOID),
               Trait(Facet.BUDGET, "max"))  # fmt: skip
    assert [c.name for c in diversify([*washed, natural], 4, traits=settled)][-1] == "N"


def test_neither_the_cheapest_nor_the_dearest_comes_first() -> None:
    coffees = [candidate(f"{price}", roaster=f"R{price}", relevance=0.05) for price in (2, 9, 10, 11, 12, 60)]
    prices = {coffee.id: Decimal(coffee.name) for coffee in coffees}
    assert diversify(coffees, 3, prices=prices)[0].name not in ("2", "60")


def test_who_turned_a_light_roast_down_rarely_wants_the_next() -> None:
    turned_down = Trait(Facet.ROAST, "Light", Polarity.AVOID)
    assert [(lean.value, lean.weight < 0) for lean in leanings([turned_down])] == [("Medium-Light", True)]
    assert leanings([turned_down, Trait(Facet.ROAST, "Medium-Light")]) == ()
