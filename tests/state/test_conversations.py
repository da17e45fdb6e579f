"""The list of conversations as the page's state has it: searched, in parts, renamed, deleted and brought back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import reflex as rx

from coffeebot.state.calendar import span
from coffeebot.state.composer import Composer
from coffeebot.state.conversations import PART, Conversations
from coffeebot.state.notice import Notice
from coffeebot.state.thread import Thread
from tests.fakes import Kept, Services
from tests.tabs import new_tab, until, visit


def keep(services: Services, shopper: UUID, title: str, *, days: int = 0) -> str:
    kept = Kept(id=uuid4().hex, shopper_id=shopper, title=title, updated_at=datetime.now(UTC) - timedelta(days=days))
    services.conversations.kept[kept.id] = kept
    return kept.id


@pytest.fixture
async def listed(tab: rx.State) -> Conversations:
    return await tab.get_state(Conversations)


def titles(listed: Conversations) -> list[str]:
    return [row.title for row in listed.rows]


async def test_a_heading_stands_above_the_first_row_of_its_days(services: Services, listed: Conversations, shopper: UUID) -> None:
    for days in (40, 0, 3, 1, 0):
        keep(services, shopper, f"{days} days", days=days)
    await listed._read()
    assert [row.when for row in listed.rows] == ["Today", "", "Yesterday", "Last 7 days", "Earlier"]


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "Today"), (0, "Today"), (1, "Yesterday"), (6, "Last 7 days"), (7, "Earlier"), (400, "Earlier")]
)
def test_spans_of_days(days: int, said: str) -> None:
    now = datetime(2026, 11, 25, 0, 5, tzinfo=UTC)
    assert span(now - timedelta(days=days), now=now) == said


async def test_a_long_list_comes_in_parts_and_stays_as_long_as_it_was(services: Services, listed: Conversations, shopper: UUID) -> None:
    for n in range(2 * PART + 3):
        keep(services, shopper, f"talk {n}")
    await listed._read()
    assert len(listed.rows) == PART and listed.left == PART + 3
    await Conversations.more.fn(listed)
    await listed._read()
    assert len(listed.rows) == 2 * PART and listed.left == 3
    await Conversations.search.fn(listed, "talk 1")
    assert listed.left == 0 and listed.summary.startswith(f"{len(listed.rows)} of {2 * PART + 3} conversations")
    await Conversations.search.fn(listed, "")
    assert len(listed.rows) == PART and not listed.summary


async def test_a_search_that_finds_nothing_says_what_to_do(services: Services, listed: Conversations, shopper: UUID) -> None:
    keep(services, shopper, "decaf")
    await Conversations.search.fn(listed, "kenya")
    assert not listed.rows and listed.summary == "Nothing found. Try fewer words, or other ones."


async def test_a_name_that_cannot_be_kept_stays_in_hand(services: Services, listed: Conversations, shopper: UUID) -> None:
    talk = keep(services, shopper, "first words")
    Conversations.begin_rename.fn(listed, talk)
    await Conversations.rename.fn(listed, {"name": "x" * 81})
    assert listed.renaming == talk and "Shorten it" in (await listed.get_state(Notice)).text
    await Conversations.rename.fn(listed, {"name": "Better"})
    assert titles(listed) == ["Better"] and listed.renaming == "" and (await listed.get_state(Notice)).text == ""
    Conversations.begin_rename.fn(listed, talk)
    Conversations.keep_name.fn(listed)
    assert listed.renaming == ""


async def test_what_is_deleted_can_be_brought_back_for_a_while(services: Services, listed: Conversations, shopper: UUID) -> None:
    first, second = keep(services, shopper, "first"), keep(services, shopper, "second")
    assert await Conversations.delete.fn(listed, first) is None
    assert titles(listed) == ["second"] and (listed.deleted, listed.deleted_title) == (first, "first")
    assert await Conversations.undelete.fn(listed) is None
    assert set(titles(listed)) == {"first", "second"} and listed.deleted == ""
    await Conversations.delete.fn(listed, second)
    Conversations.let_go.fn(listed)
    assert listed.deleted == "" and await Conversations.undelete.fn(listed) is None and titles(listed) == ["first"]


async def test_deleting_the_open_one_leads_away_and_the_undo_back(
    services: Services, tab: rx.State, listed: Conversations, shopper: UUID
) -> None:
    talk = keep(services, shopper, "open")
    visit(tab, query=f"?c={talk}")
    await Thread.load.fn(await tab.get_state(Thread))
    away = await Conversations.delete.fn(listed, talk)
    assert "/?c=new" in str(away)
    back = await Conversations.undelete.fn(listed)
    assert f"/?c={talk}" in str(back)


async def test_nobody_touches_somebody_elses(services: Services, listed: Conversations, shopper: UUID) -> None:
    talk = keep(services, uuid4(), "not yours")
    Conversations.begin_rename.fn(listed, talk)
    await Conversations.rename.fn(listed, {"name": "mine"})
    assert (await listed.get_state(Notice)).text == "There is no such conversation."
    await Conversations.delete.fn(listed, talk)
    assert listed.deleted == "" and services.conversations.kept[talk].title == "not yours" and not services.conversations.kept[talk].deleted


async def test_without_a_cookie_nothing_is_listed(services: Services) -> None:
    listed = await new_tab(None).get_state(Conversations)
    await Conversations.search.fn(listed, "x")
    assert not listed.rows and "cookie" in (await listed.get_state(Notice)).text


@pytest.mark.parametrize("sent", [None, 7, ["x"], {"a": 1}, "", "\x00"])
async def test_arguments_of_any_type_change_nothing(services: Services, listed: Conversations, shopper: UUID, sent: Any) -> None:
    talk = keep(services, shopper, "talk")
    await Conversations.search.fn(listed, sent)
    Conversations.begin_rename.fn(listed, sent)
    await Conversations.rename.fn(listed, sent)
    await Conversations.rename.fn(listed, {"name": sent} if not isinstance(sent, str) else sent)
    await Conversations.delete.fn(listed, sent)
    assert services.conversations.kept[talk].title == "talk" and not services.conversations.kept[talk].deleted


async def test_the_list_of_another_tab_follows(services: Services, listed: Conversations, shopper: UUID) -> None:
    """Renamed, deleted, brought back and said elsewhere; what another shopper does is no news."""
    talk = keep(services, shopper, "a talk")
    watching = asyncio.create_task(Conversations.watch.fn(listed))
    elsewhere = await new_tab(shopper).get_state(Conversations)
    Conversations.begin_rename.fn(elsewhere, talk)
    await Conversations.rename.fn(elsewhere, {"name": "another name"})
    await until(lambda: titles(listed) == ["another name"])
    await Conversations.delete.fn(elsewhere, talk)
    await until(lambda: not listed.rows)
    await Conversations.undelete.fn(elsewhere)
    await until(lambda: titles(listed) == ["another name"])
    composer = await new_tab(shopper, query="?c=new").get_state(Composer)
    await Composer.choose.fn(composer, "begun elsewhere")
    await until(lambda: titles(listed) == ["begun elsewhere", "another name"])
    stranger = uuid4()
    keep(services, shopper, "not told of")
    services.conversations.news.tell(stranger)
    await asyncio.sleep(0.3)
    assert "not told of" not in titles(listed)
    watching.cancel()


async def test_a_list_that_is_searched_meanwhile_stays_searched(services: Services, listed: Conversations, shopper: UUID) -> None:
    keep(services, shopper, "one")
    await listed._read()
    watching = asyncio.create_task(Conversations.watch.fn(listed))
    await Conversations.search.fn(listed, "two")
    keep(services, shopper, "two")
    services.conversations.news.tell(shopper)
    await until(lambda: titles(listed) == ["two"])
    watching.cancel()
