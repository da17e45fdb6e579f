"""The profile after undo is the profile before: every line of it, with its evidence, its strength and who said it."""

from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coffeebot.domain.errors import NotFound
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Source, Trait, apply
from coffeebot.domain.turn import Pick, TraitLine
from coffeebot.domain.understanding import understand
from coffeebot.models import Message
from coffeebot.models.trait import keep_traits, traits_of
from coffeebot.wiring import Services
from tests.services.test_conversation import turn

SAID = (
    "fruity for my V60, under $20 a bag, nothing dark", "berries or citrus, maybe washed", "forget the budget", "not floral",
    "fine with floral after all", "from Kenya", "actually a Colombian, and natural", "espresso with milk", "start over: decaf",
    "no citrus, no nuts", "under $15 a pound", "any origin is fine", "light or medium", "thanks", "what is washed?",
    "ミルクに合う深煎り", "花の香りは苦手です",
)  # fmt: skip
BY_HAND = (
    Trait(Facet.ORIGIN, "Rwanda", source=Source.SHOPPER),
    Trait(Facet.FLAVOUR, "floral", Polarity.AVOID, 3, source=Source.SHOPPER),
    Trait(Facet.ROAST, "Light", Polarity.WANT, 1, source=Source.SHOPPER),
    Trait(Facet.BREW_METHOD, "v60", Polarity.WANT, source=Source.SHOPPER),
)
ACTIONS = st.one_of(st.sampled_from(SAID), st.sampled_from(BY_HAND), st.sampled_from(("strike", "weaken", "elsewhere")))


async def card(services: Services, shopper: UUID, conversation: str) -> tuple[Trait, ...]:
    async with services.database.session() as session:
        return await traits_of(session, shopper, conversation)


async def say(services: Services, text: str, shopper: UUID, conversation: str) -> None:
    """What a turn does to the card, without its answer."""
    async with services.database.session() as session:
        said = Message(conversation_id=conversation, position=uuid4().int % 2**31, role="shopper", text=text)
        session.add(said)
        await session.flush()
        before = await traits_of(session, shopper, conversation)
        change = understand(text, profile=before).change
        stamped = replace(change, add=tuple(replace(trait, message_id=said.id) for trait in change.add))
        whose = {"shopper_id": shopper, "conversation_id": conversation}
        await keep_traits(session, before, apply(before, stamped), **whose, message_id=said.id)


async def act(services: Services, action: str | Trait, shopper: UUID, conversation: str, chance: Random) -> None:
    whose = {"shopper_id": shopper, "conversation_id": conversation}
    now = await card(services, shopper, conversation)
    if isinstance(action, Trait):
        await services.profile.change(ProfileChange(add=(replace(action, id=uuid4()),)), **whose)
    elif action == "elsewhere":
        await say(services, "French press, and no floral coffee", shopper, await services.conversations.create(shopper))
    elif action not in ("strike", "weaken"):
        await say(services, action, shopper, conversation)
    elif now and action == "strike":
        await services.profile.remove(chance.choice(now).id, **whose)
    elif now:
        line = chance.choice(now)
        weaker = replace(line, id=uuid4(), strength=1, polarity=Polarity.WANT, source=Source.SHOPPER)
        await services.profile.change(ProfileChange(add=(weaker,), remove=(line.id,)), **whose)


@pytest.mark.timeout(600)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=8), seed=st.integers(0, 999))
async def test_every_change_can_be_taken_back(starter_services: Services, actions: list[str | Trait], seed: int) -> None:
    chance, shopper = Random(seed), uuid4()
    conversation = await starter_services.conversations.create(shopper)
    seen = [await card(starter_services, shopper, conversation)]
    for action in actions:
        await act(starter_services, action, shopper, conversation, chance)
        now = await card(starter_services, shopper, conversation)
        if action == "elsewhere":  # that is not taken back from here
            seen = [now]
        elif now != seen[-1]:
            seen.append(now)
    while len(seen) > 1:
        seen.pop()
        left = await starter_services.profile.undo(shopper_id=shopper, conversation_id=conversation)
        now = await card(starter_services, shopper, conversation)
        assert now == seen[-1]
        assert [line.id for line in left.lines] == [trait.id for trait in now]


def told(lines: tuple[TraitLine, ...]) -> list[tuple[str, str, str, int, str]]:
    return [(line.facet, line.value, line.polarity, line.strength, line.evidence) for line in lines]


async def opened(services: Services, shopper: UUID, conversation: str) -> list[tuple[str, str, str, int, str]]:
    return told((await services.conversations.open(conversation, shopper_id=shopper)).traits)


async def test_scratch_that_brings_back_what_the_last_message_replaced(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await turn(starter_services, "fruity, from Kenya, under $40 a bag", shopper=shopper)
    before = await opened(starter_services, shopper, conversation)
    await turn(starter_services, "Ethiopia instead, and forget the budget", shopper=shopper, conversation=conversation)
    assert await opened(starter_services, shopper, conversation) != before
    _, events = await turn(starter_services, "scratch that", shopper=shopper, conversation=conversation)
    assert await opened(starter_services, shopper, conversation) == before
    origins = [event.origin for event in events if isinstance(event, Pick)]
    assert origins and all(origin and origin.endswith("Kenya") for origin in origins)


async def test_scratch_that_said_twice_goes_two_changes_back_and_answered_again_no_further(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await turn(starter_services, "nutty", shopper=shopper)
    first = await opened(starter_services, shopper, conversation)
    await turn(starter_services, "washed", shopper=shopper, conversation=conversation)
    second = await opened(starter_services, shopper, conversation)
    await turn(starter_services, "from Brazil", shopper=shopper, conversation=conversation)
    await turn(starter_services, "never mind", shopper=shopper, conversation=conversation)
    assert await opened(starter_services, shopper, conversation) == second
    await turn(starter_services, "undo that", shopper=shopper, conversation=conversation)
    assert await opened(starter_services, shopper, conversation) == first
    reply = await starter_services.replies.retry(conversation, shopper_id=shopper)
    async for _ in starter_services.replies.events(reply, conversation_id=conversation):
        pass
    assert await opened(starter_services, shopper, conversation) == first


async def test_nobody_takes_back_what_somebody_else_said_and_nothing_is_said_so(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await turn(starter_services, "nutty", shopper=shopper)
    with pytest.raises(NotFound):
        await starter_services.profile.undo(shopper_id=uuid4(), conversation_id=conversation)
    assert (await starter_services.profile.undo(shopper_id=shopper, conversation_id=conversation)).lines == ()
    with pytest.raises(NotFound, match="nothing left to take back"):
        await starter_services.profile.undo(shopper_id=shopper, conversation_id=conversation)


async def test_a_line_written_by_hand_outlasts_what_a_message_says_and_not_the_hand(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await turn(starter_services, "nutty", shopper=shopper)
    whose = {"shopper_id": shopper, "conversation_id": conversation}
    await starter_services.profile.change(ProfileChange(add=(replace(BY_HAND[0], id=uuid4()),)), **whose)
    await turn(starter_services, "any origin is fine", shopper=shopper, conversation=conversation)
    (line,) = (
        line for line in (await starter_services.conversations.open(conversation, shopper_id=shopper)).traits if line.facet == "origin"
    )
    left = await starter_services.profile.change(ProfileChange(remove=(line.id,)), **whose)
    assert [line.facet for line in left.lines] == ["flavour"]
