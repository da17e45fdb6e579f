"""The house barista on coffees that lie on the table: what differs, why they are there, why another is not."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from coffeebot.domain.message import Intent, Understanding
from coffeebot.domain.query import Candidate, Matches
from coffeebot.domain.ranking import Leaning
from coffeebot.domain.reference import Reference
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.turn import Question
from coffeebot.domain.verdict import Verdict
from coffeebot.providers.llm.base import Context, Said
from coffeebot.providers.llm.house import HouseBarista
from tests.builders import candidate

JAM = candidate("Lantern Hill", acidity="medium", body="medium", sweetness="high", varieties=("sl28",))
BRIGHT = candidate(
    "Nine Wells", processes=("washed",), origins=("Kenya",), regions=("kiambu",), notes=("blackcurrant", "grapefruit"),
    families=("berry", "citrus"), acidity="high", body="light", sweetness="medium", price_per_100g_minor=760,
)  # fmt: skip
PRICES = {JAM.id: Decimal("6.4"), BRIGHT.id: Decimal("7.6")}
FRUITY = Trait(Facet.FLAVOUR, "fruity", evidence="fruity")
V60 = Trait(Facet.BREW_METHOD, "v60", Polarity.WANT, 1, evidence="V60")


async def say(
    intent: Intent, *about: Candidate, topic: str = "", matters: tuple[Trait, ...] = (), **changes: Any
) -> tuple[str, list[object]]:
    language = changes.pop("language", "en")
    told = Context(
        message="",
        understanding=Understanding(intent=intent, topic=topic, matters=matters, language=language, references=(Reference(),)),
        profile=changes.pop("profile", (FRUITY, V60)),
        matches=changes.pop("matches", Matches(candidates=about, count=0, unknown=0)),
        coffees=80,
        about=about,
        prices=PRICES,
        **changes,
    )
    speech = [s async for s in HouseBarista(words_per_second=0).reply(told)]
    prose = "".join(s.text for s in speech if isinstance(s, Said))
    return prose, [s for s in speech if not isinstance(s, Said)]


def proper(prose: str) -> bool:
    return 20 <= len(prose.split()) <= 120 and not re.search(r"!|\bthe best\b|tasted", prose)


async def test_two_are_set_side_by_side_by_what_differs() -> None:
    prose, rest = await say(Intent.COMPARE, JAM, BRIGHT)
    assert "[[c1]]" in prose and "[[c2]]" in prose and "sweeter" in prose and proper(prose)
    assert not any(isinstance(s, Question) for s in rest) and "?" not in prose


@pytest.mark.parametrize(
    ("aspect", "winner", "word"),
    [("sweeter", "c1", "sweet"), ("brighter", "c2", "acidity"), ("cheaper", "c1", r"\$6\.40"), ("fuller", "c1", "body")],
)
async def test_the_one_that_has_more_of_it_is_named_first(aspect: str, winner: str, word: str) -> None:
    prose, _ = await say(Intent.COMPARE, JAM, BRIGHT, topic=aspect)
    assert re.search(r"\[\[(c\d)\]\]", prose)[1] == winner and re.search(word, prose)  # type: ignore[index]


async def test_what_nobody_states_is_not_guessed() -> None:
    silent = [replace(coffee, sweetness=None) for coffee in (JAM, BRIGHT)]
    prose, _ = await say(Intent.COMPARE, *silent, topic="sweeter")
    assert re.search("do not say|states that", prose)


async def test_which_of_them_is_washed() -> None:
    prose, _ = await say(Intent.COMPARE, JAM, BRIGHT, matters=(Trait(Facet.PROCESS, "washed"),))
    assert re.search(r"\[\[c2\]\][^.]*washed", prose)


async def test_reasons_quote_the_shopper() -> None:
    prose, _ = await say(Intent.WHY, JAM)
    assert "“fruity”" in prose and "“V60”" in prose and "blueberry" in prose and "c1" in prose


async def test_without_a_word_of_the_shoppers_there_is_no_reason_to_claim() -> None:
    prose, _ = await say(Intent.WHY, JAM, BRIGHT, profile=())
    assert "little" in prose and "“" not in prose and proper(prose)


async def test_the_must_that_is_broken_is_named_with_the_fact_that_breaks_it() -> None:
    no_citrus = Trait(Facet.FLAVOUR, "citrus", Polarity.AVOID, evidence="no citrus")
    matches = Matches(candidates=(JAM,), count=1, unknown=0)
    prose, _ = await say(Intent.WHY_NOT, verdict=Verdict(BRIGHT, broken=(no_citrus,)), matches=matches)
    assert "**Nine Wells**" in prose and "No citrus" in prose and "grapefruit" in prose and "[[c1]]" in prose and proper(prose)


async def test_a_limit_is_told_in_the_same_measure_as_the_price() -> None:
    cheap = Trait(Facet.BUDGET, "max", amount=Decimal(20), currency="USD", grams=Decimal(340), evidence="under $20")
    prose, _ = await say(Intent.WHY_NOT, verdict=Verdict(BRIGHT, broken=(cheap,)), matches=Matches((JAM,), 1, 0))
    assert "$7.60 per 100 g" in prose and "$5.88" in prose


async def test_an_unstated_fact_is_called_unstated() -> None:
    decaf = Trait(Facet.DECAF, "decaf", evidence="decaf")
    prose, _ = await say(Intent.WHY_NOT, verdict=Verdict(replace(BRIGHT, decaf=None), unknown=(decaf,)), matches=Matches((JAM,), 1, 0))
    assert "Decaf" in prose and re.search("does not state|cannot tell", prose)


async def test_a_coffee_that_fits_is_not_called_unfit() -> None:
    verdict = Verdict(BRIGHT, lacking=(Leaning(Facet.BODY, "full", 0.4),), place=7)
    prose, _ = await say(Intent.WHY_NOT, verdict=verdict, matches=Matches((JAM, BRIGHT), 2, 0))
    assert "number 7" in prose and "full body" in prose and "[[c2]]" in prose


async def test_what_the_shelf_does_not_have() -> None:
    prose, _ = await say(Intent.WHY_NOT, verdict=Verdict(None, asked=(Trait(Facet.ORIGIN, "Nepal"),)), matches=Matches((JAM,), 1, 0))
    assert "from Nepal" in prose and "[[c1]]" in prose


async def test_all_that_is_stated_of_one() -> None:
    prose, _ = await say(Intent.TELL, JAM)
    assert all(word in prose for word in ("natural", "Guji", "blueberry", "SL28", "Porch Light Roasters")) and proper(prose)


@pytest.mark.parametrize(
    ("matter", "word"),
    [
        (Trait(Facet.PROCESS, "washed"), "No"),
        (Trait(Facet.PROCESS, "natural"), "[Yy]es"),
        (Trait(Facet.FLAG, "organic"), "silent|not stated"),
    ],
)
async def test_a_question_about_one_is_answered_first(matter: Trait, word: str) -> None:
    prose, _ = await say(Intent.TELL, JAM, matters=(matter,))
    assert re.match(rf".{{0,40}}(?:{word})", prose)


async def test_the_chosen_one_comes_with_its_recipe_and_no_question() -> None:
    prose, rest = await say(Intent.CHOSEN, JAM)
    assert "[[c1]]" in prose and "15 g" in prose and "V60" in prose and "?" not in prose and rest == []


@pytest.mark.parametrize("intent", [Intent.COMPARE, Intent.WHY, Intent.TELL, Intent.CHOSEN, Intent.WHY_NOT])
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_pointing_at_nothing_is_asked_after(intent: Intent, language: str) -> None:
    prose, _ = await say(intent, language=language, profile=())
    assert len(prose) > 20 and "[[" not in prose


@pytest.mark.parametrize("intent", [Intent.COMPARE, Intent.WHY, Intent.TELL, Intent.CHOSEN])
async def test_japanese_stays_japanese(intent: Intent) -> None:
    prose, _ = await say(intent, JAM, BRIGHT, language="ja")
    assert re.search("です|ます|ください", prose) and not re.search(r"\b(?:the|with|blueberry|grapefruit)\b", prose)
