"""What is told of a coffee that was drunk before is no wish; what was thought of it hedges."""

import pytest

from coffeebot.domain.taste import Facet, Polarity
from coffeebot.domain.understanding import understand

ORIGIN, ROAST, PROCESS, BREWER, FLAVOUR = Facet.ORIGIN, Facet.ROAST, Facet.PROCESS, Facet.BREW_METHOD, Facet.FLAVOUR


def heard(message: str, *, earlier: tuple[str, ...] = ()) -> set[tuple[Facet, str, Polarity, int]]:
    return {(t.facet, t.value, t.polarity, t.strength) for t in understand(message, earlier=earlier).change.add}


@pytest.mark.parametrize(
    "message",
    [
        "It was a light roast from Kenya",
        "my last bag was a Kenyan",
        "that one was an Ethiopian natural",
        "the coffee we had on holiday was washed, light and floral",
        "I had a Brazilian natural last week",
    ],
)
def test_what_it_was_is_no_wish(message: str) -> None:
    assert heard(message) == set()


def test_what_is_not_of_the_past_counts() -> None:
    assert heard("It was a light roast from Kenya. I use a French press") == {(BREWER, "french_press", Polarity.WANT, 1)}
    assert heard("my last bag was a Kenyan, now something washed") == {(PROCESS, "washed", Polarity.MUST, 2)}
    assert heard("it was Kenyan but I want a Colombian") == {(ORIGIN, "Colombia", Polarity.MUST, 2)}


def test_what_was_liked_is_hedged() -> None:
    assert heard("I had a Kenyan last week and loved it") == {(ORIGIN, "Kenya", Polarity.WANT, 1)}


@pytest.mark.parametrize(
    ("message", "earlier"),
    [("my last bag was a Kenyan and awful", ()), ("it was from Kenya", ("My last coffee was really sour and thin",))],
)
def test_what_was_not_liked_is_rather_avoided(message: str, earlier: tuple[str, ...]) -> None:
    assert heard(message, earlier=earlier) == {(ORIGIN, "Kenya", Polarity.AVOID, 1)}


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("I was looking for a Kenyan", (ORIGIN, "Kenya", Polarity.MUST, 2)),
        ("that was too dark", (ROAST, "Dark", Polarity.AVOID, 2)),
        ("I have had enough of citrus", (FLAVOUR, "citrus", Polarity.AVOID, 2)),
    ],
)
def test_other_words_in_the_past_are_wishes_still(message: str, wish: tuple[Facet, str, Polarity, int]) -> None:
    assert wish in heard(message)


def test_what_it_was_strikes_nothing_off() -> None:
    profile = understand("a Kenyan, please").change.add
    assert understand("my last bag was a Kenyan", profile=profile).change.remove == ()
