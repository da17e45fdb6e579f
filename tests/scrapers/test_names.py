"""Titles as shops write them, and the coffees' names in them."""

import pytest

from scrapers.normaliser.names import clean_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Silver Oak Cafe Blend 75g", "Silver Oak Cafe Blend"),
        ("Colombia Huila - Medium Roast - 12oz", "Colombia Huila"),
        ("Light Roast | Kenya Karumandi (250g)", "Kenya Karumandi"),
        ("Medium-Dark Roast Sumatra", "Sumatra"),
        ("Dark Horse Blend, Whole Bean, 340 g", "Dark Horse Blend"),
        ("NEW! Ethiopia Guji (Free shipping)", "Ethiopia Guji"),
        ("[Limited Edition] Panama Gesha", "Panama Gesha"),
        ("House Blend 5 lb", "House Blend"),
        ("Brazil ¾ lb", "Brazil"),
        ("2026 Demeka Becha - Ethiopia", "2026 Demeka Becha - Ethiopia"),
        ("Mooleh Manay Estate – CM Natural", "Mooleh Manay Estate – CM Natural"),
        ("【オンライン限定】ブライト ブレンド", "ブライト ブレンド"),
        ("エチオピア イルガチェフェ【浅煎り】200g", "エチオピア イルガチェフェ"),
        ("送料無料 ブラジル 中深煎り", "ブラジル"),
        ("ケニア（豆のまま）１００ｇ", "ケニア"),
        ("ブラジル 140g×25個", "ブラジル"),
        ("ナイトライト・ディカフェ", "ナイトライト・ディカフェ"),
        # nothing else would be left
        ("Dark Roast", "Dark Roast"),
        ("French Roast", "French Roast"),
        ("New", "New"),
        ("   ", ""),
    ],
)
def test_names(title: str, name: str) -> None:
    assert clean_name(title) == name
