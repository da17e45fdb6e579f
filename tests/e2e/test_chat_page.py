"""The chat page in a real browser, over scripted services."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import open_page
from tests.e2e.talking import ASKED, say, wait_until_done, written


def test_the_empty_page_says_what_to_do(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like in your cup?")
    expect(page.locator(".start")).to_have_count(4)
    expect(page.get_by_text("412 coffees, 34 roasters")).to_be_visible()
    expect(page.get_by_text("Sample catalogue of invented coffees")).to_be_visible()
    expect(page.get_by_text("Blank so far.")).to_be_visible()


def test_a_message_is_answered_word_by_word(page: Page) -> None:
    say(page, ASKED)
    expect(page.locator(".slip")).to_have_text(ASKED)
    expect(page.locator("#message")).to_have_value("")
    assert page.evaluate("document.activeElement.id") == "message"
    page.wait_for_selector("#reply .prose")
    first = written(page)
    expect(page.locator("#announcer")).to_have_text("The barista is answering")
    page.wait_for_timeout(300)
    assert written(page) > first
    wait_until_done(page)
    expect(page.locator("#announcer")).to_contain_text("Blueberry Weather, Nine Lamps Roastery")
    expect(page).to_have_url(re.compile(r"\?c=\w+$"))


def test_three_cards_a_question_and_the_profile(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(3)
    first = page.locator(".pick").nth(0)
    expect(first.get_by_role("heading", name="Blueberry Weather")).to_be_visible()
    expect(first.locator(".q").first).to_have_text("like blueberry jam")
    expect(first.get_by_role("link")).to_have_attribute("rel", "sponsored nofollow noopener")
    expect(first.get_by_text("we may earn a commission")).to_be_visible()
    expect(page.locator(".pick").nth(1).get_by_text("Sample coffee, not for sale")).to_be_visible()
    expect(page.locator(".pick").nth(1).get_by_role("link")).to_have_count(0)
    expect(page.locator(".ask")).to_contain_text("38 coffees left, 9 if you tell me: how wild may the fruit be?")
    expect(page.locator(".follow .chip")).to_have_count(3)
    expect(page.locator(".pick .facts").first).to_contain_text("1,950 masl")
    expect(page.locator(".pick .facts").nth(1)).to_contain_text("1,700–1,900 masl")
    expect(page.locator(".trait")).to_have_count(7)
    expect(page.locator(".fitcount")).to_contain_text("38 of 412 coffees keep your musts")
    expect(page.get_by_role("img", name="Taste wheel. Likes fruity, cocoa & nut. Avoids roasted.")).to_be_visible()


def test_an_answer_and_a_starter_are_one_touch(page: Page) -> None:
    page.get_by_role("button", name="Light as tea").click()
    wait_until_done(page)
    page.get_by_role("button", name="Clean and sweet").click()
    expect(page.locator(".slip")).to_have_count(2)
    expect(page.locator(".slip").nth(1)).to_have_text("Clean and sweet")
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(6)
    expect(page.locator(".ask")).to_have_count(1)


def test_a_refresh_keeps_everything(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    before = page.inner_text("#thread"), page.inner_text("#taste")
    page.reload()
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(3)
    assert (page.inner_text("#thread"), page.inner_text("#taste")) == before


def test_a_refresh_in_mid_reply_goes_on(page: Page) -> None:
    say(page, "a long one, please")
    page.wait_for_selector("#reply .prose")
    page.reload()
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    first = written(page)
    page.wait_for_timeout(400)
    assert written(page) > first
    wait_until_done(page)
    expect(page.locator("#reply")).to_contain_text("when it has cooled.")


def test_two_tabs_follow_one_reply_and_either_stops_it(page: Page, shopper: BrowserContext) -> None:
    say(page, "a long one, please")
    page.wait_for_url(re.compile(r"\?c="))
    other = open_page(shopper, page.url)
    other.wait_for_selector("#reply[aria-busy=true] .prose")
    first = written(other)
    other.wait_for_timeout(300)
    assert written(other) > first
    other.keyboard.press("Escape")
    wait_until_done(page)
    wait_until_done(other)
    expect(page.locator("#reply .note")).to_contain_text("You stopped here")
    say(other, "and from the other tab")
    expect(page.locator(".slip").nth(1)).to_have_text("and from the other tab")


def test_a_reply_that_broke_off_goes_on(page: Page) -> None:
    say(page, "please fail")
    wait_until_done(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#reply")).to_contain_text("the nearest to the cup you describe")
    wait_until_done(page)
    expect(page.locator("#reply")).to_contain_text("Then stay with naturals")
    expect(page.locator("#reply .note")).to_have_count(0)
    expect(page.locator(".slip")).to_have_count(1)


def test_a_failed_reply_can_be_tried_again(page: Page) -> None:
    say(page, "please fail")
    wait_until_done(page)
    expect(page.locator("#reply")).to_contain_text("Then stay with naturals")
    expect(page.locator("#reply .note")).to_contain_text("Your message is kept.")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#reply[aria-busy=true]")
    expect(page.locator(".slip")).to_have_count(1)


def test_a_line_is_struck_off_the_card(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.get_by_role("button", name="Remove Fruity").click()
    expect(page.locator(".trait")).to_have_count(6)
    expect(page.locator(".fitcount")).to_contain_text("48 of 412")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Remove Milk chocolate"


def test_typing_goes_on_while_the_barista_answers(page: Page) -> None:
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true]")
    say(page, "my next thought")
    expect(page.locator("#message")).to_have_value("my next thought")
    expect(page.locator(".slip")).to_have_count(1)
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    expect(page.locator("#message")).to_have_value("my next thought")


def test_what_is_too_long_is_given_back(page: Page) -> None:
    say(page, "x" * 2001)
    expect(page.get_by_role("alert")).to_contain_text("Shorten it and send it again.")
    expect(page.locator("#message")).to_have_value("x" * 2001)
    page.get_by_role("alert").get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_text("")


def test_keys(page: Page) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "message"
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.locator("#message")).to_have_value("one\ntwo")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_have_text("one\ntwo")


def test_conversations_are_listed_and_opened(page: Page) -> None:
    say(page, "the first talk")
    wait_until_done(page)
    page.get_by_role("link", name="New conversation").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like")
    say(page, "the second talk")
    wait_until_done(page)
    expect(page.locator(".conv")).to_have_count(2)
    page.get_by_role("link", name="the first talk").click()
    expect(page.locator(".slip")).to_have_text("the first talk")
    expect(page.locator(".conv[aria-current=page]")).to_have_text("the first talk")
    page.go_back()
    expect(page.locator(".slip")).to_have_text("the second talk")


def test_the_page_follows_only_a_reader_at_the_end(page: Page) -> None:
    say(page, "a long one, please")
    wait_until_done(page)
    at_end = "document.scrollingElement.scrollHeight - innerHeight - scrollY < 2"
    assert page.evaluate(at_end)
    say(page, "another long one")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(150)
    before = page.evaluate("scrollY")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == before
    page.get_by_role("button", name="Still writing below").click()
    assert page.evaluate(at_end)
    page.wait_for_timeout(400)
    assert page.evaluate(at_end)


def test_dark_is_kept(page: Page) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate(paper)
    assert light != dark
    page.reload()
    assert page.evaluate(paper) == dark
    assert page.evaluate("document.documentElement.style.colorScheme") == "dark"


@pytest.mark.parametrize("drawer", ["#taste", "#side"])
def test_on_a_phone_the_sides_are_drawers(browser: Browser, site: str, drawer: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = open_page(context, site)
    say(page, ASKED)
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(3)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390, "nothing sticks out at the side"
    expect(page.locator(drawer)).to_be_hidden()
    button = page.locator(f"[data-open={drawer[1:]}]")
    button.click()
    expect(page.locator(drawer)).to_be_visible()
    expect(page.locator(f"{drawer} > [role=dialog]")).to_be_focused()
    assert page.evaluate("document.querySelector('#main').inert")
    page.keyboard.press("Escape")
    expect(page.locator(drawer)).to_be_hidden()
    expect(button).to_be_focused()
    context.close()


def test_touch_targets_are_large_enough(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = open_page(context, site)
    say(page, ASKED)
    wait_until_done(page)
    page.locator("[data-open=taste]").click()
    small = page.evaluate(
        "[...document.querySelectorAll('button, a.btn, a.conv')].filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    context.close()


def test_no_script_breaks(shopper: BrowserContext, site: str) -> None:
    page = shopper.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    page.goto(site)
    page.wait_for_selector("#main[data-ready=true]")
    say(page, ASKED)
    wait_until_done(page)
    assert broken == []
