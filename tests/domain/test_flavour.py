"""Families, notes, and the words for them."""

import pytest

from coffeebot.domain.flavour import (
    FAMILIES,
    GROUPS,
    NAMES,
    PLATES,
    canonical_note,
    families_of,
    find_notes,
    japanese_names,
    members,
    plate_family,
)
from coffeebot.domain.flavour.notes import entries, lexicon
from coffeebot.domain.folding import plain
from coffeebot.domain.words import listed, table


@pytest.mark.parametrize(
    ("note", "families"),
    [
        ("dark chocolate", ("chocolate",)),
        ("black cherry", ("stone_fruit",)),
        ("rum barrel", ("boozy",)),
        ("strawberry guava", ("tropical", "berry")),
        ("lemon blossom", ("floral", "citrus")),
        ("Baker’s chocolate", ("chocolate",)),
        ("freesia-like flowers", ("floral",)),
        ("pink grapefruit zest", ("citrus",)),
        ("dried red currant", ("dried_fruit", "berry")),
        ("gently scorched cedar", ("tobacco_smoke", "woody")),
        ("green tea", ("tea", "herbal")),
        ("raisins", ("dried_fruit",)),
        ("ブルーベリー", ("berry",)),
        ("Haselnüsse", ("nutty",)),
        ("蜂蜜", ("caramel_sugar",)),
        ("pomegranate", ()),
        ("graphite", ()),
    ],
)
def test_families_of_a_note(note: str, families: tuple[str, ...]) -> None:
    assert families_of(note) == families


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("Heidelbeeren", "blueberry"),
        ("bluebery", "blueberry"),
        ("dried figs", "fig"),
        ("Golden Raisins", "golden raisin"),
        ("zzyzx", "zzyzx"),
    ],
)
def test_canonical_notes(said: str, note: str) -> None:
    assert canonical_note(said) == note


def test_notes_are_found_where_they_stand() -> None:
    text = "choclate and hazlenut"
    assert [(note, text[slice(*span)]) for note, _, span in find_notes(text, typos=True)] == [
        ("chocolate", "choclate"),
        ("hazelnut", "hazlenut"),
    ]
    assert find_notes("hazelnit") == []


@pytest.mark.parametrize("text", ["the current system", "string theory", "a weather report", "magic circus", "neutral point of view"])
def test_ordinary_words_are_never_mended_into_notes(text: str) -> None:
    assert find_notes(text, typos=True) == []


def test_every_family_has_a_plate_and_a_name_in_both_languages() -> None:
    assert {plate_family(family) for family in FAMILIES} == set(PLATES) - {"fruity"} | {"fruity"}
    assert set(NAMES["en"]) == set(NAMES["ja"]) == {*FAMILIES, *GROUPS}


def test_groups_open_into_families() -> None:
    assert set(members("fruity")) < set(FAMILIES)
    assert (members("nutty"), members("nonsense")) == (("nutty",), ())


def test_every_list_points_at_something_that_exists() -> None:
    known = {plain(phrase) for phrase, _ in entries()}
    assert {plain(english) for english in table("flavour_translations")} <= known
    assert {family for families in table("comparisons")["things"] for family in families.split()} <= set(FAMILIES)
    assert set(table("notes")["filed_under"]) <= set(FAMILIES)
    filed = {note for notes in table("notes")["filed_under"].values() for note in listed(notes)}
    assert {note for note in filed if plain(note) not in known} == set()


def test_notes_in_japanese() -> None:
    assert japanese_names()["blueberry"] == "ブルーベリー"


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("Nutella", "nutty"),
        ("a glass of bordeaux", "grape_wine"),
        ("like wine", "grape_wine"),
        ("earl grey", "tea"),
        ("gingerbread", "spice"),
        ("boozy", "boozy"),
        ("after rain", "herbal"),
        ("pop tarts", "berry"),
        ("old books and a leather chair", "tobacco_smoke"),
        ("Glühwein", "dried_fruit"),
        ("モンブラン", "nutty"),
        ("焚き火", "tobacco_smoke"),
        ("羊羹", "caramel_sugar"),
        ("森林浴", "woody"),
    ],
)
def test_everyday_comparisons(said: str, family: str) -> None:
    found = lexicon().find(said)
    assert found and family in (*found[0].meaning.compared, *found[0].meaning.families)
