"""Prices in labels."""

import pytest

from coffeebot.domain.price_tags import PriceTag, price_tag


def _told(tag: PriceTag | None) -> tuple[int, str, int | None] | None:
    return (tag.amount_minor, tag.currency, round(tag.grams) if tag.grams else None) if tag else None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$14.45/12 ounces", (1445, "USD", 340)),
        ("NT $550/200 grams", (55000, "TWD", 200)),
        ("$NT$400/227g", (40000, "TWD", 227)),
        ("$22 CAD/12 ounces", (2200, "CAD", 340)),
        ("€9.50/1 kilo (35 ounces)", (950, "EUR", 1000)),
        ("14,50 € / 250 g", (1450, "EUR", 250)),
        ("£8/250-gram packet", (800, "GBP", 250)),
        ("£40.50/10 capsules", (4050, "GBP", None)),
        ("1,500円（200g）", (1500, "JPY", 200)),
        ("200g ¥1,484", (1484, "JPY", 200)),
        ("Rs. 700 for 250g", (70000, "INR", 250)),
        ("$16.00/12 ounces (currently on sale for $12)", (1600, "USD", 340)),
        ("$20/2 9-ounces bottles", (2000, "USD", 510)),
        ("$1,250.00/5 pounds", (125000, "USD", 2268)),
        ("18.00/12 ounces", (1800, "USD", 340)),
        ("FOB cost: $4.78lb", None),
        ("Save $3", None),
        ("$0.00", None),
        ("12 ounces", None),
    ],
)
def test_price_tag(text: str, told: tuple[int, str, int | None] | None) -> None:
    assert _told(price_tag(text)) == told


def test_the_shops_own_currency_stands_behind_a_bare_sign() -> None:
    assert _told(price_tag("$18 / 250g", currency="AUD")) == (1800, "AUD", 250)
    assert _told(price_tag("€18 / 250g", currency="AUD")) == (1800, "EUR", 250)
    assert _told(price_tag("1800", currency="JPY")) == (1800, "JPY", None)
