"""The house's own sentences: the same in every language, and what they suggest is understood."""

from decimal import Decimal
from string import Formatter

import pytest

from coffeebot.domain.speech import PHRASES, listed, say
from coffeebot.domain.taste import Facet, Trait, apply
from coffeebot.domain.understanding import understand

HARD = [
    Trait(Facet.FLAVOUR, "berry"),
    Trait(Facet.NOTE, "blueberry"),
    Trait(Facet.ORIGIN, "Kenya"),
    Trait(Facet.REGION, "nyeri"),
    Trait(Facet.PROCESS, "washed"),
    Trait(Facet.VARIETY, "sl28"),
    Trait(Facet.ROAST, "Light"),
    Trait(Facet.BUDGET, "max", amount=Decimal(20), currency="USD", grams=Decimal(340)),
    Trait(Facet.SCORE, "min", amount=Decimal(95)),
    Trait(Facet.DECAF, "decaf"),
    Trait(Facet.ACIDITY, "low"),
    Trait(Facet.BODY, "full"),
    Trait(Facet.SWEETNESS, "high"),
]


def fields(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def test_every_language_says_the_same_things() -> None:
    assert set(PHRASES["ja"]) == set(PHRASES["en"])
    for key, wordings in PHRASES["en"].items():
        known = set.union(*map(fields, wordings)) | {"number", "Number", "roast", "Roast", "value", "Value"}
        assert set.union(*map(fields, PHRASES["ja"][key])) <= known, key


@pytest.mark.parametrize("language", list(PHRASES))
@pytest.mark.parametrize("facet", list(Facet))
def test_every_facet_has_a_name(facet: Facet, language: str) -> None:
    assert say(f"facet.{facet}", language)


@pytest.mark.parametrize("language", list(PHRASES))
@pytest.mark.parametrize("trait", HARD, ids=lambda trait: trait.facet)
def test_what_is_offered_to_be_forgotten_is_forgotten(trait: Trait, language: str) -> None:
    told = say("follow.forget", language, facet=say(f"facet.{trait.facet}", language))
    assert apply((trait,), understand(told, profile=(trait,)).change) == ()


def test_lists() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
