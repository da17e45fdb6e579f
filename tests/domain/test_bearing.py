"""What a coffee is known to have, known to lack, or does not say; and how far it goes along a scale."""

from decimal import Decimal

import pytest

from coffeebot.domain.bearing import bears, measure
from coffeebot.domain.speech import note
from coffeebot.domain.taste import Facet, Trait
from tests.builders import candidate

JAM = candidate(acidity="medium", body=None, sweetness="high", flags=("organic",))


@pytest.mark.parametrize(
    ("facet", "value", "told"),
    [
        (Facet.PROCESS, "natural", True),
        (Facet.PROCESS, "washed", False),
        (Facet.ORIGIN, "Kenya", False),
        (Facet.FLAVOUR, "fruity", True),
        (Facet.FLAVOUR, "nutty", False),
        (Facet.NOTE, "blueberry", True),
        (Facet.FLAG, "organic", True),
        (Facet.FLAG, "fair_trade", None),
        (Facet.BODY, "full", None),
        (Facet.DECAF, "decaf", False),
        (Facet.BITTERNESS, "low", True),
        (Facet.BITTERNESS, "high", False),
    ],
)
def test_bearing(facet: Facet, value: str, told: bool | None) -> None:
    assert bears(JAM, Trait(facet, value)) is told


def test_more_is_more_of_it() -> None:
    dark = candidate(roast="Dark", sweetness="low")
    prices = {JAM.id: Decimal(5), dark.id: Decimal(4)}
    for aspect, winner in (("darker", dark), ("lighter", JAM), ("sweeter", JAM), ("cheaper", dark), ("dearer", JAM)):
        other = dark if winner is JAM else JAM
        most, less = measure(winner, aspect, prices), measure(other, aspect, prices)
        assert most is not None and less is not None and most > less, aspect
    assert measure(JAM, "fuller", prices) is None and measure(JAM, "cheaper", {}) is None


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("dried strawberry", "ドライいちご"),
        ("red apple", "赤りんご"),
        ("roasted hazelnut", "ローストヘーゼルナッツ"),
        ("blueberries", "ブルーベリー"),
        ("bee pollen of the moon", "bee pollen of the moon"),
    ],
)
def test_notes_in_japanese(english: str, japanese: str) -> None:
    assert note(english, "ja") == japanese and note(english, "en") == english
