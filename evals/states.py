"""The states of the chat page that anyone can bring about, and how: for photographs, and for whoever looks at all of them."""

from collections.abc import Callable

from playwright.sync_api import Page

MESSAGES = {
    "en": "I like fruity coffees for my V60, under $20 a bag, nothing dark",
    "ja": "V60で淹れます。フルーティーで、1袋3000円まで。深煎りは苦手です。",
}
SECOND = {"en": "What else do you have?", "ja": "ほかには何がありますか？"}
LONG = 2001  # characters; a message may have fewer
PATIENCE = 60_000  # ms


def say(page: Page, text: str) -> None:
    page.fill("#message", text)
    page.keyboard.press("Enter")


def _language(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def empty(page: Page) -> None:
    page.wait_for_selector(".start")


def streaming(page: Page) -> None:
    say(page, MESSAGES[_language(page)])
    page.wait_for_selector("#reply .prose, #reply[aria-busy=false]", timeout=PATIENCE)


def answered(page: Page) -> None:
    say(page, MESSAGES[_language(page)])
    _wait(page)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")


def talking(page: Page) -> None:
    """A second turn, seen from its end."""
    answered(page)
    say(page, SECOND[_language(page)])
    page.locator(".slip").nth(1).wait_for()
    _wait(page)


def refused(page: Page) -> None:
    opening = MESSAGES[_language(page)]
    say(page, (opening + " ") * (LONG // len(opening) + 1))
    page.wait_for_selector("[role=alert] .alarm")


def offline(page: Page) -> None:
    answered(page)
    page.context.set_offline(True)
    page.wait_for_selector("[role=status] .alarm", timeout=PATIENCE)


def taste(page: Page) -> None:
    answered(page)
    _open(page, "taste")


def conversations(page: Page) -> None:
    answered(page)
    _open(page, "side")


def _open(page: Page, drawer: str) -> None:
    """The drawer, where there is one; on a wide screen it stands beside the thread."""
    button = page.locator(f"[data-open={drawer}]")
    if button.is_visible():
        button.click()


def _wait(page: Page) -> None:
    page.wait_for_selector("#reply[aria-busy=true], #reply[aria-busy=false]")
    page.wait_for_selector("#reply[aria-busy=false]", timeout=PATIENCE)


STATES: dict[str, Callable[[Page], None]] = {
    "empty": empty,
    "streaming": streaming,
    "answered": answered,
    "talking": talking,
    "refused": refused,
    "offline": offline,
    "taste": taste,
    "conversations": conversations,
}
