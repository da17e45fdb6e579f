"""Striking lines off the taste card."""

from uuid import UUID, uuid4

import pytest

from coffeebot.domain.errors import NotFound
from coffeebot.wiring import Services


async def spoken(services: Services, *messages: str, shopper: UUID) -> str:
    conversation = await services.conversations.create(shopper)
    for message in messages:
        reply = await services.replies.start(conversation, message, shopper_id=shopper)
        async for _ in services.replies.events(reply, conversation_id=conversation):
            pass
    return conversation


async def test_what_the_same_words_wrote_goes_together(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "fruity, nothing dark", shopper=shopper)
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    dark = [line for line in view.traits if line.facet == "roast"]
    assert len(dark) == 2
    left = await starter_services.profile.remove(dark[0].id, shopper_id=shopper, conversation_id=conversation)
    assert [line.facet for line in left] == ["flavour"]
    counted = await starter_services.profile.fitting(conversation, shopper_id=shopper)
    assert counted.count > view.fitting


async def test_nobody_strikes_somebody_elses_line(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "washed please", shopper=shopper)
    line = (await starter_services.conversations.open(conversation, shopper_id=shopper)).traits[0]
    with pytest.raises(NotFound):
        await starter_services.profile.remove(line.id, shopper_id=uuid4(), conversation_id=conversation)
    other = uuid4()
    with pytest.raises(NotFound):
        mine = await spoken(starter_services, "hello", shopper=other)
        await starter_services.profile.remove(line.id, shopper_id=other, conversation_id=mine)


async def test_a_new_conversation_knows_how_one_brews_and_what_one_avoids_and_no_old_limit(starter_services: Services) -> None:
    shopper = uuid4()
    await spoken(starter_services, "under $20 a bag for my V60, no floral coffee", shopper=shopper)
    fresh = await spoken(starter_services, "something nutty", shopper=shopper)
    view = await starter_services.conversations.open(fresh, shopper_id=shopper)
    assert {(line.facet, line.value) for line in view.traits} == {("brew_method", "v60"), ("flavour", "floral"), ("flavour", "nutty")}
