"""Changing the taste card by hand."""

from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.turn import TraitLine
from coffeebot.models import Event
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
    assert [line.facet for line in left.lines] == ["flavour"]
    assert (await starter_services.conversations.open(conversation, shopper_id=shopper)).fitting > view.fitting


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


async def lines_of(services: Services, conversation: str, shopper: UUID) -> dict[str, TraitLine]:
    view = await services.conversations.open(conversation, shopper_id=shopper)
    return {line.label: line for line in view.traits}


async def test_a_line_is_written_anew_by_hand_and_no_machine_takes_it_back(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "something fruity", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    fruity = (await lines_of(starter_services, conversation, shopper))["Fruity"]
    changed = await starter_services.profile.edit(fruity.id, value="floral", polarity="want", strength=3, **mine)
    [line] = changed.lines
    assert (line.label, line.polarity, line.strength, line.source) == ("Floral", "want", 3, "shopper")
    reply = await starter_services.replies.start(conversation, "maybe floral, maybe not. forget the floral", shopper_id=shopper)
    async for _ in starter_services.replies.events(reply, conversation_id=conversation):
        pass
    [line] = (await lines_of(starter_services, conversation, shopper)).values()
    assert (line.label, line.polarity, line.strength, line.source) == ("Floral", "want", 3, "shopper")


async def test_the_same_value_keeps_its_words(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "nothing dark", shopper=shopper)
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    changed = await starter_services.profile.edit(
        view.traits[0].id, value="", polarity="avoid", strength=1, shopper_id=shopper, conversation_id=conversation
    )
    assert {(line.value, line.strength, line.evidence) for line in changed.lines} == {
        ("Dark", 1, "nothing dark"),
        ("Medium-Dark", 1, "nothing dark"),
    }


async def test_lines_are_chosen_or_said_in_a_sentence(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "hello", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    await starter_services.profile.add(facet="origin", value="kenya", polarity="must", **mine)
    await starter_services.profile.add(facet="budget", value="€16", polarity="must", **mine)
    await starter_services.profile.add(facet="flavour", value="Floral", polarity="must", **mine)
    changed = await starter_services.profile.write("no floral coffee, I brew with a V60", **mine)
    assert sorted(line.label for line in changed.lines) == ["At most €16 a bag", "From Kenya", "No floral notes", "V60"]
    assert all(line.source == "shopper" for line in changed.lines)


@pytest.mark.parametrize(
    ("facet", "value", "polarity"),
    [("origin", "Atlantis", "must"), ("password", "x", "must"), (None, "x", "must"), ("origin", None, "must"),
     ("origin", "x" * 9000, "must"),
     ("origin", "Kenya", "worship"), ("avoid", "x", "must"), (["origin"], {"a": 1}, 3), ("budget", "cheap", "must")],
)  # fmt: skip
async def test_what_is_no_line_is_refused(starter_services: Services, facet: Any, value: Any, polarity: Any) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "hello", shopper=shopper)
    with pytest.raises(BadInput):
        await starter_services.profile.add(facet=facet, value=value, polarity=polarity, shopper_id=shopper, conversation_id=conversation)
    with pytest.raises(BadInput):
        await starter_services.profile.write(
            value if facet != "origin" else "lovely weather", shopper_id=shopper, conversation_id=conversation
        )
    assert not await lines_of(starter_services, conversation, shopper)


async def test_what_lasts_is_removed_everywhere_and_undo_brings_it_back(starter_services: Services) -> None:
    shopper = uuid4()
    await spoken(starter_services, "V60 every morning", shopper=shopper)
    conversation = await spoken(starter_services, "I brew V60, something nutty", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    v60 = (await lines_of(starter_services, conversation, shopper))["V60"]
    changed = await starter_services.profile.remove(v60.id, **mine)
    assert "V60" not in {line.label for line in changed.lines}
    assert "V60" not in await lines_of(starter_services, conversation, shopper)
    await starter_services.profile.undo(changed.undo, **mine)
    assert "V60" in await lines_of(starter_services, conversation, shopper)


async def test_a_refusal_leaves_an_event_and_needs_cause(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "a washed coffee", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    coffee = UUID(view.messages[-1].parts["picks"][0]["id"])
    for key in ("process:honey", "", None, {"a": 1}, "x" * 5000):
        with pytest.raises(BadInput):
            await starter_services.profile.refuse(coffee, key, **mine)
    with pytest.raises(NotFound):
        await starter_services.profile.refuse(uuid4(), "this", **mine)
    changed = await starter_services.profile.refuse(coffee, "price", **mine)
    assert any(line.facet == "budget" and line.source == "shopper" for line in changed.lines)
    async with starter_services.database.session() as session:
        events = (await session.scalars(sa.select(Event).where(col(Event.shopper_id) == shopper, col(Event.kind) == "refused"))).all()
    assert [(event.coffee_id, len(event.musts)) for event in events] == [(coffee, 1)]
