"""Where the reader is, there the page stays: following, going back, and coming back."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import wait_until
from tests.e2e.talking import say, wait_until_done
from tests.fakes import REMEMBERED

SHOWN = 60
TOP_OF = "id => document.querySelector(`[data-id='${id}']`).getBoundingClientRect().top"
AT_END = "document.scrollingElement.scrollHeight - innerHeight - scrollY < 2"
# the message at the top of what is seen
READ = "[...document.querySelectorAll('#thread [data-id]')].find(m => m.getBoundingClientRect().bottom > 120).dataset.id"


def open_long(page: Page) -> None:
    say(page, "remember what we said")
    wait_until_done(page)
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    wait_until(page, "n => document.querySelectorAll('#thread [data-id]').length === n", SHOWN)


def shown(page: Page) -> int:
    return page.locator("#thread [data-id]").count()


def settled_top(page: Page, message: str) -> float:
    """Where that message stands once nothing moves any more."""
    tops: list[float] = []
    for _ in range(100):  # a wheel's turn goes on for some frames
        page.wait_for_timeout(100)
        tops.append(float(page.evaluate(TOP_OF, message)))
        if len(tops) >= 3 and len(set(tops[-3:])) == 1:
            return tops[-1]
    pytest.fail(f"it never came to rest: {tops[-5:]}")


def test_a_long_conversation_opens_at_its_end_with_its_last_messages(page: Page) -> None:
    open_long(page)
    assert shown(page) == SHOWN
    wait_until(page, AT_END)
    expect(page.locator("#latest")).to_be_hidden()


def test_earlier_messages_come_in_above_and_the_reader_stays(page: Page) -> None:
    open_long(page)
    wait_until(page, AT_END)
    for expected in (2 * SHOWN, REMEMBERED + 2):
        first = page.locator("#thread [data-id]").first
        message = first.get_attribute("data-id") or ""
        page.mouse.move(700, 400)
        page.mouse.wheel(0, -100_000)
        wait_until(page, "scrollY === 0")
        before = settled_top(page, message)
        page.get_by_role("button", name="Show earlier").click()
        wait_until(page, "n => document.querySelectorAll('#thread [data-id]').length === n", expected)
        assert abs(settled_top(page, message) - before) < 50, "the button may go, nothing else moves"
    expect(page.get_by_role("button", name="Show earlier")).to_have_count(0)
    expect(page.locator("#thread [data-id]").first).to_contain_text("Earlier message 0.")
    assert page.evaluate("document.activeElement.matches('#thread [data-id]')"), "the focus is among the messages"


def test_a_button_goes_to_the_latest(page: Page) -> None:
    open_long(page)
    wait_until(page, AT_END)
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -3000)
    latest = page.get_by_role("button", name="Latest")
    expect(latest).to_be_visible()
    dock, button = page.locator(".dock").bounding_box(), latest.bounding_box()
    assert dock and button and dock["y"] <= button["y"], "it covers no card: it stands where nothing of the thread is seen"
    latest.click()
    wait_until(page, AT_END)
    expect(latest).to_be_hidden()


def test_who_reads_further_up_stays_there_while_the_barista_speaks(page: Page) -> None:
    open_long(page)
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -2500)
    expect(page.get_by_role("button", name="Still writing below")).to_be_visible()
    message = page.evaluate(READ)
    before = settled_top(page, message)
    wait_until_done(page)
    assert abs(settled_top(page, message) - before) < 2


def test_the_reader_stays_when_the_line_breaks_and_comes_back(page: Page) -> None:
    open_long(page)
    wait_until(page, AT_END)
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -2500)
    expect(page.get_by_role("button", name="Latest")).to_be_visible()
    message = page.evaluate(READ)
    before = settled_top(page, message)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("No connection")).to_be_hidden()
    page.wait_for_selector("#main[data-ready=true]")
    page.wait_for_timeout(500)
    assert abs(settled_top(page, message) - before) < 2
