"""What one may do in the thread: copy, judge, have it tried again; in a real browser over scripted services."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.talking import ASKED, say, wait_until_done

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
NO_COPYING = "document.execCommand = () => false"
COPIED = """Then stay with naturals, and go a little rounder than the bag you remember. These three keep to your limit, and in all of them \
the sweetness comes from the fruit and not from acid.

If you take only one, take Blueberry Weather: it is the nearest to the cup you describe. Choose Velvet Hour if the place by the \
harbour was more about the warmth than about the berry, and Plum Rain for an evening.

1. Blueberry Weather, Nine Lamps Roastery

2. Plum Rain, Slow Comet Coffee

3. Velvet Hour, Thimble & Oak

38 coffees left, 9 if you tell me: how wild may the fruit be?"""


def pasted(page: Page) -> str:
    page.fill("#message", "")
    page.focus("#message")
    page.keyboard.press("Control+V")
    return page.input_value("#message")


@pytest.mark.parametrize("hindered", ["", NO_CLIPBOARD])
def test_an_answer_is_copied_as_plain_text(page: Page, hindered: str) -> None:
    say(page, ASKED)
    wait_until_done(page)
    if hindered:
        page.evaluate(hindered)
    button = page.locator("#reply").get_by_role("button", name="Copy")
    button.click()
    expect(page.locator("#announcer")).to_have_text("Copied")
    expect(button).to_be_focused()
    assert pasted(page) == COPIED


def test_what_was_said_is_copied_too(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.locator(".me").hover()
    page.locator(".me").get_by_role("button", name="Copy").click()
    expect(page.locator("#announcer")).to_have_text("Copied")
    assert pasted(page) == ASKED


def test_where_nothing_may_be_copied_it_is_selected(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.evaluate(f"{NO_CLIPBOARD}; {NO_COPYING}")
    page.locator("#reply").get_by_role("button", name="Copy").click()
    expect(page.locator("#announcer")).to_have_text("Selected. Press Ctrl+C to copy.")
    chosen = page.evaluate("getSelection().toString()")
    assert chosen.startswith("Then stay with naturals") and "Velvet Hour" in chosen


def test_a_thumb_is_pressed_explained_kept_and_taken_back(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    up, down = page.get_by_role("button", name="Good answer"), page.get_by_role("button", name="Poor answer")
    expect(up).to_have_attribute("aria-pressed", "false")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Well explained")).to_be_visible()
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Too long").click()
    expect(page.get_by_role("button", name="Too long")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("In your own words").fill("half would do")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noted with this answer.")).to_be_attached()
    expect(page.locator(".because")).to_have_count(0)
    expect(down).to_be_focused()
    page.reload()
    wait_until_done(page)
    expect(down).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "false")
    page.reload()
    wait_until_done(page)
    expect(down).to_have_attribute("aria-pressed", "false")


def test_a_thumb_stays_on_its_answer_when_the_talk_goes_on(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.get_by_role("button", name="Good answer").click()
    say(page, "and another")
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until_done(page)
    expect(page.get_by_role("button", name="Good answer")).to_have_count(2)
    pressed = page.locator(".thumb[data-thumb=up]").evaluate_all("all => all.map(one => one.getAttribute('aria-pressed'))")
    assert pressed == ["true", "false"]


def test_a_finished_answer_can_be_tried_again(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    first = page.get_attribute("#reply", "data-id")
    page.locator("#reply").get_by_role("button", name="Try again").click()
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until_done(page)
    assert page.get_attribute("#reply", "data-id") != first
    expect(page.locator(".slip")).to_have_count(1)
    expect(page.locator(".bot")).to_have_count(1)


def test_the_stage_is_told_only_after_a_second(page: Page) -> None:
    say(page, "think first")
    stage = page.locator("#reply .stage.wait")
    expect(stage).to_have_text("Reading 38 coffees…")
    [motion] = stage.evaluate("line => line.getAnimations().map(m => [m.effect.getTiming().delay, m.effect.getKeyframes()[0].opacity])")
    assert motion == [1000, "0"], "unseen for a second"
    expect(stage).to_have_css("opacity", "1")
    wait_until_done(page)
    expect(page.locator("#reply .stage")).to_have_text("Read 38 coffees that keep your musts")


def test_a_second_message_is_refused_kindly_and_kept(page: Page) -> None:
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    say(page, "my next thought")
    expect(page.locator("#patience")).to_have_text("Still answering. Your text waits here; Esc ends the answer.")
    expect(page.locator("#message")).to_have_value("my next thought")
    page.keyboard.press("Escape")
    wait_until_done(page)
    expect(page.locator("#patience")).to_have_text("")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_have_text(["a long one, please", "my next thought"])


def test_a_page_that_does_not_know_of_the_answer_is_refused_too(page: Page) -> None:
    """As when two tabs send at once."""
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    page.evaluate("document.querySelector('#composer').dataset.running = 'false'")
    say(page, "my next thought")
    expect(page.get_by_role("alert")).to_contain_text("The barista is still answering.")
    expect(page.locator("#message")).to_have_value("my next thought")
    expect(page.locator(".slip")).to_have_count(1)
