"""What lies on the table: coffees offered before are pointed at, compared and chosen, and why another is out."""

from uuid import UUID, uuid4

import pytest

from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.turn import Considered, Delta, Event, Pick, Question
from coffeebot.services.why_not import WhyNot
from coffeebot.wiring import Services


async def hold(services: Services, *messages: str) -> list[list[Event]]:
    shopper: UUID = uuid4()
    conversation = await services.conversations.create(shopper)
    turns = []
    for message in messages:
        reply = await services.replies.start(conversation, message, shopper_id=shopper)
        turns.append([event async for event in services.replies.events(reply, conversation_id=conversation)])
    return turns


def names(events: list[Event]) -> list[str]:
    return [event.coffee_name for event in events if isinstance(event, Pick)]


def prose(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


async def test_places_count_what_was_offered_last(starter_services: Services) -> None:
    offered, compared, told, chosen = await hold(
        starter_services, "fruity for my V60", "the first or the third?", "tell me more about the second", "I'll take the third"
    )
    first, second, third = names(offered)
    assert names(compared) == [first, third] and names(told) == [second] and names(chosen) == [third]


async def test_speaking_of_what_was_offered_looks_at_no_shelf_and_asks_nothing(starter_services: Services) -> None:
    _, compared, why = await hold(starter_services, "chocolate", "which is sweeter?", "why this one?")
    for events in (compared, why):
        assert not [event for event in events if isinstance(event, Considered | Question)]


async def test_it_is_the_coffee_spoken_of_last(starter_services: Services) -> None:
    offered, _, chosen = await hold(starter_services, "chocolate", "tell me more about the second", "I'll take it")
    assert names(chosen) == [names(offered)[1]]


async def test_why_not_a_coffee_that_was_never_offered(starter_services: Services) -> None:
    _, told = await hold(starter_services, "decaf with chocolate", "why not Midnight Jam?")
    assert "**Midnight Jam**" in prose(told) and "caffeine" in prose(told) and "Midnight Jam" not in names(told)


async def test_why_not_changes_no_wish(starter_services: Services) -> None:
    _, told, after = await hold(starter_services, "berries, no grapefruit", "why not a Kenyan?", "what else do you have?")
    assert "grapefruit" in prose(told) and names(after)


@pytest.mark.parametrize(
    ("traits", "broken", "unknown"),
    [
        ((Trait(Facet.DECAF, "decaf"), Trait(Facet.ORIGIN, "Ethiopia")), ["decaf"], []),
        ((Trait(Facet.FLAVOUR, "berry", Polarity.AVOID),), ["berry"], []),
        ((Trait(Facet.FLAG, "organic"),), [], ["organic"]),
        ((Trait(Facet.PROCESS, "natural"), Trait(Facet.BREW_METHOD, "v60", Polarity.WANT, 1)), [], []),
    ],
)
async def test_a_coffee_against_every_must(
    starter_services: Services, traits: tuple[Trait, ...], broken: list[str], unknown: list[str]
) -> None:
    services = starter_services
    why_not = WhyNot(services.database, services.retrieval, services.settings.exchange_rates)
    coffee = await why_not._called("Midnite Jam")
    assert coffee is not None
    verdict = await why_not.verdict(coffee, traits)
    assert [t.value for t in verdict.broken] == broken and [t.value for t in verdict.unknown] == unknown
    assert (verdict.place > 0) == verdict.fits
