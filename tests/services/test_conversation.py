"""A turn's record: what was shown, and what stood in the way."""

from decimal import Decimal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.coffee import from_minor
from coffeebot.domain.turn import Event as TurnEvent
from coffeebot.domain.turn import Pick, Profile
from coffeebot.domain.units import BAG
from coffeebot.models import Event
from coffeebot.wiring import Services


async def turn(services: Services, message: str, *, shopper: UUID, conversation: str | None = None) -> tuple[str, list[TurnEvent]]:
    conversation = conversation or await services.conversations.create(shopper)
    reply = await services.replies.start(conversation, message, shopper_id=shopper)
    return conversation, [event async for event in services.replies.events(reply, conversation_id=conversation)]


async def recorded(services: Services, conversation: str) -> list[Event]:
    async with services.database.session() as session:
        return list((await session.scalars(sa.select(Event).where(col(Event.conversation_id) == conversation))).all())


async def test_what_was_shown_is_noted(starter_services: Services) -> None:
    conversation, events = await turn(starter_services, "something nutty", shopper=uuid4())
    shown = {event.id for event in events if isinstance(event, Pick)}
    noted = await recorded(starter_services, conversation)
    assert shown and {event.coffee_id for event in noted} == shown and {event.kind for event in noted} == {"shown"}


async def test_what_stood_in_the_way_is_noted_and_no_message_text(starter_services: Services) -> None:
    conversation, events = await turn(starter_services, "my dear, a decaf natural from Yemen under $2 per 100 g", shopper=uuid4())
    assert not [event for event in events if isinstance(event, Pick)]
    (noted,) = await recorded(starter_services, conversation)
    assert noted.kind == "nothing_fitted" and {"Decaf", "From Yemen", "Natural process"} <= set(noted.musts)
    assert "dear" not in str(noted.musts)


async def test_a_coffee_asked_for_by_name_comes_first_and_makes_no_wishes(starter_services: Services) -> None:
    _, events = await turn(starter_services, "Midnite Jam", shopper=uuid4())
    first = next(event for event in events if isinstance(event, Pick))
    assert first.coffee_name == "Midnight Jam"
    assert next(event for event in events if isinstance(event, Profile)).traits == ()


async def test_more_shows_others(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, before = await turn(starter_services, "something fruity", shopper=shopper)
    _, after = await turn(starter_services, "what else do you have?", shopper=shopper, conversation=conversation)
    first, second = ({event.id for event in events if isinstance(event, Pick)} for events in (before, after))
    assert len(first) == len(second) == 3 and not first & second


async def test_a_complaint_is_about_the_coffee_just_offered(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, before = await turn(starter_services, "something fruity", shopper=shopper)
    _, after = await turn(starter_services, "That's over my budget.", shopper=shopper, conversation=conversation)
    first, others = ([event for event in events if isinstance(event, Pick)] for events in (before, after))
    (line,) = (line for event in after if isinstance(event, Profile) for line in event.traits if line.facet == "budget")
    price = first[0].price
    assert line.evidence == "over my budget" and line.amount and price
    assert line.amount < from_minor(price.amount_minor, price.currency) and line.currency == price.currency
    assert others and not {pick.id for pick in first} & {pick.id for pick in others}


async def test_the_cheapest_is_a_limit_that_little_keeps(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, before = await turn(starter_services, "something fruity for at most $30 a bag", shopper=shopper)
    _, after = await turn(starter_services, "what's the cheapest you have?", shopper=shopper, conversation=conversation)
    (limit,) = (line for event in after if isinstance(event, Profile) for line in event.traits if line.facet == "budget")
    assert (limit.evidence, limit.value, limit.currency) == ("cheapest", "max", "USD") and limit.amount and limit.amount < 30
    first, second = ([_bag(starter_services, event) for event in events if isinstance(event, Pick)] for events in (before, after))
    assert len(second) == 3 and max(second) <= limit.amount * Decimal("1.001") and min(second) <= min(first)


def _bag(services: Services, pick: Pick) -> Decimal:
    """Dollars for 12 oz."""
    assert pick.price
    dollars = from_minor(pick.price.amount_minor, pick.price.currency) * services.settings.exchange_rates[pick.price.currency]
    return dollars * BAG / Decimal(str(pick.price.grams))
