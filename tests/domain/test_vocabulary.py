"""The trade's words in free text."""

import pytest

from coffeebot.domain.coffee import Flag, RoastLevel
from coffeebot.domain.vocabulary import canonical_variety, find_flags, find_processes, find_roast, find_varieties


@pytest.mark.parametrize(
    ("text", "processes"),
    [
        ("a dry-processed or “natural” coffee", ["natural"]),
        ("wet-processed", ["washed"]),
        ("Pulped natural", ["honey"]),
        ("Red Honey", ["honey"]),
        ("Giling Basah", ["wet_hulled"]),
        ("natural, carbonic maceration", ["natural", "anaerobic"]),
        ("the beans were dried inside the fruit", ["natural"]),
        ("fruit skin and flesh are removed from the beans before drying", ["washed"]),
        ("ナチュラル", ["natural"]),
        ("水洗処理ではなく日晒", ["washed", "natural"]),
        ("lavado", ["washed"]),
        ("gewaschen", ["washed"]),
        ("Honey", ["honey"]),
        ("Anaerobic Honey", ["honey", "anaerobic"]),
        ("notes of honey", []),
        ("Honey, pear, tangerine zest", []),
    ],
)
def test_processes(text: str, processes: list[str]) -> None:
    assert sorted(find_processes(text)) == sorted(processes)


@pytest.mark.parametrize(
    ("text", "varieties"),
    [
        ("SL28, SL-34 & Ruiru11, Batian", ["sl28", "sl34", "ruiru 11", "batian"]),
        ("Geisha", ["gesha"]),
        ("Pink Bourbon", ["pink bourbon"]),
        ("Caturra, Castillo, Colombia", ["caturra", "castillo", "colombia"]),
        ("74110 and 74112", ["74110", "74112"]),
        ("Maragogipe", ["maragogype"]),
        ("a coffee from Colombia", []),
        ("ゲイシャ", ["gesha"]),
    ],
)
def test_varieties(text: str, varieties: list[str]) -> None:
    assert find_varieties(text) == tuple(varieties)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Medium-Dark", RoastLevel.MEDIUM_DARK),
        ("dark", RoastLevel.DARK),
        ("light roast", RoastLevel.LIGHT),
        ("dark chocolate", None),
        ("light or dark roast? medium roast", None),
        ("【中深煎り】", RoastLevel.MEDIUM_DARK),
        ("Comforting", None),
    ],
)
def test_roast(text: str, level: RoastLevel | None) -> None:
    assert find_roast(text) is level


def test_flags() -> None:
    assert set(find_flags("Fair-trade organic espresso blend, Swiss Water decaf")) == {
        Flag.FAIR_TRADE,
        Flag.ORGANIC,
        Flag.ESPRESSO,
        Flag.BLEND,
        Flag.DECAF,
    }
    assert find_flags("single origin") == ()


def test_an_unknown_variety_keeps_its_name() -> None:
    assert (canonical_variety("Geisha"), canonical_variety("Zanzibar X1")) == ("gesha", "zanzibar x1")
