"""Prices and budgets, as people write them."""

from decimal import Decimal

import pytest

from coffeebot.domain.money import find_budgets
from coffeebot.domain.score import find_score

BAG, POUND = "340.20", "453.6"


@pytest.mark.parametrize(
    ("text", "least", "most", "currency", "grams"),
    [
        ("under $18 a bag", None, "18", "USD", BAG),
        ("$20", None, "20", "USD", BAG),
        ("20 dollars a pound", None, "20", "USD", POUND),
        ("under 25 bucks per lb", None, "25", "USD", POUND),
        ("no more than 20 bucks for half a pound", None, "20", "USD", "226.8"),
        ("$4.50/100g tops", None, "4.50", "USD", "100"),
        ("9 $ les 100 g", None, "9", "USD", "100"),
        ("between $5 and $7 per 100 grams", "5", "7", "USD", "100"),
        ("$15-20 a bag", "15", "20", "USD", BAG),
        ("10 to 15 euros for 250g", "10", "15", "EUR", "250"),
        ("over $30 per 100g", "30", None, "USD", "100"),
        ("$40+ per 100g", "40", None, "USD", "100"),
        ("over $50 a bag is too much", None, "50", "USD", BAG),
        ("a 250g bag for under $20", None, "20", "USD", "250"),
        ("a pound for $18", None, "18", "USD", POUND),
        ("$1,200 per kilo", None, "1200", "USD", "1000"),
        ("1.200 € das Kilo", None, "1200", "EUR", "1000"),
        ("4,50 € pro 100 g", None, "4.50", "EUR", "100"),
        ("under 20 pounds a bag", None, "20", "GBP", BAG),
        ("less than £12", None, "12", "GBP", BAG),
        ("cheaper than $4/oz", None, "4", "USD", "28.35"),
        ("fifteen bucks", None, "15", "USD", BAG),
        ("my budget is 20", None, "20", "USD", BAG),
        ("fruity, under 20", None, "20", "USD", BAG),
        ("2000円以内", None, "2000", "JPY", BAG),
        ("二千五百円まで", None, "2500", "JPY", BAG),
        ("2千円くらい", None, "2000", "JPY", BAG),
        ("100gあたり800円以下", None, "800", "JPY", "100"),
        ("¥1500 for 200g", None, "1500", "JPY", "200"),
        ("预算100元以内", None, "100", "CNY", BAG),
        ("15000원 이하", None, "15000", "KRW", BAG),
        ("NT$500 for 200 grams", None, "500", "TWD", "200"),
        ("weniger als 15 Euro pro Pfund", None, "15", "EUR", "500"),
        ("menos de 20 dólares la libra", None, "20", "USD", POUND),
        ("don’t want to spend over $25", None, "25", "USD", BAG),
    ],
)
def test_one_budget(text: str, least: str | None, most: str | None, currency: str, grams: str) -> None:
    (budget,) = find_budgets(text)
    said = (budget.least, budget.most, budget.currency, budget.grams)
    assert said == (least and Decimal(least), most and Decimal(most), currency, Decimal(grams))


@pytest.mark.parametrize(
    "text",
    [
        "3 bags for 2 friends",
        "18g in 30 seconds at 94 degrees",
        "SL28 and 74110",
        "Blend No.7",
        "Winter 2018",
        "no more than 3 coffees",
        "rated 95",
        "1",
    ],
)
def test_a_number_that_is_no_price(text: str) -> None:
    assert find_budgets(text) == []


def test_a_bare_number_counts_when_the_price_was_asked_for() -> None:
    assert [budget.most for budget in find_budgets("20", bare=True)] == [Decimal(20)]


def test_the_currency_of_the_place_is_meant_when_none_is_said() -> None:
    assert find_budgets("max 1500 a bag", currency="JPY")[0].currency == "JPY"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("95+ points", "95", None),
        ("rated 94 or better", "94", None),
        ("at least 92.5 points", "92.5", None),
        ("a score over 90", "90", None),
        ("86+ from Kenya", "86", None),
        ("スコア90以上", "90", None),
        ("95点以上", "95", None),
        ("no more than 90 points", None, "90"),
    ],
)
def test_scores(text: str, least: str | None, most: str | None) -> None:
    score = find_score(text)
    assert score and (score.least, score.most) == (least and Decimal(least), most and Decimal(most))


@pytest.mark.parametrize("text", ["under $95", "95 dollars", "1990", "94 degrees", "70 g"])
def test_a_number_that_is_no_score(text: str) -> None:
    assert find_score(text) is None
