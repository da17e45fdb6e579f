"""Superlatives and comparatives of a cup, and what they are about."""

import pytest

from coffeebot.domain.degree import of_strength
from coffeebot.domain.degrees import degrees
from coffeebot.domain.message import Intent
from coffeebot.domain.taste import Facet
from coffeebot.domain.understanding import understand

TABLE = ("Nine Wells Kiambu", "Lantern Hill Guji", "Porch Light")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("round", ("rounder", "roundest")),
        ("thin", ("thinner", "thinnest")),
        ("juicy", ("juicier", "juiciest")),
        ("gentle", ("gentler", "gentlest")),
        ("winey", ("winier", "winiest")),
        ("fruity", ("fruitier", "fruitiest")),
        ("acidic", ()),
        ("interesting", ()),
        ("酸っぱい", ()),
    ],
)
def test_an_adjective_and_its_degrees(word: str, told: tuple[str, ...]) -> None:
    assert degrees(word) == told


@pytest.mark.parametrize(
    ("message", "facet", "value", "most"),
    [
        ("what is your strongest coffee", Facet.BODY, "full", True),
        ("boldest coffee you stock please", Facet.BODY, "full", True),
        ("give me your mildest", Facet.BODY, "light", True),
        ("smoothest one you've got", Facet.ACIDITY, "low", True),
        ("which of your coffees is the least acidic", Facet.ACIDITY, "low", True),
        ("the zingiest thing in the house", Facet.ACIDITY, "high", True),
        ("the sweetest you have", Facet.SWEETNESS, "high", True),
        ("the most fruity one on the shelf", Facet.FLAVOUR, "fruity", True),
        ("your nuttiest, please", Facet.FLAVOUR, "nutty", True),
        ("I want the funkiest thing in the house", Facet.NOVELTY, "adventurous", True),
        ("the cleanest cup you do", Facet.PROCESS, "washed", True),
        ("お店で一番強いコーヒーはどれですか", Facet.BODY, "full", True),
        ("最も甘いコーヒーを教えて", Facet.SWEETNESS, "high", True),
        ("いちばん酸味が少ないものをください", Facet.ACIDITY, "low", True),
    ],
)
def test_a_superlative_is_a_wish_of_the_whole_shelf(message: str, facet: Facet, value: str, most: bool) -> None:
    for offered in ((), TABLE):
        understood = understand(message, offered=offered)
        assert [(trait.facet, trait.value) for trait in understood.change.add] == [(facet, value)]
        assert understood.intent is Intent.RECOMMEND and understood.coffee_name is None
        assert understood.degree is not None and understood.degree.most is most


@pytest.mark.parametrize(
    ("message", "facet", "value"),
    [
        ("something rounder", Facet.ACIDITY, "low"),
        ("brighter, please", Facet.ACIDITY, "high"),
        ("heavier", Facet.BODY, "full"),
        ("milder", Facet.BODY, "light"),
        ("less strong", Facet.BODY, "light"),
        ("more body", Facet.BODY, "full"),
        ("cleaner", Facet.PROCESS, "washed"),
        ("got anything funkier?", Facet.NOVELTY, "adventurous"),
        ("nuttier", Facet.FLAVOUR, "nutty"),
        ("もう少しまろやかなのがいいです", Facet.ACIDITY, "low"),
        ("もっとコクのあるものは？", Facet.BODY, "full"),
    ],
)
def test_a_comparative_is_against_what_lies_there(message: str, facet: Facet, value: str) -> None:
    understood = understand(message, offered=TABLE, asked="roast")
    assert [(trait.facet, trait.value) for trait in understood.change.add] == [(facet, value)]
    assert understood.intent is Intent.MORE and understood.degree is not None and not understood.degree.most
    assert understand(message).intent in (Intent.RECOMMEND, Intent.MORE)


def test_of_the_coffees_on_the_table_it_compares() -> None:
    understood = understand("which of these is the sweetest?", offered=TABLE)
    assert understood.intent is Intent.COMPARE and understood.topic == "sweeter" and not understood.change.add


@pytest.mark.parametrize("message", ["at least 90 points", "last but not least, washed", "at least medium roast"])
def test_at_least_is_no_superlative(message: str) -> None:
    assert all(trait.polarity == "must" for trait in understand(message).change.add)


def test_what_a_strong_coffee_is() -> None:
    strongest = understand("your strongest?").degree
    boldest = understand("your boldest?").degree
    assert strongest is not None and of_strength(strongest.trait) and boldest is not None and not of_strength(boldest.trait)


@pytest.mark.parametrize(("message", "place"), [
    ("like the second but decaf", 2), ("not the first, something like the third though", 3), ("similar to the first, only cheaper", 1),
    ("二つ目みたいで、もっと安いもの", 2),
])  # fmt: skip
def test_another_like_one_on_the_table(message: str, place: int) -> None:
    understood = understand(message, offered=TABLE)
    assert understood.like and understood.references[0].place == place and understood.intent in (Intent.RECOMMEND, Intent.MORE)
