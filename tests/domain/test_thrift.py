"""The wish for whatever costs least."""

import pytest

from coffeebot.domain.message import Intent
from coffeebot.domain.understanding import understand


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("the cheapest you have", "cheapest"),
        ("What is your least expensive decaf?", "least expensive"),
        ("the most affordable Kenyan", "most affordable"),
        ("一番安いのをください", "一番安い"),
        ("lo más barato, por favor", "lo más barato"),
        ("le moins cher", "le moins cher"),
        ("den günstigsten Kaffee", "günstigsten"),
        ("가장 싼 커피", "가장 싼"),
    ],
)
def test_it_is_heard_with_its_words(message: str, words: str) -> None:
    assert understand(message).cheapest == words


@pytest.mark.parametrize(
    "message",
    [
        "not the cheapest, please",
        "something cheaper",
        "the cheapest under $15",
        "a cheap joke",
        "algo más barato",
        "the best you have",
        "安い",
    ],
)
def test_other_talk_of_prices_is_something_else(message: str) -> None:
    assert understand(message).cheapest == ""


def test_of_coffees_on_the_table_it_points_at_one() -> None:
    understood = understand("I'll take the cheapest one", offered=("Midnight Jam", "Two Rivers Blend"))
    assert understood.cheapest == "" and understood.intent is Intent.CHOSEN
