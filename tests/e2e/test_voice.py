"""What a screen reader hears, and where the focus is."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import wait_until
from tests.e2e.talking import ASKED, say, wait_until_done

LISTEN = """() => {
  window.heard = [];
  const voice = document.querySelector('#announcer');
  const note = () => { if (voice.textContent) heard.push(voice.textContent); };
  new MutationObserver(note).observe(voice, {childList: true, characterData: true, subtree: true});
}"""
FOCUSED = "document.activeElement.id || document.activeElement.className"


def test_a_reply_is_announced_and_then_heard_whole(page: Page) -> None:
    page.evaluate(LISTEN)
    say(page, ASKED)
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    wait_until_done(page)
    wait_until(page, "heard.length > 1")
    first, whole = page.evaluate("heard")
    assert first == "The barista is answering"
    assert (
        whole.startswith("Then stay with naturals")
        and "Velvet Hour, Thimble & Oak" in whole
        and whole.endswith("how wild may the fruit be?")
    )
    live = page.evaluate("[...document.querySelectorAll('#thread, #thread *')].filter(part => part.ariaLive).length")
    assert live == 0, "nothing of the thread speaks by itself"


def test_what_was_there_already_is_not_read_again(page: Page) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.reload()
    wait_until_done(page)
    page.wait_for_timeout(300)
    expect(page.locator("#announcer")).to_have_text("")


def test_a_failure_is_heard(page: Page) -> None:
    say(page, "please fail")
    wait_until_done(page)
    expect(page.locator("#announcer")).to_contain_text("I could not reach the model just now.")


def test_the_focus_is_never_lost(page: Page) -> None:
    page.fill("#message", "a long one, please")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    assert page.evaluate(FOCUSED) == "message", "after sending"
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    wait_until_done(page)
    wait_until(page, f"{FOCUSED} === 'message'")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until(page, f"{FOCUSED} === 'reply'")
    wait_until_done(page)
    page.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until(page, f"{FOCUSED} === 'reply'")
    wait_until_done(page)
    page.get_by_role("button", name="Clean and sweet").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply[aria-busy=true]")
    wait_until(page, f"{FOCUSED} === 'message'")
