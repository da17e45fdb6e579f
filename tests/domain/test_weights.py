"""Net weights in labels."""

import pytest

from coffeebot.domain.weights import weight


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("125g", 125),
        ("12 oz.", 340),
        ("12-ounce bag", 340),
        ("200 / Whole Beans", 200),
        ("250 G", 250),
        ("100gms", 100),
        ("1,000 g", 1000),
        ("1,5 kg", 1500),
        ("1/2 lb", 227),
        ("¾ lb", 340),
        ("half a pound", 227),
        ("Five pound", 2268),
        ("12oz (340g)", 340),
        ("1 kilo (35 ounces)", 1000),
        ("10oz Case Pack (6)", 1701),
        ("2 x 250g", 500),
        ("140g×25個", 3500),
        ("20 7-gram pouches", 140),
        ("20g (4gｘ5本/1箱）", 20),
        ("60g（4gスティックｘ15本/1箱）", 60),
        ("3 / 250g", 250),
        ("100g 2個セット", 200),
        ("10 oz 2-pack", 567),
        ("10oz (6 Pack)", 1701),
        ("6-pack 10oz", 1701),
        ("3 bags of 250g", 750),
        ("Case of 6 / 12 oz", 2041),
        ("5# bag", 2268),
        ("半磅", 227),
        ("12oz / 2026", 340),
        ("200g入り", 200),
        ("100g/200g", None),
        ("Default Title", None),
        ("2019", None),
        ("6 bottles", None),
    ],
)
def test_weight(text: str, grams: int | None) -> None:
    found = weight(text)
    assert (round(found) if found is not None else None) == grams
