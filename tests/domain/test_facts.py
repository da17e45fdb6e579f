"""What is read out of a coffee's columns and prose, and what is left alone."""

from dataclasses import replace
from typing import Any

import pytest

from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.facts import altitude, facts_of, families_by_weight
from coffeebot.domain.loose import LooseCoffee
from coffeebot.services.columns import loose_coffee
from tests.tables import rows

PLAIN = LooseCoffee(external_id="1", name="Morning", roaster="Corner Roasters")

READ = (
    "origins",
    "regions",
    "altitude_masl",
    "processes",
    "varieties",
    "roast",
    "families",
    "notes",
    "decaf",
    "acidity",
    "body",
    "sweetness",
)


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
        ({"places": ("Sumatra",)}, ("Indonesia",)),
        ({"name": "Colombia Java Natural"}, ("Colombia",)),
        ({"story": "Produced in Panama. The Ethiopia-derived Gesha variety grows slowly."}, ("Panama",)),
        ({"story": "A Kenya-esque cup from Kona."}, ("Hawaii",)),
        ({"name": "Finca Kilimanjaro", "story": "Grown by a family in El Salvador."}, ("El Salvador",)),
        ({"story": "From the volcanic slopes of Huehuetenango."}, ("Guatemala",)),
        ({"story": "Grown at Finca Kilimanjaro."}, ()),
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
        ({"name": "Corner Estate – CM Natural"}, (Process.ANAEROBIC, Process.NATURAL)),
        ({"story": "Coffees like this one, processed by the wet or washed method, typically show flowers."}, (Process.WASHED,)),
        ({"story": "Processed by the honey method. Coffees like this one are usually washed."}, (Process.HONEY,)),
        ({"story": "Decaffeinated with a natural solvent from sugar cane."}, ()),
        ({"name": "Guji Natural Water-Processed Decaf"}, (Process.NATURAL,)),
        ({"story": "Heat breaks down the natural sugars of the fruit."}, ()),
        ({"process": "Red Honey"}, (Process.HONEY,)),
        ({"process": "Carbonic Maceration Washed"}, (Process.ANAEROBIC, Process.WASHED)),
        ({"process": "Strawberry co-ferment; washed"}, (Process.WASHED,)),
        ({"story": "Produced by Rosa at a mill founded in 1920 and dried by the natural method."}, (Process.NATURAL,)),
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
        ({"name": "Half-Caf Morning", "story": "Partly decaffeinated in Mexico."}, set()),
        ({"story": "For more, write to hello@decaf.example or see www.decaf.example."}, set()),
        ({"name": "Sleepy Decaf", "story": "Decaffeinated by the Swiss Water process."}, {Flag.DECAF, Flag.SWISS_WATER}),
        ({"process": "Sugarcane EA decaf", "flags": ("decaf",)}, {Flag.DECAF, Flag.SUGARCANE_DECAF}),
        ({"story": "A field blend of old trees."}, set()),
        ({"story": "The roaster also offers blends."}, set()),
        ({"tasting": "Barrel-aged rum, plum, cedar in aroma and cup."}, set()),
        ({"name": "Barrel-Aged Guji"}, {Flag.BARREL_AGED}),
        ({"story": "Fermented with mango before drying."}, {Flag.COFERMENT}),
        ({"story": "Passion fruit and pineapple are added to the tank."}, {Flag.COFERMENT}),
        ({"story": "A hint of fruit ferment."}, set()),
        ({"story": "Earth First is a certified organic coffee roaster."}, set()),
        ({"process": "CM natural"}, {Flag.CARBONIC_MACERATION}),
        ({"story": "Roasted for filter. Rainforest Alliance certified."}, {Flag.FILTER, Flag.RAINFOREST_ALLIANCE}),
        ({"tasting": "Evaluated as espresso. Plum, cedar in aroma and cup."}, {Flag.ESPRESSO}),
        ({"name": "Ready-to-drink black coffee"}, {Flag.COLD_BREW}),
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
    assert families_by_weight(("pomegranate yogurt",)) == ("fermented", "fruity")
    assert "stone_fruit" in families_by_weight(("cherry cordial",))


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


@pytest.mark.parametrize(
    ("stated", "varieties"),
    [
        ({"varieties": ("Geisha / Caturra", "SL-28")}, ("gesha", "caturra", "sl28")),
        ({"varieties": ("Unknown",)}, ()),
        ({"story": "From trees of the heirloom Bourbon variety.", "places": ("Rwanda",)}, ("bourbon",)),
        ({"story": "Indigenous landrace varieties.", "places": ("Ethiopia",)}, ("ethiopian landrace",)),
        ({"story": "The Bourbon-related SL34 variety of Arabica."}, ("sl34",)),
        ({"story": "Of the Bourbon, Jackson and Mbrizzi varieties of Arabica."}, ("bourbon", "jackson", "mibirizi")),
        ({"story": "Entirely of the Catuai variety.", "summary": "From the farm of the famous Gesha."}, ("catuai",)),
        ({"story": "Pacamara, a cross of Pacas and Maragogype."}, ("pacamara",)),
    ],
)
def test_varieties(stated: dict[str, Any], varieties: tuple[str, ...]) -> None:
    assert facts(**stated).varieties == varieties


@pytest.mark.parametrize(
    ("stated", "roast"),
    [
        ({"name": "Brazil Dark Roast"}, RoastLevel.DARK),
        ({"summary": "Deftly medium-roasted, a fine cup."}, RoastLevel.MEDIUM),
        ({"story": "Grown on a medium-sized farm."}, None),
        ({"roast": "【中深煎り】"}, RoastLevel.MEDIUM_DARK),
    ],
)
def test_roast_in_prose(stated: dict[str, Any], roast: RoastLevel | None) -> None:
    assert facts(**stated).roast == roast


@pytest.mark.parametrize(
    ("words", "fact", "level"),
    [
        ("Bright, balanced acidity.", "acidity", "high"),
        ("Crisp, sweet structure with gentle, round acidity.", "acidity", "low"),
        ("Full, satiny mouthfeel.", "body", "full"),
        ("Delicate, silky body.", "body", "light"),
        ("A long walk.", "acidity", None),
    ],
)
def test_cup_levels(words: str, fact: str, level: str | None) -> None:
    assert getattr(facts(tasting=words), fact) == level


def test_every_fact_says_where_it_was_read() -> None:
    stated = {
        "name": "Guji Natural Decaf",
        "tasting": "Deeply sweet. Plum, cedar in aroma and cup. Bright acidity; full body.",
        "story": "Decaffeinated by the Swiss Water process. Of the Kurume variety. Certified organic.",
        "summary": "Deftly medium-roasted.",
        "places": ("Guji Zone", "Ethiopia"),
        "altitude": "2,000 m",
    }
    known = facts(**stated)
    told = {name for name in READ if getattr(known, name)}
    assert told | {f"flags.{flag}" for flag in known.flags} | {"blend"} == set(known.evidence)
    texts = [text for value in stated.values() for text in ([value] if isinstance(value, str) else value)]
    assert all(any(words in text for text in texts) for words in known.evidence.values())
    assert known.evidence["processes"] == "Guji Natural Decaf"
    assert known.evidence["notes"] == "Plum, cedar in aroma and"


def test_evidence_is_verbatim_in_real_rows() -> None:
    for row in rows("bench/catalogue.jsonl")[::10]:
        texts = [str(value) for value in row.values()]
        known = facts_of(loose_coffee(row, currencies=frozenset({"USD"})))
        assert all(any(words in text for text in texts) for words in known.evidence.values()), row["id"]
        told = {name for name in READ if getattr(known, name)} | {f"flags.{flag}" for flag in known.flags}
        assert told <= set(known.evidence), row["id"]


@pytest.mark.timeout(60)  # a reader that looks back over the whole text takes many minutes
@pytest.mark.parametrize("piece", ["coffee and ", "a.A.", "co-", "not ", "(a)", " "])
def test_a_long_story_without_a_full_stop_is_read_in_time(piece: str) -> None:
    assert facts_of(LooseCoffee("1", "Kenya", "Roaster", story=piece * (60_000 // len(piece)))).origins == ("Kenya",)
