"""Superlatives, comparatives and likeness, all the way to the counter."""

from uuid import uuid4

from coffeebot.domain.degree import Degree
from coffeebot.domain.speech.foreign import UNDERSTOOD
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.turn import Delta, Event, Pick
from coffeebot.wiring import Services
from tests.services.test_conversation import turn


def prose(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


def picks(events: list[Event]) -> list[Pick]:
    return [event for event in events if isinstance(event, Pick)]


async def test_something_rounder_is_none_of_those_and_measured_against_them(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, before = await turn(starter_services, "washed and bright, for a Chemex", shopper=shopper)
    _, after = await turn(starter_services, "something rounder", shopper=shopper, conversation=conversation)
    first, second = ({pick.id for pick in picks(events)} for events in (before, after))
    assert second and not first & second
    assert "further" in prose(after) or "leaning" in prose(after)


async def test_like_the_second_but_decaf(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, before = await turn(starter_services, "something with chocolate", shopper=shopper)
    measure = picks(before)[1]
    _, after = await turn(starter_services, "like the second but decaf", shopper=shopper, conversation=conversation)
    assert picks(after) and measure.id not in {pick.id for pick in picks(after)}
    assert f"**{measure.coffee_name}**" in prose(after)
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    assert {(line.facet, line.value) for line in view.traits} == {("flavour", "chocolate"), ("decaf", "decaf")}


async def test_what_strong_means_is_said_once_and_ranks_the_roast(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, first = await turn(starter_services, "what is your strongest coffee?", shopper=shopper)
    assert "weight and a darker roast" in prose(first) and "caffeine" in prose(first)
    assert {pick.roast for pick in picks(first)} <= {"Medium-Dark", "Dark"}
    _, second = await turn(starter_services, "anything stronger?", shopper=shopper, conversation=conversation)
    assert "caffeine" not in prose(second) and not {p.id for p in picks(first)} & {p.id for p in picks(second)}
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    assert [(line.facet, line.value) for line in view.traits] == [("body", "full")]


async def test_a_superlative_claims_no_more_than_the_roasters_write(starter_services: Services) -> None:
    _, sweetest = await turn(starter_services, "the sweetest you have", shopper=uuid4())
    _, nuttiest = await turn(starter_services, "your nuttiest, please", shopper=uuid4())
    assert "roaster" in prose(sweetest) and "No roaster ranks them" in prose(nuttiest)


async def test_who_speaks_another_language_is_told_so_once_in_it(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, first = await turn(starter_services, "algo afrutado para mi V60, por favor", shopper=shopper)
    _, second = await turn(starter_services, "nada de tueste oscuro, por favor", shopper=shopper, conversation=conversation)
    assert prose(first).startswith(UNDERSTOOD["es"]) and UNDERSTOOD["es"] not in prose(second)
    _, english = await turn(starter_services, "something fruity for my V60", shopper=uuid4())
    assert not any(told in prose(english) for told in UNDERSTOOD.values())


def test_the_side_that_a_degree_is_measured_by() -> None:
    full, nutty = (Trait(Facet.BODY, "full", Polarity.WANT, 1, "strongest"), Trait(Facet.FLAVOUR, "nutty", evidence="nuttiest"))
    assert Degree(full, "strongest", most=True).aspect == "fuller" and Degree(nutty, "nuttiest", most=True).aspect == ""


async def test_it_is_what_was_offered_and_not_its_measure(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await turn(starter_services, "something with chocolate", shopper=shopper)
    _, offered = await turn(starter_services, "like the second but washed", shopper=shopper, conversation=conversation)
    _, taken = await turn(starter_services, "I'll take it", shopper=shopper, conversation=conversation)
    assert [pick.id for pick in picks(taken)] == [picks(offered)[0].id]
