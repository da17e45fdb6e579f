"""The order of what fits."""

from coffeebot.domain.query import Contender
from coffeebot.domain.ranking import UNASKED, diversify, leanings
from coffeebot.domain.taste import Facet, Polarity, Trait
from tests.builders import contender


def test_near_equals_of_one_roaster_step_back() -> None:
    coffees = [contender(f"A{n}", roaster="One", relevance=0.060 - 0.001 * n) for n in range(4)] + [
        contender("B", roaster="Two", relevance=0.055)
    ]
    assert [c.name for c in diversify(coffees, limit=3)] == ["A0", "B", "A1"]


def test_a_much_better_one_does_not() -> None:
    coffees = [
        contender("A0", roaster="One", relevance=2.0),
        contender("A1", roaster="One", relevance=1.9),
        contender("B", roaster="Two", relevance=0.05),
    ]
    assert [c.name for c in diversify(coffees, limit=2)] == ["A0", "A1"]


def test_nothing_is_lost_or_doubled() -> None:
    coffees = [contender(f"C{n}", roaster=f"R{n % 3}", relevance=n / 100) for n in range(12)]
    assert sorted(c.name for c in diversify(coffees, limit=50)) == sorted(c.name for c in coffees)
    assert diversify([], limit=5) == ()


def test_a_brewer_leans_until_the_shopper_settles_it() -> None:
    brewer = Trait(Facet.BREW_METHOD, "v60", Polarity.WANT)
    assert {lean.value for lean in leanings([brewer]) if lean is not UNASKED} == {"Light", "Medium-Light"}
    assert leanings([brewer, Trait(Facet.ROAST, "Dark")]) == (UNASKED,)
    assert leanings([Trait(Facet.BREW_METHOD, "sock", Polarity.WANT)]) == (UNASKED,)


def test_who_wants_the_new_without_the_funk_is_not_given_what_brings_it() -> None:
    new, clean = Trait(Facet.NOVELTY, "adventurous", Polarity.WANT), Trait(Facet.FLAVOUR, "fermented", Polarity.AVOID, 1)
    assert {(lean.value, lean.weight) for lean in leanings([new])} >= {("anaerobic", 1.0), ("fermented", 1.0)}
    told = {lean.value: lean.weight for lean in leanings([new, clean]) if lean is not UNASKED}
    assert told == {"natural": 1.0, "tropical": 1.0, "anaerobic": -1.0}
    assert "anaerobic" not in {lean.value for lean in leanings([clean, Trait(Facet.PROCESS, "anaerobic")])}


def test_decaf_is_for_those_who_speak_of_it() -> None:
    assert leanings([]) == (UNASKED,) and UNASKED.weight < 0
    assert leanings([Trait(Facet.DECAF, "decaf")]) == leanings([Trait(Facet.DECAF, "decaf", Polarity.WANT, 1)]) == ()


def test_the_ranker_cannot_see_commission() -> None:
    assert not set(Contender._fields) & {"commission", "affiliate", "rate", "payout", "epc"}


def test_three_for_different_tastes_rather_than_three_alike() -> None:
    light = [contender(f"L{n}", roaster=f"R{n}", roast="Light", families=("floral", "citrus"), relevance=0.05) for n in range(4)]
    dark = contender("D", roaster="Other", roast="Dark", families=("nutty", "chocolate"), relevance=0.045)
    assert "D" in [c.name for c in diversify([*light, dark], limit=2)]


def test_what_is_settled_needs_no_variety() -> None:
    washed = [contender(f"W{n}", roaster=f"R{n}", processes=("washed",), relevance=0.05) for n in range(3)]
    natural = contender("N", roaster="Other", processes=("natural",), relevance=0.045)
    settled = (*(Trait(F, v) for F, v in ((Facet.FLAVOUR, "berry"), (Facet.FLAVOUR, "chocolate"), (Facet.ROAST, "Light"))),
               Trait(Facet.ORIGIN, "Ethiopia"), Trait(Facet.PROCESS, "washed"), Trait(Facet.NOTE, "smoke", Polarity.AVOID),
               Trait(Facet.BUDGET, "max"))  # fmt: skip
    assert [c.name for c in diversify([*washed, natural], limit=4, traits=settled)][-1] == "N"


def test_neither_the_cheapest_nor_the_dearest_comes_first() -> None:
    coffees = [contender(f"{price}", roaster=f"R{price}", dollars=float(price), relevance=0.05) for price in (2, 9, 10, 11, 12, 60)]
    assert diversify(coffees, limit=3)[0].name not in ("2", "60")


def test_who_turned_a_light_roast_down_rarely_wants_the_next() -> None:
    turned_down = Trait(Facet.ROAST, "Light", Polarity.AVOID)
    assert [(lean.value, lean.weight < 0) for lean in leanings([turned_down]) if lean is not UNASKED] == [("Medium-Light", True)]
    assert leanings([turned_down, Trait(Facet.ROAST, "Medium-Light")]) == (UNASKED,)
