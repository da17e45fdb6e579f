"""Labels of varieties."""

import pytest

from coffeebot.domain.variety_names import variety_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("GEISHA", ["Gesha"]),
        ("Geisha/Gesha", ["Gesha"]),
        ("SL28&34", ["SL28", "SL34"]),
        ("SL-28, SL 34 and Riuru 11", ["SL28", "SL34", "Ruiru 11"]),
        ("74/158, 74-110", ["74158", "74110"]),
        ("Heirloom (74158)", ["74158"]),
        ("Jarc 74110", ["74110"]),
        ("Catuai Amarillo & Bourbon Rojo", ["Yellow Catuai", "Red Bourbon"]),
        ("Caturra, Yellow & Red Catuaí", ["Caturra", "Yellow Catuai", "Red Catuai"]),
        ("Bourbon Rosado", ["Pink Bourbon"]),
        ("Castillo, V.Colombia, var. Colombia", ["Castillo", "Colombia"]),
        ("Typica / Supremo", ["Typica"]),
        ("Gesha #963", ["Gesha"]),
        ("CGLE-17 (Hybrid of Geisha and Caturra)", ["CGLE-17"]),
        ("Peaberry (SL28, SL34)", ["SL28", "SL34"]),
        ("SL 795", ["S795"]),
        ("Uganda Robusta", ["Robusta"]),
        ("Las Tolas", ["Las Tolas"]),
        ("ティピカ、ティモール・ハイブリッド", ["Typica", "Timor Hybrid"]),
        ("70% Caturra, 30% Castillo", ["Caturra", "Castillo"]),
        ("Caturra (60%) Castillo (40%)", ["Caturra", "Castillo"]),
        ("イエローブルボン、ルイル11", ["Yellow Bourbon", "Ruiru 11"]),
        ("レッド・カトゥアイ", ["Red Catuai"]),
        ("粉红波旁、艺伎", ["Pink Bourbon", "Gesha"]),
        ("黄卡杜艾", ["Yellow Catuai"]),
        ("옐로우 버번, 카투라", ["Yellow Bourbon", "Caturra"]),
        ("", []),
    ],
)
def test_variety_names(text: str, names: list[str]) -> None:
    assert list(variety_names(text)) == names
    assert list(variety_names(", ".join(names))) == names
