"""The house barista: what it says, and what it never does."""

import re
from decimal import Decimal

import pytest

from coffeebot.domain.message import Intent, Understanding
from coffeebot.domain.query import Matches, Relaxation
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.turn import Choice, Followups, Question
from coffeebot.providers.llm.base import Context, Said
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.providers.llm.knowledge import answer, topics
from tests.builders import candidate

THREE = (
    candidate("Lantern Hill"),
    candidate(
        "Nine Wells",
        processes=("washed",),
        origins=("Kenya",),
        regions=("kiambu",),
        notes=("blackcurrant", "grapefruit"),
        families=("berry", "citrus"),
    ),
    candidate("Porch Light", roast="Medium", origins=("Colombia",), regions=(), notes=("peach", "honey"), families=("stone_fruit",)),
)
FRUITY = Trait(Facet.FLAVOUR, "fruity", evidence="fruity")
BUDGET = Trait(Facet.BUDGET, "max", amount=Decimal(20), currency="USD", grams=Decimal("340.2"), evidence="under $20")
QUESTION = Question(facet="roast", text="How far?", choices=(Choice("Light", 2),), left=38, left_if=9)


def context(**changes: object) -> Context:
    usual: dict[str, object] = {
        "message": "fruity please",
        "understanding": Understanding(),
        "profile": (FRUITY, BUDGET),
        "matches": Matches(candidates=THREE, count=38, unknown=12),
        "question": QUESTION,
        "coffees": 82,
    }
    return Context(**{**usual, **changes})  # type: ignore[arg-type]


async def speak(told: Context) -> tuple[str, list[object]]:
    speech = [s async for s in HouseBarista(words_per_second=0).reply(told)]
    prose = "".join(s.text for s in speech if isinstance(s, Said))
    return prose, [s for s in speech if not isinstance(s, Said)]


async def test_picks_first_then_one_question_then_ways_to_go_on() -> None:
    prose, rest = await speak(context())
    assert re.findall(r"\[\[c\d\]\]", prose) == ["[[c1]]", "[[c2]]", "[[c3]]"]
    assert rest[0] == QUESTION and isinstance(rest[1], Followups) and len(rest) == 2
    assert 20 <= len(prose.split()) <= 120
    assert "fruit" in prose and "$20" in prose and "!" not in prose


async def test_says_only_what_the_facts_support() -> None:
    prose, _ = await speak(context())
    known = " ".join(" ".join((*c.notes, *c.origins, *c.processes)) for c in THREE)
    for note in ("blackcurrant", "grapefruit", "blueberry", "peach"):
        assert note in prose and note in known
    assert not re.search(r"best|fresh|tasted", prose)


@pytest.mark.parametrize(
    ("hedged", "said", "true"),
    [
        (Trait(Facet.ROAST, "Light", Polarity.WANT, 1), "ree light", False),
        (Trait(Facet.PROCESS, "washed", Polarity.WANT, 1), "ree washed", False),
        (Trait(Facet.FLAVOUR, "citrus", Polarity.AVOID, 1), "without", False),
        (Trait(Facet.FLAVOUR, "nutty", Polarity.AVOID, 1), "without nuts", True),
    ],
)
async def test_above_the_picks_stands_what_is_true_of_all_of_them(hedged: Trait, said: str, true: bool) -> None:
    prose, _ = await speak(context(profile=(FRUITY, hedged)))
    assert (said in prose) is true, prose


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_plain_no_names_the_wish_in_the_way_and_offers_nothing(language: str) -> None:
    relax = (Relaxation(BUDGET, opens=4, nearest=THREE[0]), Relaxation(FRUITY, opens=2, nearest=THREE[1]))
    told = Understanding(language=language)
    prose, rest = await speak(context(matches=Matches(candidates=(), count=0, unknown=0, relax=relax), question=None, understanding=told))
    assert "[[" not in prose and "**Lantern Hill**" in prose and "4" in prose
    assert isinstance(rest[0], Followups)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_plain_no_counts_those_that_do_not_say(language: str) -> None:
    relax = (Relaxation(BUDGET, opens=4, nearest=THREE[0]),)
    told = Understanding(language=language)
    prose, _ = await speak(context(matches=Matches(candidates=(), count=0, unknown=12, relax=relax), question=None, understanding=told))
    assert "12" in prose and "**Lantern Hill**" in prose


@pytest.mark.parametrize("intent", [Intent.THANKS, Intent.OFF_TOPIC, Intent.HOSTILE])
async def test_what_is_not_about_coffee_gets_one_line_and_no_coffee(intent: Intent) -> None:
    prose, rest = await speak(context(understanding=Understanding(intent=intent)))
    assert "[[" not in prose and len(prose.split()) < 40
    assert not any(isinstance(s, Question) for s in rest)


@pytest.mark.parametrize("topic", sorted(topics()))
async def test_bar_questions_get_an_answer_and_no_question_back(topic: str) -> None:
    prose, rest = await speak(context(understanding=Understanding(intent=Intent.ASK, topic=topic)))
    assert prose == answer(topic, "en") and len(prose.split()) <= 120
    assert not any(isinstance(s, Question) for s in rest)


async def test_no_sentence_twice_in_a_conversation() -> None:
    said: list[str] = []
    for turn in range(1, 4):
        prose, _ = await speak(context(turn=turn, said=tuple(said)))
        for number, coffee in enumerate(THREE, start=1):
            prose = prose.replace(f"[[c{number}]]", f"**{coffee.name}**")
        sentences = re.split(r"(?<=\.) ", prose)
        assert not [s for s in sentences if any(s in earlier for earlier in said)]
        said.append(prose)


async def test_an_avoided_flavour_is_said_back() -> None:
    prose, _ = await speak(context(profile=(FRUITY, Trait(Facet.FLAVOUR, "floral", Polarity.AVOID, evidence="no flowers"))))
    assert "without flowers" in prose


async def test_japanese_stays_japanese() -> None:
    prose, _ = await speak(context(understanding=Understanding(language="ja")))
    assert "です" in prose and "[[c3]]" in prose and not re.search(r"\b(the|with|from)\b", prose)


async def test_an_empty_shelf_is_said_so() -> None:
    prose, _ = await speak(context(matches=Matches(candidates=(), count=0, unknown=0), coffees=0, question=None))
    assert "empty" in prose


async def test_no_dead_end_when_no_single_wish_stands_in_the_way() -> None:
    _, rest = await speak(context(matches=Matches(candidates=(), count=0, unknown=0), question=None))
    assert rest == [Followups(("Forget the flavour", "Forget the budget"))]
