"""Talking to the barista through the page."""

from playwright.sync_api import Page

from evals.states import say

ASKED = "I make V60 every morning. Something like blueberry jam, up to 20 dollars."


def wait_until_done(page: Page) -> None:
    page.wait_for_selector("#reply[aria-busy=false]", timeout=20_000)


def written(page: Page) -> int:
    """How many characters of the reply are on the page."""
    return len(page.inner_text("#reply"))


__all__ = ["ASKED", "say", "wait_until_done", "written"]
