"""Saying, following, stopping and trying again, through the states that the page uses."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
import reflex as rx

from coffeebot.services.views import ConversationView
from coffeebot.state.composer import Composer
from coffeebot.state.conversations import Conversations
from coffeebot.state.hand import Hand
from coffeebot.state.live import Live
from coffeebot.state.notice import Notice
from coffeebot.state.place import Place
from coffeebot.state.profile import Profile
from coffeebot.state.thread import FULL, Thread
from tests.fakes import COFFEES, FITTING, Services
from tests.tabs import new_tab, until, visit


async def say(tab: rx.State, text: str) -> None:
    composer = await tab.get_state(Composer)
    await Composer.say.fn(composer, {"message": text})


async def load(tab: rx.State) -> None:
    """As the page does, with all that follows save following."""
    thread = await tab.get_state(Thread)
    await Thread.load.fn(thread)
    await Thread.rest.fn(thread)


async def hear(tab: rx.State) -> Live:
    """Follows until the running reply has ended."""
    thread, live = await tab.get_state(Thread), await tab.get_state(Live)
    following = asyncio.create_task(Thread.follow.fn(thread))
    await until(lambda: bool(live.id) and not live.running)
    following.cancel()
    return live


async def test_the_message_goes_up_at_once_and_the_reply_is_awaited(tab: rx.State) -> None:
    await say(tab, "  like blueberry jam ")
    thread, live = await tab.get_state(Thread), await tab.get_state(Live)
    assert [m.text for m in thread.new] == ["like blueberry jam"]
    assert live.running and thread.id


async def test_the_reply_comes_with_cards_question_and_profile(tab: rx.State) -> None:
    await say(tab, "like blueberry jam")
    live = await hear(tab)
    assert [card.name for card in live.picks] == ["Blueberry Weather", "Plum Rain", "Velvet Hour"]
    assert live.count_line.startswith(f"{FITTING} coffees left") and len(live.answers) == 3 and len(live.followups) == 3
    assert len(live.first) == 2 and not live.tail and not live.kind
    profile = await tab.get_state(Profile)
    assert [t.label for t in profile.musts] == ["Fruity"] and [t.label for t in profile.limits] == ["At most $20 a bag"]
    assert [t.label for t in profile.avoids] == ["Roasted, smoky", "Bright acidity"] and [t.label for t in profile.brews] == ["V60"]
    assert profile.fitting == FITTING and len(profile.picks) == 3 and {p.family for p in profile.petals} == {"fruity", "cocoa"}


async def test_cards_say_how_they_are_sold(tab: rx.State) -> None:
    await say(tab, "jam")
    ad, sample, unlinked = (await hear(tab)).picks
    assert ad.ad and ad.link.startswith("/go/") and ad.price == "$14.50" and ad.size == "/ 250 g"
    assert ad.per == "$5.80 per 100 g · price seen today" and ad.dark.endswith("?theme=dark") and ad.step == 2
    assert sample.sample and not sample.link and not sample.ad
    assert unlinked.process_words == "Honey" and unlinked.why[0].quote == "a little chocolate"


async def test_a_new_tab_rebuilds_everything(tab: rx.State, shopper: UUID) -> None:
    await say(tab, "like blueberry jam")
    await hear(tab)
    other = new_tab(shopper)
    await load(other)
    thread, live = await other.get_state(Thread), await other.get_state(Live)
    assert [m.text for m in thread.old] == ["like blueberry jam"] and len(live.picks) == 3 and not live.running
    profile = await other.get_state(Profile)
    assert not profile.blank and profile.fitting == FITTING and profile.catalogue == COFFEES
    await load(other)
    assert [m.text for m in thread.old] == ["like blueberry jam"], "loading twice changes nothing"


async def test_a_conversation_that_the_page_has_just_begun_is_not_read_again(
    services: Services, tab: rx.State, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.replies._conversation._pause = 0.02  # type: ignore[attr-defined]
    await say(tab, "long one")
    thread = await tab.get_state(Thread)
    visit(tab, query=f"?c={thread.id}")
    opened: list[str] = []
    reads = services.conversations.open

    async def counted(conversation_id: str, **wanted: Any) -> ConversationView:
        opened.append(conversation_id)
        return await reads(conversation_id, **wanted)

    monkeypatch.setattr(services.conversations, "open", counted)
    assert await Thread.load.fn(thread) == Thread.follow and not opened
    assert [m.text for m in thread.new] == ["long one"]
    assert await Thread.load.fn(thread) == Thread.follow and opened == [thread.id], "a page that is opened again is read"


async def test_a_reply_that_ended_before_its_address_came_is_read(services: Services, tab: rx.State) -> None:
    await say(tab, "jam")
    thread, live = await tab.get_state(Thread), await tab.get_state(Live)
    visit(tab, query=f"?c={thread.id}")
    await until(lambda: not services.replies.running(thread.id))
    assert live.running
    await load(tab)
    assert not live.running and live.first


async def test_a_second_tab_follows_a_reply_begun_in_the_first(tab: rx.State, shopper: UUID) -> None:
    await say(tab, "first")
    await hear(tab)
    other = new_tab(shopper)
    await load(other)
    thread, live = await other.get_state(Thread), await other.get_state(Live)
    following = asyncio.create_task(Thread.follow.fn(thread))
    await asyncio.sleep(0.15)
    before = live.id
    await say(tab, "second")
    await until(lambda: live.id != before and not live.running)
    following.cancel()
    assert [m.text for m in thread.old if m.mine] == ["first", "second"]


async def test_another_shopper_sees_nothing(tab: rx.State) -> None:
    await say(tab, "mine alone")
    await hear(tab)
    conversation = (await tab.get_state(Thread)).id
    other = new_tab(uuid4(), query=f"?c={conversation}")
    await load(other)
    assert (await other.get_state(Thread)).id == "" and "not yours" in (await other.get_state(Notice)).text
    stranger = await other.get_state(Thread)
    stranger.id = conversation
    await Composer.say.fn(await other.get_state(Composer), {"message": "let me in"})
    assert (await other.get_state(Notice)).text == "There is no such conversation." and not stranger.new


async def test_without_a_cookie_the_page_says_so(services: Services) -> None:
    tab = new_tab(None)
    await load(tab)
    assert "cookie" in (await tab.get_state(Notice)).text
    assert (await tab.get_state(Thread)).ready


async def test_what_cannot_be_sent_is_given_back(tab: rx.State) -> None:
    await say(tab, "x" * 2001)
    composer = await tab.get_state(Composer)
    assert composer.unsent == "x" * 2001 and composer.failures == 1
    assert "Shorten it" in (await tab.get_state(Notice)).text and not (await tab.get_state(Thread)).id
    await say(tab, "shorter")
    assert composer.unsent == "" and (await tab.get_state(Notice)).text == ""


async def test_a_failed_reply_keeps_its_words_and_can_be_tried_again(tab: rx.State) -> None:
    await say(tab, "please fail")
    live = await hear(tab)
    assert "could not reach" in live.note and live.first
    assert live.resumable and not live.running
    first = live.id
    await Composer.retry.fn(await tab.get_state(Composer))
    assert live.running and live.id != first and not live.note and not live.first


async def test_a_broken_off_reply_goes_on_in_the_same_place(tab: rx.State) -> None:
    await say(tab, "please fail")
    live = await hear(tab)
    first, begun = live.id, live._said
    await Composer.resume.fn(await tab.get_state(Composer))
    assert live.running and not live.note and not live.resumable
    await hear(tab)
    assert live.id == first and live._said.startswith(begun) and "Velvet Hour" in live._said and not live.note


async def test_what_is_finished_does_not_go_on(tab: rx.State) -> None:
    await say(tab, "jam")
    live = await hear(tab)
    assert not live.resumable
    await Composer.resume.fn(await tab.get_state(Composer))
    assert "no broken-off answer" in (await tab.get_state(Notice)).text and not live.running


async def test_long_prose_fills_pages_and_none_of_it_is_lost(tab: rx.State) -> None:
    live = await tab.get_state(Live)
    paragraphs = [f"Paragraph {n}." for n in range(20)]
    live._write("\n\n".join(paragraphs), running=False)
    pages = [live.first, live.second, live.third, live.rest]
    assert [len(page) for page in pages] == [4, 4, 4, 8]
    assert [block.lines[0][0].text for page in pages for block in page] == paragraphs


async def test_stop_keeps_what_came(services: Services, tab: rx.State) -> None:
    services.replies._conversation._pause = 0.02  # type: ignore[attr-defined]
    await say(tab, "long one")
    thread, live = await tab.get_state(Thread), await tab.get_state(Live)
    following = asyncio.create_task(Thread.follow.fn(thread))
    await until(lambda: bool(live.tail))
    await Composer.stop.fn(await tab.get_state(Composer))
    await until(lambda: not live.running)
    following.cancel()
    assert live.note.startswith("You stopped here") and live.first


async def test_striking_a_line_counts_again(tab: rx.State) -> None:
    await say(tab, "jam")
    await hear(tab)
    profile, hand = await tab.get_state(Profile), await tab.get_state(Hand)
    fruity = next(t for t in profile.musts if t.label == "Fruity")
    await Hand.strike.fn(hand, fruity.id)
    await Hand.settle.fn(hand)
    assert "Fruity" not in [t.label for t in profile.musts] and profile.fitting == FITTING + 10
    await Hand.strike.fn(hand, fruity.id)
    assert (await tab.get_state(Notice)).text == "That line is no longer on the card."


async def test_a_long_talk_sends_few_messages_again(tab: rx.State) -> None:
    thread, live = await tab.get_state(Thread), await tab.get_state(Live)
    said = []
    for n in range(14):
        await say(tab, f"message {n}")
        said.append(f"message {n}")
        assert len(thread.new) <= FULL["new"] + 1 and len(thread.middle) <= FULL["middle"]
        assert [m.text for m in [*thread.old, *thread.middle, *thread.new] if m.mine] == said
        assert sum(not m.mine for m in [*thread.old, *thread.middle, *thread.new]) == n
        await hear(tab)
    assert live.picks


async def test_the_list_and_the_place(tab: rx.State) -> None:
    await say(tab, "a first talk")
    visit(tab, query="?c=new")
    await load(tab)
    assert (await tab.get_state(Thread)).id == "" and (await tab.get_state(Profile)).blank
    listed, place = await tab.get_state(Conversations), await tab.get_state(Place)
    await listed._read()
    await Place.load.fn(place)
    assert [(row.title, row.when) for row in listed.rows] == [("a first talk", "Today")]
    assert place.shelf == "412 coffees, 34 roasters" and place.samples
