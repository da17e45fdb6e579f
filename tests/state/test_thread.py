"""How much of a conversation a tab holds, and what it does when its state was lost."""

from uuid import UUID

import reflex as rx

from coffeebot.services.history import AT_ONCE, SHOWN
from coffeebot.state.composer import Composer
from coffeebot.state.live import Live
from coffeebot.state.thread import FULL, Thread
from tests.fakes import Services, earlier
from tests.state.test_talking import hear, load, say
from tests.tabs import new_tab


async def long_talk(services: Services, tab: rx.State, before: int) -> Thread:
    await say(tab, "jam")
    await hear(tab)
    thread = await tab.get_state(Thread)
    services.conversations.kept[thread.id].messages[:0] = earlier(before)
    await load(tab)
    return thread


async def test_a_page_waits_for_the_last_few_only(services: Services, tab: rx.State, shopper: UUID) -> None:
    conversation = (await long_talk(services, tab, 2 * SHOWN)).id
    thread = await new_tab(shopper, query=f"?c={conversation}").get_state(Thread)
    assert await Thread.load.fn(thread) == [Thread.rest, Thread.follow]
    assert thread.ready and len(thread._shown()) == AT_ONCE - 1 and not thread.earlier
    await Thread.rest.fn(thread)
    shown = [message.id for message in thread._shown()]
    assert len(shown) == SHOWN - 1 and thread.earlier
    await Thread.rest.fn(thread)
    assert await Thread.load.fn(thread) == Thread.follow, "a line that broke: what was there stays"
    assert [message.id for message in thread._shown()] == shown


async def test_it_opens_with_the_last_and_goes_back_to_the_first(services: Services, tab: rx.State) -> None:
    thread = await long_talk(services, tab, 2 * SHOWN)
    assert len(thread._shown()) == SHOWN - 1 and thread.earlier and not thread.older, "the latest reply is in Live"
    await Thread.back.fn(thread)
    assert len(thread.older) == SHOWN and thread.earlier
    await Thread.back.fn(thread)
    assert len(thread.older) == SHOWN + 2 and not thread.earlier and thread.older[0].text.startswith("Earlier message 0.")


async def test_what_the_reader_asked_for_stays_when_the_line_breaks(services: Services, tab: rx.State) -> None:
    thread = await long_talk(services, tab, 2 * SHOWN)
    await Thread.back.fn(thread)
    shown = [message.id for message in thread._shown()]
    await load(tab)
    assert [message.id for message in thread._shown()] == shown and thread.earlier


async def test_in_a_talk_without_end_the_oldest_go_from_the_page(services: Services, tab: rx.State) -> None:
    thread = await long_talk(services, tab, 10)
    for n in range(SHOWN):
        await say(tab, f"message {n}")
        await hear(tab)
    assert thread.earlier and len(thread._shown()) <= SHOWN + FULL["middle"] + FULL["new"]
    assert thread._shown()[-1].text == f"message {SHOWN - 1}"
    while thread.earlier:
        await Thread.back.fn(thread)
    kept = services.conversations.kept[thread.id].messages
    assert [message.id for message in thread._shown()] == [str(message.id) for message in kept[:-1]], "none is missing, none is there twice"


async def test_a_message_from_a_tab_that_lost_its_state_goes_into_its_conversation(
    services: Services, tab: rx.State, shopper: UUID
) -> None:
    await say(tab, "jam")
    await hear(tab)
    conversation = (await tab.get_state(Thread)).id
    lost = new_tab(shopper, query=f"?c={conversation}")
    await say(lost, "and for espresso?")
    assert (await lost.get_state(Thread)).id == conversation and list(services.conversations.kept) == [conversation]
    assert [message.text for message in (await lost.get_state(Thread))._shown() if message.mine] == ["jam", "and for espresso?"]


async def test_stop_works_from_a_tab_that_lost_its_state(services: Services, tab: rx.State, shopper: UUID) -> None:
    services.replies._conversation._pause = 0.05  # type: ignore[attr-defined]
    await say(tab, "a long one")
    conversation = (await tab.get_state(Thread)).id
    lost = new_tab(shopper, query=f"?c={conversation}")
    await Composer.stop.fn(await lost.get_state(Composer))
    assert not services.replies.running(conversation)
    assert (await lost.get_state(Live)).id


async def test_the_page_knows_its_message_again(tab: rx.State) -> None:
    key = "0b7e6d0c-6f0e-4c7e-9a51-0d2f3c4b5a69"
    await Composer.say.fn(await tab.get_state(Composer), {"message": "jam", "key": key})
    assert [message.id for message in (await tab.get_state(Thread)).new] == [key]
