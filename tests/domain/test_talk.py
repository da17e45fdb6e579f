"""What is said of coffees on the table: a table of messages, what they are after, and what they point at."""

import pytest

from coffeebot.domain.message import Intent
from coffeebot.domain.reference import LAST, Reference
from coffeebot.domain.taste import Facet, ProfileChange
from coffeebot.domain.understanding import understand

OFFERED = ("Midnight Jam", "Red Umbrella", "Two O'Clock Peach")
FIRST, SECOND, THIRD = (Reference(place=n) for n in (1, 2, 3))
THESE, IT = Reference(several=True), Reference()


@pytest.mark.parametrize(
    ("message", "intent", "references"),
    [
        ("the first or the second?", Intent.COMPARE, (FIRST, SECOND)),
        ("compare #1 and #3", Intent.COMPARE, (FIRST, THIRD)),
        ("Midnight Jam or Red Umbrela?", Intent.COMPARE, (Reference(name="Midnight Jam"), Reference(name="Red Umbrella"))),
        ("which of them is sweeter?", Intent.COMPARE, (THESE,)),
        ("which one would you take?", Intent.COMPARE, (THESE,)),
        ("一つ目と二つ目の違いは？", Intent.COMPARE, (FIRST, SECOND)),
        ("どれが一番安いですか？", Intent.COMPARE, (THESE,)),
        ("why this one?", Intent.WHY, (IT,)),
        ("why did you pick the second?", Intent.WHY, (SECOND,)),
        ("why these three?", Intent.WHY, (THESE,)),
        ("なぜ一つ目を選んだのですか？", Intent.WHY, (FIRST,)),
        ("why not Drift Ice?", Intent.WHY_NOT, (Reference(name="Drift Ice"),)),
        ("tell me more about the second", Intent.TELL, (SECOND,)),
        ("and the third?", Intent.TELL, (THIRD,)),
        ("is it any good with milk?", Intent.TELL, (IT,)),
        ("二番目について詳しく教えてください", Intent.TELL, (SECOND,)),
        ("I'll take the first", Intent.CHOSEN, (FIRST,)),
        ("the last one it is", Intent.CHOSEN, (Reference(place=LAST),)),
        ("I'll go with it, thanks", Intent.CHOSEN, (IT,)),
        ("二つ目にします", Intent.CHOSEN, (SECOND,)),
        ("二つ目がおいしそうですね", Intent.CHOSEN, (SECOND,)),
        ("the second one sounds nice", Intent.CHOSEN, (SECOND,)),
        ("the first looks really good", Intent.CHOSEN, (FIRST,)),
        ("the second please", Intent.CHOSEN, (SECOND,)),
        ("how do I brew the second?", Intent.ASK, (SECOND,)),
        ("compare Red Umbrella and First Swallow", Intent.COMPARE, (Reference(name="Red Umbrella"), Reference(name="First Swallow"))),
        ("which of those two has more body?", Intent.COMPARE, (Reference(several=True, two=True),)),
        ("いくらですか？", Intent.TELL, (IT,)),
        ("the cheapest of those?", Intent.COMPARE, (THESE,)),
        ("compare the first two", Intent.COMPARE, (FIRST, SECOND)),
        ("what about the last two?", Intent.TELL, (SECOND, THIRD)),
        ("最初の二つの違いは？", Intent.COMPARE, (FIRST, SECOND)),
    ],
)
def test_what_is_meant(message: str, intent: Intent, references: tuple[Reference, ...]) -> None:
    understood = understand(message, offered=OFFERED)
    assert (understood.intent, understood.references, understood.change) == (intent, references, ProfileChange())


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("why not the Kenyan one?", {"Kenya"}),
        ("why no naturals?", {"natural"}),
        ("tell me about the washed one", {"washed"}),
        ("what's the difference between the two Ethiopians?", {"Ethiopia"}),
        ("ケニアのはなぜだめですか？", {"Kenya"}),
    ],
)
def test_a_coffee_is_pointed_at_by_what_it_is(message: str, values: set[str]) -> None:
    (reference,) = understand(message, offered=OFFERED).references
    assert {trait.value for trait in reference.traits} == values


def test_a_kenyan_that_was_shown_before_may_be_asked_after() -> None:
    assert understand("why not the Kenyan you showed before?").intent is Intent.WHY_NOT


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("which is the cheapest?", "cheaper"),
        ("which one is roasted lighter?", "lighter"),
        ("which has the least acidity?", "gentler"),
        ("which of these is fuller?", "fuller"),
        ("どちらが甘いですか？", "sweeter"),
    ],
)
def test_the_side_that_is_compared(message: str, aspect: str) -> None:
    assert understand(message, offered=OFFERED).topic == aspect


@pytest.mark.parametrize(
    ("message", "matter"),
    [
        ("is the second washed?", (Facet.PROCESS, "washed")),
        ("is it any good with milk?", (Facet.MILK, "milk")),
        ("which is better for a moka pot?", (Facet.BREW_METHOD, "moka")),
    ],
)
def test_what_is_asked_about_them(message: str, matter: tuple[Facet, str]) -> None:
    assert matter in {(trait.facet, trait.value) for trait in understand(message, offered=OFFERED).matters}


@pytest.mark.parametrize(
    "message",
    [
        "like the second but decaf",
        "I'll take the second but decaf",
        "something like the first, cheaper",
        "why not something fruity?",
        "cheaper",
    ],
)
def test_a_coffee_that_is_only_a_measure_is_a_wish(message: str) -> None:
    assert understand(message, offered=OFFERED).intent in (Intent.RECOMMEND, Intent.MORE)


@pytest.mark.parametrize("message", ["the first or the second?", "why this one?", "tell me more about it", "I'll take the first"])
def test_before_anything_is_offered_nothing_is_pointed_at(message: str) -> None:
    assert understand(message).references == ()


@pytest.mark.parametrize("message", ["something else", "no thanks, something completely different"])
def test_other_coffees_are_asked_for(message: str) -> None:
    understood = understand(message, offered=OFFERED)
    assert understood.intent is Intent.MORE and not understood.change.add


def test_that_may_be_the_measure() -> None:
    understood = understand("something like that but cheaper", offered=OFFERED)
    assert understood.like and understood.references == (IT,)
    assert not understand("around 20 dollars or something like that", offered=OFFERED).like
