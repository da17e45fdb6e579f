"""Labels of processes."""

import pytest

from coffeebot.domain.process_names import process_label, says_decaf


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Double Fully Washed", ["washed"]),
        ("Natural; 72h dry fermentation", ["natural"]),
        ("Pulped Natural", ["honey"]),
        ("Anaerobic Pulp Natural", ["anaerobic", "honey"]),
        ("Pulped Natural + Natural", ["honey", "natural"]),
        ("Black Honey", ["honey"]),
        ("Honey & Washed", ["honey", "washed"]),
        ("Juicy Honey with pear", ["honey"]),
        ("Giling Basah", ["wet_hulled"]),
        ("Sumatran", ["wet_hulled"]),
        ("Semi-anoxic natural", ["anaerobic", "natural"]),
        ("Washed, fermented in absence of oxygen", ["washed", "anaerobic"]),
        ("CM Washed", ["carbonic_maceration", "washed"]),
        ("Anaerobic + Carbonic Maceration", ["anaerobic", "carbonic_maceration"]),
        ("カーボニックマセレーション ナチュラル", ["carbonic_maceration", "natural"]),
        ("Washed peach co-ferment", ["washed", "coferment"]),
        ("Cofermented natural", ["coferment", "natural"]),
        ("Fermented with mango", ["coferment"]),
        ("Strawberry", ["coferment"]),
        ("Lychee washed", ["coferment", "washed"]),
        ("Cherry washed", ["washed"]),
        ("Honey washed", ["honey"]),
        ("In-fruit fermentation", []),
        ("Thermal Shock", []),
        ("clean cup", []),
        ("Dark Roast", []),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert sorted(process_label(text).kinds) == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "decaf"),
    [
        ("Washed - Sugar Cane EA", True),
        ("Swiss Water Process", True),
        ("Mountain Water", True),
        ("CO2 Decaf", True),
        ("デカフェ", True),
        ("Half-Caf", False),
        ("Low Caf", False),
        ("see www.decaf.example for more", False),
        ("decaf.example/shop", False),
        ("Washed", False),
    ],
)
def test_decaf(text: str, decaf: bool) -> None:
    assert says_decaf(text) is decaf
