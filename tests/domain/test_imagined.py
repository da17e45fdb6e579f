"""Shoppers who could have said what was said."""

from typing import Any

from coffeebot.domain.imagined import EVERYBODY, Crowd, Imagined, Known, pleased
from coffeebot.domain.query import Contender
from coffeebot.domain.taste import Facet
from tests.builders import contender

ALL = frozenset({Facet.FLAVOUR, Facet.AVOID, Facet.ROAST, Facet.BUDGET, Facet.PROCESS, Facet.ORIGIN})


def takes(shopper: Imagined, price: float | None = 6.0, **facts: Any) -> bool:
    return bool(Crowd([shopper]).takers(contender(dollars=price, **facts)) & 1)


def test_who_takes_what() -> None:
    assert takes(Imagined())
    assert takes(Imagined(likes=("berry", "chocolate"))) and not takes(Imagined(likes=("berry", "citrus")))
    assert takes(Imagined(dislikes="citrus")) and not takes(Imagined(dislikes="berry"))
    assert takes(Imagined(side="light"), roast="Medium-Light") and not takes(Imagined(side="light"), roast="Medium")
    assert not takes(Imagined(side="light"), roast=None)
    assert takes(Imagined(process="natural")) and takes(Imagined(process="natural"), processes=("anaerobic", "natural"))
    assert not takes(Imagined(process="natural"), processes=("washed", "natural"))  # nobody knows which is meant
    assert takes(Imagined(origin="Ethiopia"), origins=("Peru", "Ethiopia")) and not takes(Imagined(origin="Peru"))


def test_a_price_suits_a_budget_from_both_sides() -> None:
    shopper = Imagined(budget=10.0)
    assert takes(shopper, 10) and takes(shopper, 5)
    assert not takes(shopper, 10.5) and not takes(shopper, 2)  # cheap is not better
    assert not takes(shopper, None)


def shelf() -> list[Contender]:
    light = [contender(f"L{n}", roast="Light", families=("floral", "citrus"), origins=("Kenya",)) for n in range(4)]
    dark = [contender(f"D{n}", roast="Dark", families=("nutty", "chocolate"), origins=("Brazil",)) for n in range(2)]
    return [*light, *dark]


def test_the_common_taste_pleases_more_and_another_taste_pleases_others() -> None:
    coffees = shelf()
    bits = pleased(coffees, Known())
    light, dark = bits[0], bits[-1]
    assert light.bit_count() > dark.bit_count() > 0 and not light & dark


def test_with_everything_settled_all_please_everybody() -> None:
    coffees = shelf()
    assert set(pleased(coffees, Known(ALL, ("berry", "chocolate")))) == {EVERYBODY}
    assert pleased([], Known()) == []


def test_the_same_shelf_imagines_the_same_shoppers() -> None:
    coffees = shelf()
    assert pleased(coffees, Known()) == pleased(coffees, Known())
