"""A shop with real coffees for the browser, with a count of how often a barista was asked."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

WISH = "a natural coffee for my V60 under $40 a bag, maybe something chocolatey, nothing dark"


@dataclass(frozen=True, slots=True)
class Shop:
    address: str
    log: Path

    @property
    def asked(self) -> int:
        """How often a barista was asked so far."""
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    def served(self, shopper: BrowserContext, wish: str = WISH) -> Page:
        """A page on which three coffees were offered."""
        page = shopper.new_page()
        page.goto(self.address)
        page.wait_for_selector("#main[data-ready=true]")
        page.fill("#message", wish)
        page.keyboard.press("Enter")
        page.wait_for_selector("#reply[aria-busy=false]", timeout=20_000)
        return page


def names(page: Page) -> list[str]:
    """The coffees offered, as they lie there now."""
    return page.locator(".pick h3").all_inner_texts()
