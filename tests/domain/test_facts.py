"""What is read out of a coffee's columns and prose, and what is left alone."""

from dataclasses import replace
from typing import Any

import pytest

from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.facts import altitude, facts_of, families_by_weight
from coffeebot.domain.loose import LooseCoffee

PLAIN = LooseCoffee(external_id="1", name="Morning", roaster="Corner Roasters")


def facts(**stated: Any) -> Any:
    return facts_of(replace(PLAIN, **stated))


def test_nothing_stated_is_nothing_known() -> None:
    known = facts()
    assert (known.origins, known.regions, known.processes, known.roast, known.notes, known.families, known.blend) == (
        (),
        (),
        (),
        None,
        (),
        (),
        None,
    )
    assert known.decaf is False  # the one thing that the trade always says


@pytest.mark.parametrize(
    ("stated", "origins"),
    [
        ({"places": ("Guji Zone", "Southern Ethiopia")}, ("Ethiopia",)),
        ({"places": ("Ethiopia", "Colombia")}, ("Ethiopia", "Colombia")),
        ({"places": ("Santa Rosa",), "name": "El Salvador Finca Alegre"}, ("El Salvador",)),
        ({"name": "Kenya Kii AA"}, ("Kenya",)),
        ({"places": ("Africa", "Asia Pacific")}, ()),
        ({"story": "Grown by Rosa Huamán in Peru. Our roastery is based in Portland, close to a Kenya cooperative."}, ("Peru",)),
        ({"story": "A blend of beans from Peru and Kenya."}, ()),
    ],
)
def test_origins(stated: dict[str, Any], origins: tuple[str, ...]) -> None:
    assert facts(**stated).origins == origins


@pytest.mark.parametrize(
    ("stated", "processes"),
    [
        ({"process": "Washed"}, (Process.WASHED,)),
        ({"process": "washed", "name": "Natural High"}, (Process.WASHED,)),
        ({"name": "Guji Natural", "story": "It is dried in the fruit, rather than washed like most."}, (Process.NATURAL,)),
        ({"name": "Guji Natural", "story": "Washed coffees taste cleaner."}, (Process.NATURAL,)),
        ({"name": "Anaerobic Natural Geisha"}, (Process.ANAEROBIC, Process.NATURAL)),
        ({"story": "Coffees like this one, processed by the wet or washed method, typically show flowers."}, (Process.WASHED,)),
        ({"story": "Processed by the honey method. Coffees like this one are usually washed."}, (Process.HONEY,)),
        ({"story": "Decaffeinated with a natural solvent from sugar cane."}, ()),
        ({"tasting": "Wild honey, plum, cedar in aroma and cup."}, ()),
        ({"story": "Corner Roasters also offers washed coffees."}, ()),
        ({"story": "A blend of a natural-processed Ethiopia and a washed-process Nicaragua."}, (Process.NATURAL, Process.WASHED)),
    ],
)
def test_processes(stated: dict[str, Any], processes: tuple[Process, ...]) -> None:
    assert facts(**stated).processes == processes


@pytest.mark.parametrize(
    ("stated", "flags"),
    [
        ({"flags": ("organic", "Fair Trade")}, {Flag.ORGANIC, Flag.FAIR_TRADE}),
        ({"name": "Holiday Espresso Blend"}, {Flag.ESPRESSO, Flag.BLEND}),
        ({"story": "Certified organic. Corner Roasters is a Fair Trade roaster based in Oslo."}, {Flag.ORGANIC}),
        ({"name": "Sleepy Decaf"}, {Flag.DECAF}),
        ({"name": "Half-Caf Morning"}, set()),
    ],
)
def test_flags(stated: dict[str, Any], flags: set[Flag]) -> None:
    assert set(facts(**stated).flags) == flags


@pytest.mark.parametrize(
    ("text", "roast"),
    [("Medium-Dark", RoastLevel.MEDIUM_DARK), ("light", RoastLevel.LIGHT), ("浅煎り", RoastLevel.LIGHT), ("comforting", None)],
)
def test_roast(text: str, roast: RoastLevel | None) -> None:
    assert facts(roast=text).roast == roast


def test_blend_single_origin_and_neither() -> None:
    assert facts(name="House Blend").blend is True
    assert facts(places=("Kenya",)).blend is False
    assert facts(places=("Kenya", "Peru")).blend is None


def test_families_come_in_the_order_of_their_weight() -> None:
    assert families_by_weight(("blueberry", "strawberry", "dark chocolate"))[:2] == ("berry", "chocolate")
    assert families_by_weight(("dark chocolate", "cocoa nib", "blueberry"))[0] == "chocolate"
    assert families_by_weight(("pomegranate",)) == ("fruity",)
    assert families_by_weight(("amber",)) == ()


def test_cup_words_become_levels() -> None:
    known = facts(tasting="Deeply sweet. Plum, cedar in aroma and cup. Bright, juicy acidity; full, syrupy mouthfeel.")
    assert (known.acidity, known.body, known.sweetness) == ("high", "full", "high")
    assert facts(body="Light", tasting="Full mouthfeel.").body == "light"


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("1,800–2,000 masl", (1800, 2000)),
        ("1950-2150", (1950, 2150)),
        ("1700m", (1700, 1700)),
        ("2800 Ft", (853, 853)),
        ("high up", None),
        ("99999", None),
    ],
)
def test_altitude(text: str, metres: tuple[int, int] | None) -> None:
    assert altitude(text) == metres


def test_prose_facts_say_where_they_were_read() -> None:
    known = facts(name="Guji Natural", tasting="Plum, cedar in aroma and cup.")
    assert known.evidence["processes"] == "Guji Natural"
    assert known.evidence["notes"] == "Plum, cedar in aroma and"
