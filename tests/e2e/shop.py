"""A shop with real coffees for the browser: served over a real database, with a count of how often a barista was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.e2e.serving import free_port, open_page, running_app

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
        page = open_page(shopper, self.address)
        page.fill("#message", wish)
        page.keyboard.press("Enter")
        page.wait_for_selector("#reply[aria-busy=false]", timeout=20_000)
        return page


@contextmanager
def opened(database_url: str, here: Path) -> Iterator[Shop]:
    """Serves the built page that `here` has a copy of."""
    asked = here / "asked.log"
    options = {"DATABASE_URL": database_url, "HOUSE_WORDS_PER_SECOND": "400", "ASKED_LOG": str(asked)}
    with running_app("tests.e2e.real_app:app", free_port(), here, **options) as (address, _):
        yield Shop(address, asked)


def names(page: Page) -> list[str]:
    """The coffees offered, as they lie there now."""
    return page.locator(".pick h3").all_inner_texts()
