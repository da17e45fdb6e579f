"""The list of conversations in a real browser: searched, renamed, deleted and brought back, saved, by keyboard and on a phone."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import open_page
from tests.e2e.talking import say, wait_until_done

TALKS = ("a decaf for the evening", "浅煎りのコーヒーをください", "a present for my father")


BEGIN = """async (openings) => {
  for (const message of openings) {
    const body = JSON.stringify({ message, conversation_id: null });
    const answer = await fetch("/chat", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    await answer.body.cancel();
  }
}"""


def begin(page: Page, *openings: str) -> None:
    """Conversations of one shopper, begun quickly; the last one is opened."""
    page.evaluate(BEGIN, openings)
    page.reload()
    expect(page.locator(".slip")).to_have_text(openings[-1])
    wait_until_done(page)


@pytest.fixture
def talked(page: Page) -> Page:
    begin(page, *TALKS)
    return page


def options(page: Page, title: str) -> Locator:
    """The open menu of a conversation."""
    page.get_by_role("link", name=title).hover()
    page.get_by_label(f"Options for {title}").click()
    return page.locator(".conv-options[open] .conv-menu")


def titles(page: Page) -> Locator:
    return page.locator(".conv .t")


def test_they_are_listed_by_day_newest_first(talked: Page) -> None:
    expect(titles(talked)).to_have_text([*reversed(TALKS)])
    expect(talked.locator(".convs h3")).to_have_text(["Today"])


def test_a_search_shows_where_the_words_stand(talked: Page) -> None:
    field = talked.get_by_role("searchbox", name="Search conversations")
    field.fill("decaf EVENING")
    expect(titles(talked)).to_have_text([TALKS[0]])
    expect(talked.locator(".conv .found")).to_have_text("You: a decaf for the evening")
    expect(talked.locator(".conv mark")).to_have_text(["decaf", "evening"])
    expect(talked.locator(".found-count")).to_have_text("1 of 3 conversations, newest first")
    field.fill("コーヒー")
    expect(titles(talked)).to_have_text([TALKS[1]])
    field.fill("Velvet")
    expect(titles(talked)).to_have_count(3)
    expect(talked.locator(".conv .found").first).to_contain_text("Barista: …")
    field.fill("100%")
    expect(talked.locator(".found-count")).to_contain_text("Nothing found.")
    talked.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(titles(talked)).to_have_count(3)


def test_a_name_is_written_in_place_and_taken_back(talked: Page) -> None:
    options(talked, TALKS[0]).get_by_role("button", name="Rename").click()
    field = talked.get_by_label("New name")
    expect(field).to_be_focused()
    field.fill("After dinner")
    talked.keyboard.press("Enter")
    expect(titles(talked)).to_have_text([TALKS[2], TALKS[1], "After dinner"])
    expect(talked.get_by_role("link", name="After dinner")).to_be_focused()
    talked.keyboard.press("F2")
    talked.get_by_label("New name").fill("Something else")
    talked.keyboard.press("Escape")
    expect(talked.get_by_role("link", name="After dinner")).to_be_focused()
    talked.keyboard.press("F2")
    talked.get_by_label("New name").fill("")
    talked.keyboard.press("Enter")
    expect(titles(talked)).to_have_text([*reversed(TALKS)])


def test_the_list_of_another_tab_follows(talked: Page) -> None:
    other = open_page(talked.context, talked.url)
    talked.get_by_role("link", name=TALKS[0]).focus()
    talked.keyboard.press("F2")
    talked.get_by_label("New name").fill("After dinner")
    talked.keyboard.press("Enter")
    expect(titles(other)).to_have_text([TALKS[2], TALKS[1], "After dinner"])
    options(talked, TALKS[1]).get_by_role("button", name="Delete").click()
    expect(titles(other)).to_have_text([TALKS[2], "After dinner"])
    talked.locator(".gone").get_by_role("button", name="Undo").click()
    expect(titles(other)).to_have_count(3)
    talked.get_by_role("link", name="New conversation").first.click()
    expect(talked.locator(".slip")).to_have_count(0)
    say(talked, "begun in the first tab")
    expect(titles(other)).to_contain_text(["begun in the first tab"])


def test_a_deleted_conversation_is_brought_back(talked: Page) -> None:
    options(talked, TALKS[1]).get_by_role("button", name="Delete").click()
    expect(titles(talked)).to_have_text([TALKS[2], TALKS[0]])
    line = talked.locator(".gone")
    expect(line).to_have_attribute("role", "status")
    expect(line).to_contain_text(f"“{TALKS[1]}” deleted")
    expect(line.get_by_role("button", name="Undo")).to_be_focused()
    line.get_by_role("button", name="Undo").click()
    expect(titles(talked)).to_have_text([*reversed(TALKS)])
    expect(talked.get_by_role("link", name=TALKS[1])).to_be_focused()
    expect(line).to_have_text("")


def test_deleting_the_open_one_leaves_a_blank_sheet_and_undo_opens_it_again(talked: Page) -> None:
    talked.get_by_role("link", name=TALKS[2]).click()
    expect(talked).to_have_url(re.compile(r"\?c=\w+$"))
    address = talked.url
    options(talked, TALKS[2]).get_by_role("button", name="Delete").click()
    expect(talked.get_by_role("heading", level=1)).to_contain_text("What would you like")
    stale = open_page(talked.context, address)
    expect(stale.get_by_role("alert")).to_contain_text("not here, or not yours")
    stale.close()
    talked.locator(".gone").get_by_role("button", name="Undo").click()
    expect(talked.locator(".slip")).to_have_text(TALKS[2])
    expect(talked).to_have_url(address)


def test_the_way_back_goes_after_a_while_and_stays_under_the_focus(talked: Page) -> None:
    talked.clock.install()
    talked.reload()
    talked.get_by_role("link", name=TALKS[1]).focus()
    talked.keyboard.press("Delete")
    undo = talked.locator(".gone").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    talked.clock.run_for(60_000)
    expect(undo).to_be_visible()
    talked.locator("#message").focus()
    talked.clock.run_for(20_000)
    expect(undo).to_have_count(0)


def test_the_list_by_keyboard(talked: Page) -> None:
    links = talked.locator(".conv")
    talked.get_by_role("searchbox").focus()
    talked.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    talked.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    talked.keyboard.press("End")
    expect(links.nth(2)).to_be_focused()
    talked.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    assert talked.evaluate("[...document.querySelectorAll('.conv')].map((link) => link.tabIndex)") == [-1, -1, 0]
    talked.keyboard.press("Tab")
    expect(talked.get_by_label(f"Options for {TALKS[0]}")).to_be_focused()
    talked.keyboard.press("Enter")
    expect(talked.locator(".conv-options[open]")).to_have_count(1)
    talked.keyboard.press("Escape")
    expect(talked.locator(".conv-options[open]")).to_have_count(0)
    talked.keyboard.press("Shift+Tab")
    talked.keyboard.press("Home")
    talked.keyboard.press("ArrowDown")
    talked.keyboard.press("Enter")
    expect(talked.locator(".slip")).to_have_text(TALKS[1])
    talked.keyboard.press("/")
    expect(talked.locator("#message")).to_be_focused()


@pytest.mark.parametrize("kind", ["md", "json"])
def test_a_conversation_is_saved_as_a_file(talked: Page, kind: str) -> None:
    link = options(talked, TALKS[0]).locator(f"a[href$='export.{kind}']")
    with talked.expect_download() as saving:
        link.click()
    saved = Path(saving.value.path()).read_text(encoding="utf-8")
    assert re.fullmatch(rf"a decaf for the evening \(\d{{4}}-\d\d-\d\d\)\.{kind}", saving.value.suggested_filename)
    assert "a decaf for the evening" in saved and "Blueberry Weather" in saved and "$14.50" in saved
    if kind == "json":
        assert [message["role"] for message in json.loads(saved)["messages"]] == ["shopper", "barista"]


def test_a_long_list_comes_in_parts(page: Page) -> None:
    begin(page, *[f"talk {n}" for n in range(44)])
    expect(page.locator(".conv")).to_have_count(40)
    page.get_by_role("button", name="Show 4 more").click()
    expect(page.locator(".conv")).to_have_count(44)
    expect(page.locator(".btn.more")).to_have_count(0)


def test_on_a_phone_the_drawer_does_it_all(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(8000)
    page = open_page(context, site)
    say(page, TALKS[0])
    wait_until_done(page)
    page.locator("[data-open=side]").click()
    page.get_by_label(f"Options for {TALKS[0]}").click()
    menu = page.locator(".conv-menu:visible")
    small = menu.locator("button, a").evaluate_all("all => all.filter((one) => one.getBoundingClientRect().height < 43.5).length")
    assert small == 0
    menu.get_by_role("button", name="Delete").click()
    expect(page.locator(".conv")).to_have_count(0)
    undo = page.locator(".gone").get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport()
    undo.click()
    expect(page.locator(".conv .t")).to_have_text(TALKS[0])
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390
    context.close()
