"""Why a coffee fits, and what one gives up with it."""

from dataclasses import replace
from decimal import Decimal

from coffeebot.domain.reasons import reasons
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.domain.trade_offs import trade_off
from tests.builders import candidate

FRUITY = Trait(Facet.FLAVOUR, "fruity", evidence="something fruity")
V60 = Trait(Facet.BREW_METHOD, "v60", Polarity.WANT, 1, "my V60")
BUDGET = Trait(Facet.BUDGET, "max", evidence="under $20", amount=Decimal(20), currency="USD", grams=Decimal("340.2"))
RATES = {"USD": Decimal(1), "JPY": Decimal("0.0065")}


def test_each_reason_has_the_shoppers_words_and_the_coffees_facts() -> None:
    found = reasons(candidate(), (V60, BUDGET, FRUITY))
    assert [(r.quote, r.trait_id) for r in found] == [(t.evidence, t.id) for t in (FRUITY, V60, BUDGET)]
    assert "lueberry" in found[0].text and "V60" in found[1].text and "$16.00 for 250 g, $6.40" in found[2].text


def test_what_the_coffee_is_not_gives_no_reason() -> None:
    assert reasons(candidate(), (Trait(Facet.FLAVOUR, "nutty"), Trait(Facet.ORIGIN, "Kenya"), Trait(Facet.ROAST, "Dark"))) == ()


def test_a_price_in_another_currency_is_converted_and_says_so() -> None:
    coffee = candidate(currency="JPY", amount_minor=1400, grams=Decimal(200), price_per_100g_minor=700)
    assert reasons(coffee, (BUDGET,), rates=RATES)[0].text == "¥1,400 for 200 g, ≈\u00a0$4.55 per 100 g."


def test_who_only_said_cheaper_named_no_currency() -> None:
    coffee = candidate(currency="JPY", amount_minor=1400, grams=Decimal(200), price_per_100g_minor=700)
    cheaper = replace(BUDGET, strength=1, evidence="cheaper")
    assert reasons(coffee, (cheaper,), rates=RATES)[0].text == "¥1,400 for 200 g, ¥700 per 100 g."
    assert "$" in reasons(coffee, (replace(cheaper, source=Source.SHOPPER),), rates=RATES)[0].text


def test_an_avoidance_is_a_reason_when_the_facts_say_so() -> None:
    dark = Trait(Facet.ROAST, "Dark", Polarity.AVOID, evidence="nothing dark")
    assert "light" in reasons(candidate(), (dark,))[0].text
    assert reasons(candidate(roast=None), (dark,)) == ()


def test_bitterness_comes_with_the_roast() -> None:
    gentle = Trait(Facet.BITTERNESS, "low", Polarity.WANT, 1, "not too bitter")
    assert [r.quote for r in reasons(candidate(), (gentle,)) if "bitterness" in r.text] == ["not too bitter"]
    assert not reasons(candidate(roast="Dark"), (gentle,)) and not reasons(candidate(roast=None), (gentle,))


def test_one_trade_off_the_weightiest_first() -> None:
    assert "sold out" in trade_off(candidate(in_stock=False), (), (BUDGET,))
    assert "budget" in trade_off(candidate(price_per_100g_minor=585), (), (BUDGET,))
    assert "milk" in trade_off(candidate(body="light"), (), (Trait(Facet.MILK, "milk", Polarity.WANT),))
    natural = trade_off(candidate(), (), ())
    assert "winey" in natural and trade_off(candidate(), (), (), said=(natural,)) != natural


def test_japanese() -> None:
    found = reasons(candidate(), (FRUITY, BUDGET), language="ja")
    assert found[0].text.endswith("。") and found[1].text.endswith("です。")
