"""A reply that broke off goes on: word for word after the house's own beginning, with what is left after another's."""

from dataclasses import replace

import pytest

from coffeebot.domain.message import Intent, Understanding
from coffeebot.providers.llm.base import Context
from coffeebot.providers.llm.house.voice import Voice
from tests.providers.test_house import THREE, context, speak


def shown(prose: str, told: Context) -> str:
    return Voice(told).named(prose)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_house_goes_on_from_any_place_in_its_own_words(language: str) -> None:
    told = context(understanding=Understanding(language=language))
    whole, _ = await speak(told)
    full = shown(whole, told)
    for cut in range(1, len(full), 7):
        rest, _ = await speak(replace(told, resume=full[:cut]))
        assert full[:cut] + shown(rest, told) == full


async def test_after_anothers_beginning_only_what_is_left_is_said() -> None:
    rest, _ = await speak(context(resume="For a V60 I would take **Lantern Hill**, which keeps its"))
    assert rest.startswith("\n\n") and "[[c1]]" not in rest and "[[c2]]" in rest and "[[c3]]" in rest


async def test_when_all_were_named_it_comes_to_an_end() -> None:
    named = " ".join(f"**{coffee.name}**" for coffee in THREE)
    rest, after = await speak(context(resume=f"Three of them: {named}, and"))
    assert rest.startswith("\n\n") and "[[" not in rest and after


async def test_an_answer_goes_on_too() -> None:
    told = context(understanding=Understanding(intent=Intent.ASK, topic="storage"))
    whole, _ = await speak(told)
    rest, _ = await speak(replace(told, resume=whole[:60]))
    assert whole[:60] + rest == whole
