"""Hands on keys: sending, new lines, input methods, a phone's keyboard, and a draft that stays."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import open_page, wait_until
from tests.e2e.talking import ASKED, say, wait_until_done

BELOW = "document.querySelector('.composer').getBoundingClientRect().bottom - {}"


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield open_page(context, site)
    context.close()


def test_enter_within_an_input_method_chooses_and_does_not_send(page: Page) -> None:
    page.focus("#message")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "こうちゃ", "selectionStart": 4, "selectionEnd": 4})
    seen = page.evaluate_handle(
        "() => { const seen = []; addEventListener('keydown', e => seen.push([e.key, e.isComposing])); return seen; }"
    )
    for key in ("Enter", "Escape"):
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229})
    assert seen.json_value() == [["Enter", True], ["Escape", True]], "the browser itself says that it is composing"
    expect(page.locator(".slip")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "紅茶のような"})
    expect(page.locator("#message")).to_have_value("紅茶のような")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_have_text("紅茶のような")


def test_escape_stops_and_a_slash_in_the_field_is_a_slash(page: Page) -> None:
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    page.keyboard.type("and/or")
    expect(page.locator("#message")).to_have_value("and/or")
    page.keyboard.press("Escape")
    wait_until_done(page)
    expect(page.locator("#reply .note")).to_contain_text("You stopped here")
    expect(page.locator("#message")).to_have_value("and/or")


def test_a_draft_survives_a_refresh_and_is_gone_once_sent(page: Page) -> None:
    page.fill("#message", "half a thought")
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    expect(page.locator("#message")).to_have_value("half a thought")
    page.press("#message", "Enter")
    expect(page.locator(".slip")).to_have_text("half a thought")
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    expect(page.locator("#message")).to_have_value("")


def test_a_long_message_makes_the_field_grow_and_then_scroll(page: Page) -> None:
    tall = "document.querySelector('#message').clientHeight"
    low = page.evaluate(tall)
    page.fill("#message", "line\n" * 4)
    middle = page.evaluate(tall)
    page.fill("#message", "line\n" * 60)
    assert low < middle < page.evaluate(tall) <= page.evaluate("innerHeight * 0.45")


def test_the_composer_stays_above_a_keyboard_that_makes_the_page_smaller(phone: Page) -> None:
    say(phone, ASKED)
    wait_until_done(phone)
    phone.set_viewport_size({"width": 390, "height": 500})
    wait_until(phone, f"Math.abs({BELOW.format('innerHeight')}) < 30")


def test_the_composer_stays_above_a_keyboard_that_covers_the_page(phone: Page) -> None:
    """As on an iPhone, where only the visual viewport says so."""
    say(phone, ASKED)
    wait_until_done(phone)
    resized = "visualViewport.dispatchEvent(new Event('resize'))"
    phone.evaluate(f"Object.defineProperty(visualViewport, 'height', {{value: 500, configurable: true}}); {resized}")
    wait_until(phone, f"{BELOW.format(500)} <= 0")
    phone.evaluate(f"delete visualViewport.height; {resized}")
    wait_until(phone, f"{BELOW.format(500)} > 100")
