"""How traits read on the card."""

from decimal import Decimal

import pytest

from coffeebot.domain.labels import joint, label
from coffeebot.domain.taste import Facet, Polarity, Trait

AVOID, SOFT = {"polarity": Polarity.AVOID}, {"polarity": Polarity.AVOID, "strength": 1}


def _budget(amount: str, currency: str, grams: str, value: str = "max") -> Trait:
    return Trait(Facet.BUDGET, value, amount=Decimal(amount), currency=currency, grams=Decimal(grams))


@pytest.mark.parametrize(
    ("trait", "english", "japanese"),
    [
        (Trait(Facet.FLAVOUR, "fruity"), "Fruity", "フルーティー"),
        (Trait(Facet.FLAVOUR, "nutty", **AVOID), "No nutty notes", "ナッツは避ける"),
        (Trait(Facet.NOTE, "blueberry"), "Blueberry", "ブルーベリー"),
        (Trait(Facet.ROAST, "Light"), "Light roast", "浅煎り"),
        (Trait(Facet.ROAST, "Dark", **AVOID), "No dark roasts", "深煎りは避ける"),
        (Trait(Facet.ROAST, "Medium-Dark", **AVOID), "No medium-dark roasts", "中深煎りは避ける"),
        (Trait(Facet.ORIGIN, "Ethiopia"), "From Ethiopia", "エチオピア産"),
        (Trait(Facet.ORIGIN, "Kenya", **AVOID), "Not from Kenya", "ケニア産以外"),
        (Trait(Facet.ORIGIN, "Democratic Republic of the Congo"), "From the Democratic Republic of the Congo", "コンゴ産"),
        (Trait(Facet.ROASTER_COUNTRY, "Canada"), "Roasted in Canada", "カナダの焙煎"),
        (Trait(Facet.REGION, "boquete"), "Boquete", "Boquete"),
        (Trait(Facet.VARIETY, "sl28"), "SL28", "SL28"),
        (Trait(Facet.VARIETY, "pink bourbon"), "Pink Bourbon", "Pink Bourbon"),
        (Trait(Facet.PROCESS, "wet_hulled"), "Wet-hulled", "スマトラ式"),
        (Trait(Facet.PROCESS, "anaerobic", **SOFT), "Rather not anaerobic", "アナエロビックは控えめに"),
        (Trait(Facet.FLAG, "blend", **AVOID), "Single origin", "シングルオリジン"),
        (Trait(Facet.DECAF, "decaf"), "Decaf", "デカフェ"),
        (Trait(Facet.BREW_METHOD, "v60"), "V60", "V60"),
        (Trait(Facet.MILK, "milk"), "With milk", "ミルク入り"),
        (Trait(Facet.ACIDITY, "low"), "Low acidity", "酸味控えめ"),
        (Trait(Facet.SCORE, "min", amount=Decimal("95")), "At least 95 points", "95点以上"),
        (_budget("20", "USD", "340.20"), "At most $20 a bag", "1袋 $20以内"),
        (_budget("7.50", "EUR", "100"), "At most €7.50 per 100 g", "100 g €7.50以内"),
        (_budget("2000", "JPY", "340.20"), "At most ¥2,000 a bag", "1袋 2,000円以内"),
        (_budget("30", "USD", "453.6", "min"), "At least $30 a pound", "453.6 g $30以上"),
        (_budget("40", "USD", "1000"), "At most $40 per 1 kg", "1 kg $40以内"),
    ],
)
def test_labels(trait: Trait, english: str, japanese: str) -> None:
    assert (label(trait), label(trait, language="ja"), label(trait, language="fr")) == (english, japanese, english)


def test_what_the_same_words_wrote_reads_as_one_line() -> None:
    dark = [Trait(Facet.ROAST, roast, Polarity.AVOID) for roast in ("Medium-Dark", "Dark")]
    assert joint(dark) == "No dark roasts"
    assert joint([Trait(Facet.ROAST, "Light"), Trait(Facet.ROAST, "Medium-Light")]) == "Light roast, Medium-Light roast"
    africa = ("Ethiopia", "Kenya", "Rwanda", "Burundi", "Uganda")
    assert joint([Trait(Facet.ORIGIN, country) for country in africa]) == "From Ethiopia, Kenya, Rwanda +2"
    assert joint([Trait(Facet.NOTE, "blueberry")]) == "Blueberry"
