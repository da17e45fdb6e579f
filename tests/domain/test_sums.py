"""Sums of money in what a barista writes, and in what a shopper said."""

import time
from decimal import Decimal

import pytest

from coffeebot.domain.sums import Stated, stated, sums

# text, and what goes with the sum: "" when there is none
FOUND = [
    ("It is fruity ($18).", "$18"),
    ("It costs about $18 a bag and is washed.", "costs about $18 a bag and "),
    ("fruity, which costs about $18, and clean", "which costs about $18"),
    ("at $18 a bag, it is a find", "at $18 a bag"),
    ("It is about $18", "It is about $18"),
    ("Price: $18", "Price: $18"),
    ("for $15–20", "for $15–20"),
    ("between $15 and $20", "between $15 and $20"),
    ("They range from $18 to $22, all washed", "They range from $18 to $22"),
    ("a $20 bag of beans", "$20"),
    ("It is $2 over what you usually spend", "$2 "),
    ("priced at 18.", "priced at 18"),
    ("It costs 18 and is washed", "costs 18 and "),
    ("under $20", "under $20"),
    ("eighteen dollars", "eighteen dollars"),
    ("twenty-five bucks", "twenty-five bucks"),
    ("a hundred and twenty dollars", "a hundred and twenty dollars"),
    ("eighteen to twenty dollars a bag", "eighteen to twenty dollars a bag"),
    ("18 dollars or less", "18 dollars"),
    ("18 (dollars)", "18 (dollars"),
    ("US$18", "US$18"),
    ("18 USD", "18 USD"),
    ("18USD", "18USD"),
    ("A$30", "A$30"),
    ("$1,800.50", "$1,800.50"),
    ("$1.2k", "$1.2k"),
    ("€18,50", "€18,50"),
    ("18,50 €", "18,50 €"),
    ("18 €/250 g", "18 €/250 g"),
    ("£12.50 per 250g bag", "£12.50 per 250g bag"),
    ("ten quid", "ten quid"),
    ("CHF 24", "CHF 24"),
    ("129 kr", "129 kr"),
    ("Rs. 500", "Rs. 500"),
    ("₹500", "₹500"),
    ("R$ 80", "R$ 80"),
    ("80 reais", "80 reais"),
    ("99 cents", "99 cents"),
    ("1000 won", "1000 won"),
    ("kostet 18 Euro", "kostet 18 Euro"),
    ("achtzehn Euro pro Packung", "achtzehn Euro pro Packung"),
    ("cuesta 18 euros la bolsa", "cuesta 18 euros la bolsa"),
    ("coûte 18 € le paquet", "coûte 18 € le paquet"),
    ("costa 18 euro", "costa 18 euro"),
    ("custa 80 reais", "custa 80 reais"),
    ("甘くて、2,000円です。", "2,000円です"),
    ("お値段は2,000円です。", "お値段は2,000円です"),
    ("約千五百円で", "約千五百円で"),
    ("1500〜2000円くらい", "1500〜2000円くらい"),
    ("¥2,000 (税込)", "¥2,000 (税込)"),
    ("20ドル", "20ドル"),
    ("2千円", "2千円"),
    ("18,000원입니다", "18,000원"),
    ("80块钱", "80块钱"),
    ("80 元", "80 元"),
    ("12 oz", ""),
    ("water at 92 °C", ""),
    ("15 g of coffee to 250 g of water", ""),
    ("a ratio of 1:16", ""),
    ("two or three of them", ""),
    ("an SL28 at 1,900 masl", ""),
    ("No. 1", ""),
    ("86 points", ""),
    ("3 won a prize", ""),
    ("two pounds of beans", ""),
    ("half a pound", ""),
    ("in the 1980s", ""),
    ("a fruity one for 3 people", ""),
    ("4.5 of 5", ""),
    ("三つ選びました", ""),
    ("二人で飲むなら", ""),
    ("600 Euro-pallets", "600 Euro"),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_what_goes_with_a_sum(text: str, found: str) -> None:
    assert "".join(text[start:end] for start, end in sums(text)) == found


STATED = [
    ("under $20", {("20", "$")}),
    ("nothing over €18,50 please", {("18.5", "€")}),
    ("twenty-five dollars at most", {("25", "$")}),
    ("15 to 20 bucks", {("15", "$"), ("20", "$")}),
    ("予算は2000円くらい", {("2000", "¥")}),
    ("千五百円以内", {("1500", "¥")}),
    ("2千円", {("2000", "¥")}),
    ("$20 or 18 euros", {("20", "$"), ("18", "€")}),
    ("my budget is 20", {("20", "")}),
    ("two or three fruity ones", set()),
]


@pytest.mark.parametrize(("said", "named"), STATED)
def test_the_sums_that_a_shopper_named(said: str, named: set[tuple[str, str]]) -> None:
    assert stated(said) == {Stated(Decimal(value), family) for value, family in named}


LIMITS = [
    ("under $20", "all of them under $20", True),
    ("under $20", "all within your $20", True),
    ("under $20", "20 dollars or less", True),
    ("under $20", "it costs $20", False),
    ("under $20", "under $18", False),
    ("under $20", "under €20", False),
    ("my budget is 20", "under $20", True),
    ("2000円くらい", "2000円以内のものを3つ", True),
    ("2000円くらい", "2,000円です", False),
    ("unter 15 Euro", "alle unter 15 Euro", True),
]


@pytest.mark.parametrize(("said", "written", "stays"), LIMITS)
def test_a_sum_that_the_shopper_named_stays_as_a_limit(said: str, written: str, stays: bool) -> None:
    assert (not list(sums(written, stated(said)))) is stays


@pytest.mark.parametrize(
    "part", ["1,1,1,", "1 000 ", "$$$$", "$1 ", "千", "一", "one ", "twenty-five and ", "18円", "    ", "$18 a bag and "]
)
def test_long_hostile_texts_take_no_longer_than_their_length(part: str) -> None:
    text = (part * 4000)[:4000]
    began = time.process_time()
    list(sums(text))
    stated(text)
    assert time.process_time() - began < 1.5
