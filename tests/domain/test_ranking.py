"""The order of what fits."""

from dataclasses import fields

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
