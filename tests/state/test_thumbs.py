"""Thumbs through the state that the page uses."""

from uuid import UUID, uuid4

import reflex as rx

from coffeebot.state.notice import Notice
from coffeebot.state.thumbs import Thumb, Thumbs
from tests.fakes import Services
from tests.state.test_talking import hear, load, say
from tests.tabs import new_tab


async def answered(tab: rx.State) -> tuple[Thumbs, str]:
    await say(tab, "jam")
    return await tab.get_state(Thumbs), (await hear(tab)).id


async def test_a_press_is_kept_and_another_takes_it_back(services: Services, tab: rx.State) -> None:
    thumbs, answer = await answered(tab)
    await Thumbs.press.fn(thumbs, answer, "up")
    assert thumbs.given == {answer: Thumb("up")} and thumbs.asking == answer
    await Thumbs.press.fn(thumbs, answer, "up")
    assert thumbs.given == {} and thumbs.asking == "" and not services.conversations.opinions


async def test_the_other_thumb_takes_over_without_the_old_reason(tab: rx.State) -> None:
    thumbs, answer = await answered(tab)
    await Thumbs.press.fn(thumbs, answer, "up")
    await Thumbs.because.fn(thumbs, answer, "clear")
    assert thumbs.given[answer].reason == "clear"
    await Thumbs.press.fn(thumbs, answer, "down")
    assert thumbs.given[answer] == Thumb("down")
    await Thumbs.because.fn(thumbs, answer, "clear")
    assert thumbs.given[answer] == Thumb("down"), "a reason of the other thumb is none"
    assert "not on the list" in (await tab.get_state(Notice)).text


async def test_a_reason_can_be_taken_off_and_words_stay(tab: rx.State) -> None:
    thumbs, answer = await answered(tab)
    await Thumbs.press.fn(thumbs, answer, "down")
    await Thumbs.because.fn(thumbs, answer, "long")
    await Thumbs.tell.fn(thumbs, {"answer": answer, "comment": " half would do "})
    assert thumbs.given[answer] == Thumb("down", "long", "half would do") and thumbs.asking == ""
    await Thumbs.because.fn(thumbs, answer, "long")
    assert thumbs.given[answer] == Thumb("down", "", "half would do")


async def test_words_that_are_too_long_are_refused(tab: rx.State) -> None:
    thumbs, answer = await answered(tab)
    await Thumbs.press.fn(thumbs, answer, "down")
    await Thumbs.tell.fn(thumbs, {"answer": answer, "comment": "x" * 301})
    assert thumbs.given[answer].comment == "" and "Shorten it" in (await tab.get_state(Notice)).text


async def test_a_new_tab_knows_of_it(tab: rx.State, shopper: UUID) -> None:
    thumbs, answer = await answered(tab)
    await Thumbs.press.fn(thumbs, answer, "down")
    other = new_tab(shopper)
    await load(other)
    assert (await other.get_state(Thumbs)).given == {answer: Thumb("down")}


async def test_a_stranger_is_turned_away(services: Services, tab: rx.State) -> None:
    _, answer = await answered(tab)
    other = new_tab(uuid4())
    stranger = await other.get_state(Thumbs)
    await Thumbs.press.fn(stranger, answer, "down")
    assert not stranger.given and not services.conversations.opinions
    assert (await other.get_state(Notice)).text == "There is no such conversation."
