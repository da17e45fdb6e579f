"""Editing what one said, through the states that the page uses."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
import reflex as rx

from coffeebot.state.editing import Editing
from coffeebot.state.live import Live
from coffeebot.state.notice import Notice
from coffeebot.state.thread import Thread
from tests.fakes import Services
from tests.state.test_talking import hear, load, say
from tests.tabs import new_tab, until


async def said(tab: rx.State) -> list[str]:
    thread = await tab.get_state(Thread)
    return [m.text for m in [*thread.old, *thread.middle, *thread.new] if m.mine]


async def take(tab: rx.State, number: int) -> Editing:
    """Takes a message of the shopper's in hand, counted from 1."""
    thread, editing = await tab.get_state(Thread), await tab.get_state(Editing)
    mine = [m for m in [*thread.old, *thread.middle, *thread.new] if m.mine]
    Editing.begin.fn(editing, mine[number - 1].id)
    return editing


@pytest.fixture
async def talked(tab: rx.State) -> rx.State:
    for text in ("first", "second"):
        await say(tab, text)
        await hear(tab)
    return tab


async def test_a_message_that_was_just_sent_can_be_edited(talked: rx.State) -> None:
    editing = await take(talked, 2)
    await Editing.save.fn(editing, {"text": " second, changed "})
    live = await talked.get_state(Live)
    assert await said(talked) == ["first", "second, changed"] and live.running and editing.id == ""
    assert (await talked.get_state(Thread)).edited
    await hear(talked)
    assert len(live.picks) == 3


async def test_an_undo_shows_what_was_there(talked: rx.State) -> None:
    before = (await talked.get_state(Live)).id
    editing = await take(talked, 1)
    await Editing.save.fn(editing, {"text": "changed"})
    assert await said(talked) == ["changed"]
    await Editing.undo.fn(editing)
    live = await talked.get_state(Live)
    assert await said(talked) == ["first", "second"] and live.id == before and not live.running and len(live.picks) == 3
    assert not (await talked.get_state(Thread)).edited
    await Editing.undo.fn(editing)
    assert "nothing to bring back" in (await talked.get_state(Notice)).text


async def test_the_next_message_ends_the_undo(talked: rx.State) -> None:
    await Editing.save.fn(await take(talked, 1), {"text": "changed"})
    await hear(talked)
    await say(talked, "and on")
    assert not (await talked.get_state(Thread)).edited


async def test_another_tab_follows_an_edit_and_its_undo(talked: rx.State, shopper: UUID) -> None:
    other = new_tab(shopper)
    await load(other)
    thread = await other.get_state(Thread)
    following = asyncio.create_task(Thread.follow.fn(thread))
    await asyncio.sleep(0.15)
    editing = await take(talked, 1)
    await Editing.save.fn(editing, {"text": "changed"})
    await until(lambda: [m.text for m in thread.old if m.mine] == ["changed"])
    await Editing.undo.fn(editing)
    await until(lambda: [m.text for m in thread.old if m.mine] == ["first", "second"])
    following.cancel()
    assert len((await other.get_state(Live)).picks) == 3


async def test_while_the_barista_answers_an_edit_is_refused_and_stays_in_hand(services: Services, talked: rx.State) -> None:
    services.replies._conversation._pause = 0.05  # type: ignore[attr-defined]
    editing = await take(talked, 1)
    await say(talked, "long one")
    await Editing.save.fn(editing, {"text": "changed"})
    assert "still answering" in (await talked.get_state(Notice)).text and editing.id
    assert await said(talked) == ["first", "second", "long one"]


@pytest.mark.parametrize("sent", [None, 7, ["x"], {"a": 1}, "", "   "])
async def test_arguments_of_any_type_change_nothing(talked: rx.State, sent: Any) -> None:
    editing = await take(talked, 1)
    await Editing.save.fn(editing, sent)
    await Editing.save.fn(editing, {"text": sent})
    Editing.begin.fn(editing, sent)
    await Editing.save.fn(editing, {"text": "changed"})
    assert await said(talked) == ["first", "second"]
