"""Price lists as shops write them: sizes, grinds, and lines that are no bag of coffee."""

from decimal import Decimal

import pytest

from scrapers.items import RawItem, RawVariant
from scrapers.normaliser.sizes import as_variants, price_list, size


@pytest.mark.parametrize(
    ("title", "grams"),
    [
        ("250g / Whole Bean", 250),
        ("12 oz.", 340),
        ("12oz (340g)", 340),
        ("1kg", 1000),
        ("250 克", 250),
        ("100gms", 100),
        ("2 x 250g", 500),
        ("100g×3袋", 300),
        ("140g×25個", 3500),
        ("10oz Case Pack (6)", 1701),
        ("200 / Whole Beans", 200),
        ("Whole Bean / 200", 200),
        ("5lb Bag", 2268),
        ("Half Pound", 227),
        ("1/2 lb", 227),
        ("¾ lb", 340),
        ("1½ lb", None),
        ("2lb / 5lb", None),
        ("100g/200g", None),
        ("Small / Whole", None),
        ("600ml", None),
        ("Default", None),
    ],
)
def test_size(title: str, grams: int | None) -> None:
    found = size(title)
    assert (round(found) if found else None) == grams


def offers(*titles_and_prices: tuple[str, str | None], title: str = "Kenya", stated: tuple[str, ...] = ()) -> list[tuple[int, int, str]]:
    variants = tuple(RawVariant(words, Decimal(price) if price else None) for words, price in titles_and_prices)
    found = price_list(RawItem("1", title, variants=variants), currency="USD", stated=stated)
    return [(round(offer.grams), offer.amount_minor, offer.grind) for offer in found.offers]


def test_grinds_are_one_offer_and_sizes_are_several() -> None:
    grinds = ("Espresso", "Whole Bean", "Aeropress", "Moka Pot", "Channi")
    listed = [(f"{grams}g / {grind}", price) for grams, price in ((250, "14"), (1000, "48")) for grind in grinds]
    assert offers(*listed) == [(250, 1400, "whole_bean"), (1000, 4800, "whole_bean")]


def test_beans_price_before_a_grinds_and_ground_only_is_ground() -> None:
    assert offers(("250g / Espresso", "12"), ("250g / Whole Bean", "14")) == [(250, 1400, "whole_bean")]
    assert offers(("250g / Filter grind", "12")) == [(250, 1200, "ground")]


def test_a_size_comes_from_the_line_then_the_title_then_the_description() -> None:
    assert offers(("", "14"), title="Kenya 75g", stated=("200g",)) == [(75, 1400, "whole_bean")]
    assert offers(("", "14"), stated=("内容量 200g",)) == [(200, 1400, "whole_bean")]
    assert offers(("100g", "14"), stated=("100g/200g",)) == [(100, 1400, "whole_bean")]
    assert offers(("", "14"), stated=("100g/200g",)) == []


def test_lines_that_are_no_bag_are_left_out_with_a_reason() -> None:
    lines = (
        RawVariant("250g"),
        RawVariant("Subscription / 250g", Decimal(9)),
        RawVariant("Small", Decimal(9)),
        RawVariant("Drip bag 10g", Decimal(3)),
    )
    found = price_list(RawItem("1", "Kenya", variants=lines), currency="USD")
    assert found.offers == ()
    assert [warning.split(" (")[0] for warning in found.warnings] == [
        "a line without a price",
        "a line that is no bag of coffee",
        "a price without a size",
        "a line that is no bag of coffee",
    ]
    assert price_list(RawItem("1", "Kenya", variants=(RawVariant("250g", Decimal(9)),)), currency=None).warnings == (
        "a price without a currency: name the shop's with --currency",
    )


def test_in_stock_when_any_grind_is() -> None:
    both = (RawVariant("250g / Whole Bean", Decimal(9), in_stock=False), RawVariant("250g / Espresso", Decimal(9)))
    assert [offer.in_stock for offer in price_list(RawItem("1", "Kenya", variants=both), currency="USD").offers] == [True]


@pytest.mark.parametrize(("currency", "price", "minor"), [("JPY", "1484", 1484), ("USD", "14.455", 1446), ("TWD", "550", 55000)])
def test_minor_units(currency: str, price: str, minor: int) -> None:
    (offer,) = price_list(RawItem("1", "Kenya", variants=(RawVariant("200g", Decimal(price), currency),)), currency=None).offers
    assert offer.amount_minor == minor
    (again,) = price_list(RawItem("1", "Kenya", variants=tuple(as_variants([offer]))), currency=None).offers
    assert again == offer
