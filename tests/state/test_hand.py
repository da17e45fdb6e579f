"""The shopper's hand on the page, over the real services: every change shows on the card, in the count and on the cards offered."""

from typing import Any
from uuid import UUID, uuid4

import pytest
import reflex as rx

from coffeebot.state.compared import Compared
from coffeebot.state.composer import Composer
from coffeebot.state.doubt import Doubt
from coffeebot.state.hand import Hand
from coffeebot.state.live import Live
from coffeebot.state.notice import Notice
from coffeebot.state.profile import Profile
from coffeebot.state.refusing import Refusing
from coffeebot.state.saved import Saved
from coffeebot.state.thread import Thread
from coffeebot.state.undo import Undo
from coffeebot.state.writing import Writing
from coffeebot.wiring import Services
from tests.tabs import new_tab, until


@pytest.fixture
def shopper(starter_services: Services) -> UUID:
    return uuid4()


@pytest.fixture
async def tab(starter_services: Services, shopper: UUID) -> rx.State:
    """A tab in which coffees were offered."""
    tab = new_tab(shopper)
    await Composer.say.fn(await tab.get_state(Composer), {"message": "a natural coffee for my V60, maybe berries"})
    thread = await tab.get_state(Thread)
    await until(lambda: not starter_services.replies.running(thread.id))
    await Thread.load.fn(thread)
    return tab


async def settled(tab: rx.State, event: Any) -> None:
    """What the page does next."""
    assert event is not None
    await Hand.settle.fn(await tab.get_state(Hand))


async def names(tab: rx.State) -> list[str]:
    return [card.name for card in (await tab.get_state(Live)).picks]


def every_line(profile: Profile) -> list[Any]:
    return [*profile.musts, *profile.likes, *profile.avoids, *profile.limits, *profile.brews]


async def line(tab: rx.State, label: str) -> Any:
    return next(one for one in every_line(await tab.get_state(Profile)) if one.label == label)


async def test_a_refusal_goes_on_the_card_and_undo_takes_it_back(tab: rx.State) -> None:
    before, live, refusing = await names(tab), await tab.get_state(Live), await tab.get_state(Refusing)
    await Refusing.open.fn(refusing, live.picks[0].id)
    assert [reason.key for reason in refusing.reasons][-2:] == ["price", "this"] and refusing.coffee == live.picks[0].id
    await settled(tab, await Refusing.choose.fn(refusing, "process:natural"))
    profile, undo = await tab.get_state(Profile), await tab.get_state(Undo)
    assert [one.label for one in profile.avoids] == ["No natural process"] and profile.avoids[0].quote == before[0]
    assert not set(before) & set(await names(tab)) and [one.name for one in live.behind] == before
    assert live.behind[0].why == "No longer fits: No natural process" and not refusing.coffee and "No natural process" in undo.text
    await settled(tab, await Hand.undo.fn(await tab.get_state(Hand)))
    assert await names(tab) == before and not live.behind and not profile.avoids and not undo.text


async def test_letting_go_of_the_must_brings_the_card_back(tab: rx.State) -> None:
    before, live = await names(tab), await tab.get_state(Live)
    refusing, hand = await tab.get_state(Refusing), await tab.get_state(Hand)
    await Refusing.open.fn(refusing, live.picks[0].id)
    await settled(tab, await Refusing.choose.fn(refusing, "process:natural"))
    [way] = next(one.ways for one in live.behind if one.name == before[0])
    await settled(tab, await Hand.relax.fn(hand, way.trait))
    assert before[0] in await names(tab)
    assert (await tab.get_state(Profile)).avoids[0].paused


async def test_a_hidden_coffee_can_be_shown_again_and_a_new_tab_sees_the_same(tab: rx.State, shopper: UUID) -> None:
    before, live, refusing = await names(tab), await tab.get_state(Live), await tab.get_state(Refusing)
    await Refusing.open.fn(refusing, live.picks[1].id)
    await settled(tab, await Refusing.choose.fn(refusing, "this"))
    assert before[1] not in await names(tab)
    other = new_tab(shopper)
    await Thread.load.fn(await other.get_state(Thread))
    assert await names(other) == await names(tab) and [one.name for one in (await other.get_state(Live)).behind] == [before[1]]
    await settled(tab, await Refusing.show.fn(refusing, live.behind[0].id))
    assert await names(tab) == before


async def test_a_line_is_edited_paused_and_removed_by_hand(tab: rx.State) -> None:
    writing, hand, profile = await tab.get_state(Writing), await tab.get_state(Hand), await tab.get_state(Profile)
    berries = await line(tab, "Berries")
    await Writing.open.fn(writing, berries.id)
    assert writing.value == "Berries" and "Floral" in writing.values and writing.weighs
    await settled(tab, await Writing.save.fn(writing, {"value": "Floral", "polarity": "must", "strength": "3"}))
    assert not writing.editing
    floral = await line(tab, "Floral")
    assert floral.side == "must" and floral.who.startswith("Written by you")
    fitting = profile.fitting
    await settled(tab, await Hand.pause.fn(hand, floral.id))
    assert (await line(tab, "Floral")).paused and profile.fitting > fitting and "floral" not in {p.family for p in profile.petals}
    await settled(tab, await Hand.strike.fn(hand, (await line(tab, "Floral")).id))
    assert "Floral" not in [one.label for one in profile.musts]
    await settled(tab, await Hand.undo.fn(hand))
    assert (await line(tab, "Floral")).paused


async def test_the_whole_card_rests_and_applies_again(tab: rx.State) -> None:
    hand, profile = await tab.get_state(Hand), await tab.get_state(Profile)
    before, fitting, labels = await names(tab), profile.fitting, [one.label for one in every_line(profile)]
    assert not profile.rests
    await settled(tab, await Hand.rest.fn(hand))
    assert profile.rests and all(one.paused for one in every_line(profile)) and not profile.petals
    assert profile.fitting == profile.catalogue > fitting
    await settled(tab, await Hand.rest.fn(hand))
    assert not profile.rests and not any(one.paused for one in every_line(profile))
    assert (profile.fitting, await names(tab), [one.label for one in every_line(profile)]) == (fitting, before, labels)


async def test_the_undo_of_a_resting_card_leaves_a_line_that_rested_before(tab: rx.State) -> None:
    hand, profile = await tab.get_state(Hand), await tab.get_state(Profile)
    await settled(tab, await Hand.pause.fn(hand, (await line(tab, "Berries")).id))
    await settled(tab, await Hand.rest.fn(hand))
    await settled(tab, await Hand.undo.fn(hand))
    assert [one.label for one in every_line(profile) if one.paused] == ["Berries"]


async def test_what_cannot_be_written_is_said_beside_the_form(tab: rx.State) -> None:
    writing, profile = await tab.get_state(Writing), await tab.get_state(Profile)
    await Writing.about.fn(writing, "origin")
    assert "Kenya" in writing.options
    assert await Writing.add.fn(writing, {"facet": "origin", "value": "Atlantis", "polarity": "must"}) is None
    assert "Atlantis" in writing.problem
    await settled(tab, await Writing.add.fn(writing, {"facet": "origin", "value": "kenya", "polarity": "avoid"}))
    assert [one.label for one in profile.avoids] == ["Not from Kenya"] and not writing.problem
    await settled(tab, await Writing.say.fn(writing, {"sentence": "under $25, with milk"}))
    assert [one.label for one in profile.limits] == ["At most $25 a bag"] and "With milk" in [one.label for one in profile.brews]


async def test_saving_survives_a_new_tab_and_undo_brings_back_what_was_removed(tab: rx.State, shopper: UUID) -> None:
    live, saved = await tab.get_state(Live), await tab.get_state(Saved)
    await Saved.toggle.fn(saved, live.picks[0].id)
    other = await new_tab(shopper).get_state(Saved)
    await Saved.load.fn(other)
    assert other.ids == [live.picks[0].id] and other.lines[0].name == live.picks[0].name and other.lines[0].price
    await Saved.toggle.fn(saved, live.picks[0].id)
    assert saved.ids == [] and live.picks[0].name in (await tab.get_state(Undo)).text
    assert await Hand.undo.fn(await tab.get_state(Hand)) is not None
    await Saved.load.fn(saved)
    assert saved.ids == [live.picks[0].id]


async def test_three_at_most_are_compared_and_only_what_was_offered(tab: rx.State) -> None:
    live, compared = await tab.get_state(Live), await tab.get_state(Compared)
    await Compared.toggle.fn(compared, str(uuid4()))
    assert not compared.chosen and (await tab.get_state(Notice)).text
    await Compared.show.fn(compared)
    assert not compared.open
    for card in live.picks:
        await Compared.toggle.fn(compared, card.id)
    assert compared.enough and compared.full
    await Compared.show.fn(compared)
    assert compared.open and compared.title == "Three side by side" and [card.name for card in compared.cards] == await names(tab)
    assert all(len(row.cells) == 3 for row in compared.lines) and compared.lines[-2].title == "Price"
    Compared.close.fn(compared)
    await Compared.toggle.fn(compared, live.picks[0].id)
    assert not compared.full and not compared.open


async def test_why_not_names_what_is_in_the_way(tab: rx.State, starter_services: Services) -> None:
    doubt = await tab.get_state(Doubt)
    stranger = uuid4()
    conversation = await starter_services.conversations.create(stranger)
    reply = await starter_services.replies.start(conversation, "a washed coffee", shopper_id=stranger)
    async for _ in starter_services.replies.events(reply, conversation_id=conversation):
        pass
    view = await starter_services.conversations.open(conversation, shopper_id=stranger)
    await Doubt.ask.fn(doubt, {"name": view.messages[-1].parts["picks"][0]["name"]})
    assert [way.label for way in doubt.ways] == ["Natural process"] and any("washed" in told for told in doubt.told)


async def test_a_stranger_changes_nothing(tab: rx.State) -> None:
    """Whoever knows the ids of a conversation and its lines, and has another cookie, is refused."""
    live, thread, natural = await tab.get_state(Live), await tab.get_state(Thread), await line(tab, "Natural process")
    other = new_tab(uuid4())
    theirs = await other.get_state(Thread)
    theirs.id = thread.id
    hand, refusing, doubt = await other.get_state(Hand), await other.get_state(Refusing), await other.get_state(Doubt)
    for handler in (Hand.strike, Hand.pause, Hand.relax):
        assert await handler.fn(hand, natural.id) is None
        assert "no such conversation" in (await other.get_state(Notice)).text
    assert await Hand.rest.fn(hand) is None and "no such conversation" in (await other.get_state(Notice)).text
    await Refusing.open.fn(refusing, live.picks[0].id)
    assert await Refusing.choose.fn(refusing, "this") is None
    await Doubt.ask.fn(doubt, {"name": live.picks[0].name})
    assert "no such conversation" in doubt.told[0]
    await Thread.load.fn(thread)
    assert (await line(tab, "Natural process")).paused is False
