"""Editing what one said, in a real browser: by mouse and by keyboard, refused, undone, and seen from another tab."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import open_page
from tests.e2e.talking import say, wait_until_done


def talk(page: Page, *messages: str) -> None:
    for message in messages:
        say(page, message)
        page.wait_for_selector("#reply[aria-busy=true]")
        wait_until_done(page)


def test_what_follows_an_edited_message_is_answered_anew_and_can_be_brought_back(page: Page) -> None:
    talk(page, "first words", "second words")
    page.get_by_role("button", name="Edit this message").first.click()
    expect(page.locator("#edit-text")).to_be_focused()
    expect(page.get_by_text("The answer and all that follows are replaced.")).to_be_visible()
    page.keyboard.type(" and more")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_have_text(["first words and more"])
    page.wait_for_selector("#reply[aria-busy=true]")
    expect(page.locator("#message")).to_be_focused()
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(3)
    expect(page.locator(".conv .t")).to_have_text(["first words and more"])
    page.reload()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".slip")).to_have_text(["first words", "second words"])
    expect(page.locator(".pick")).to_have_count(6)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.locator(".conv .t")).to_have_text(["first words"])


def test_undo_stops_the_new_answer(page: Page) -> None:
    talk(page, "first words", "second words")
    page.get_by_role("button", name="Edit this message").nth(1).click()
    page.locator("#edit-text").fill("a long one")
    page.get_by_role("button", name="Ask again").click()
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".slip")).to_have_text(["first words", "second words"])
    wait_until_done(page)
    expect(page.locator("#reply .pick")).to_have_count(3)


def test_the_next_message_ends_the_undo(page: Page) -> None:
    talk(page, "first words")
    page.get_by_role("button", name="Edit this message").click()
    page.locator("#edit-text").fill("other words")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until_done(page)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    talk(page, "and on")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.locator(".slip")).to_have_text(["other words", "and on"])


def test_escape_leaves_everything_and_gives_the_focus_back(page: Page) -> None:
    talk(page, "first words")
    pencil = page.get_by_role("button", name="Edit this message")
    pencil.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#edit-text")).to_be_focused()
    page.keyboard.type(" that nobody sends")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#edit-text")).to_have_value("first words that nobody sends\n")
    page.keyboard.press("Escape")
    expect(page.locator(".slip")).to_have_text("first words")
    expect(pencil).to_be_focused()


def test_what_is_too_long_stays_in_hand(page: Page) -> None:
    talk(page, "first words")
    page.get_by_role("button", name="Edit this message").click()
    page.locator("#edit-text").fill("x" * 2001)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Shorten it and send it again.")
    expect(page.locator("#edit-text")).to_have_value("x" * 2001)
    expect(page.locator(".pick")).to_have_count(3)


def test_nothing_is_edited_while_the_barista_answers(page: Page) -> None:
    talk(page, "first words")
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true]")
    expect(page.get_by_role("button", name="Edit this message").first).to_be_disabled()


def test_another_tab_follows_an_edit_and_its_undo(page: Page, shopper: BrowserContext) -> None:
    talk(page, "first words", "second words")
    other = open_page(shopper, page.url)
    expect(other).to_have_url(re.compile(r"\?c=\w+$"))
    page.get_by_role("button", name="Edit this message").first.click()
    page.locator("#edit-text").fill("other words")
    page.keyboard.press("Enter")
    expect(other.locator(".slip")).to_have_text(["other words"])
    wait_until_done(other)
    other.get_by_role("button", name="Undo").click()
    for tab in (other, page):
        expect(tab.locator(".slip")).to_have_text(["first words", "second words"])
