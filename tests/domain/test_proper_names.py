"""What is written like a coffee's name, and what only has capitals."""

import pytest

from coffeebot.domain.proper_names import Trade, mentions, name_in, phrases

NAMES = [
    ("Take the Lantern Hill Guji for your V60.", ["Lantern Hill Guji"]),
    ("Lantern Hill is the jammiest.", ["Lantern Hill"]),
    ("Try Lantern Hill, or the Nine Wells Kiambu.", ["Lantern Hill", "Nine Wells Kiambu"]),
    ("I would go for **Copper Mill Road**.", ["Copper Mill Road"]),
    ("You may like “Marmalade Skies”, washed.", ["Marmalade Skies"]),
    ("- Copper Hammer: jammy", ["Copper Hammer"]),
    ("It is fruity. The Nyeri Hill of Zanzibar Dreams is too.", ["Nyeri Hill of Zanzibar Dreams"]),
    ("A washed Ethiopian from Yirgacheffe, an SL28 from Nyeri.", []),
    ("Grown in Sidama, Ethiopia, by Pink Bourbon trees.", []),
    ("Use a French Press, a Moka Pot or a Hario V60.", []),
    ("It won the Cup of Excellence in Costa Rica.", []),
    ("Sour often comes from the brew. Was it like that?", []),
    ("I have none. Without Yemen there are four.", []),
    ("**Roast Level:** light", []),
    ("*Jammy* and *very clean*, with a *hint of honey*.", []),
    ("“too sour” may mean under-extracted", []),
    ("In New York they call it a Light Roast.", []),
    ("浅煎りから中煎りで、「フルーティー」なものです。", []),
    ("Para tu prensa francesa, una de Colombia Huila.", []),
]


@pytest.mark.parametrize(("prose", "names"), NAMES)
def test_what_looks_like_a_name(prose: str, names: list[str]) -> None:
    trade = Trade(prose)
    assert [name.text for phrase in phrases(prose) if (name := name_in(phrase, trade))] == names


MENTIONS = [
    ("Take Half Moon Decaf.", ["Half Moon", "Half Moon Decaf"], ["Half Moon Decaf"]),
    ("Take **Kaʻū Morning** now.", ["Ka'u Morning"], ["Ka'u Morning"]),
    ("by the porch light at night", ["Porch Light"], []),
    ("Porch Light and porch light", ["Porch Light"], ["Porch Light"]),
    ("a Kenya of theirs", ["Kenya"], []),
    ("Two Rivers Blend, Two Rivers", ["Two Rivers Blend", "Two Rivers"], ["Two Rivers Blend", "Two Rivers"]),
]


@pytest.mark.parametrize(("prose", "names", "found"), MENTIONS)
def test_names_that_are_written_out(prose: str, names: list[str], found: list[str]) -> None:
    assert [name for name, _, _ in mentions(prose, names)] == found
