"""Whatever breaks in mid-reply: the reply goes on, or says that it broke off; the product's own app over a real database."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coffeebot.embedded import Connection
from tests.conftest import stocked_database
from tests.e2e.broken_line import line_to
from tests.e2e.conftest import free_port, open_page, running_app, wait_until
from tests.e2e.talking import say, wait_until_done, written

WISH = "I like fruity coffees for my V60, under $20 a bag, nothing dark"
NEXT = "and something for espresso"
pytestmark = pytest.mark.timeout(400)  # the first one also builds the page and fills a database
GONE_BACK = 30_000  # ms that a lost message may take to come back to its writer


@pytest.fixture(scope="module")
def database(database_server: Connection) -> Iterator[str]:
    """A database with the starter catalogue."""
    with stocked_database(database_server) as url:
        yield url


class App:
    """The product's app on one port, which can be killed and started again."""

    def __init__(self, built: Path, database: str, *, words_per_second: int) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._built = built
        self._environment = {
            "DATABASE_URL": database,
            "HOUSE_WORDS_PER_SECOND": str(words_per_second),
            "REFLEX_SOCKET_INTERVAL": "1",
            "REFLEX_SOCKET_TIMEOUT": "2",
        }

    def start(self) -> None:
        self._running = running_app("coffeebot.coffeebot:app", self.port, self._built, **self._environment)
        _, self._process = self._running.__enter__()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        self._running.__exit__(None, None, None)


@pytest.fixture(scope="module")
def app(built: Path, database: str) -> Iterator[App]:
    """One whose barista can be interrupted."""
    served = App(built, database, words_per_second=8)
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def quick(built: Path, database: str) -> Iterator[App]:
    """One whose barista keeps nobody waiting."""
    served = App(built, database, words_per_second=400)
    served.start()
    yield served
    served.stop()


def begin(context: BrowserContext, address: str) -> Page:
    """A page in which the barista has begun to answer."""
    page = open_page(context, address)
    say(page, WISH)
    page.wait_for_url(re.compile(r"\?c="))
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    return page


def answered(context: BrowserContext, address: str) -> Page:
    """A page with one answer."""
    page = open_page(context, address)
    say(page, WISH)
    wait_until_done(page)
    page.wait_for_url(re.compile(r"\?c="))
    return page


def assert_whole(page: Page, *said: str) -> None:
    """Each message once, each with its answer, nothing in progress, nothing that waits."""
    expect(page.locator(".slip")).to_have_text(list(said), timeout=20_000)
    wait_until_done(page)
    expect(page.locator(".bot")).to_have_count(len(said))
    expect(page.locator("#reply .pick")).not_to_have_count(0)
    expect(page.locator("#reply .note")).to_have_count(0)
    expect(page.locator(".stage.wait, .caret")).to_have_count(0)
    expect(page.locator("#waiting")).to_be_hidden()


def test_a_refresh(shopper: BrowserContext, app: App) -> None:
    page = begin(shopper, app.address)
    page.reload()
    page.wait_for_selector("#reply[aria-busy=true] .prose")
    first = written(page)
    wait_until(page, "n => document.querySelector('#reply').innerText.length > n", first)
    assert_whole(page, WISH)


def test_a_dropped_connection(shopper: BrowserContext, app: App) -> None:
    page = begin(shopper, app.address)
    shopper.set_offline(True)
    expect(page.get_by_text("No connection")).to_be_visible()
    shopper.set_offline(False)
    expect(page.get_by_text("No connection")).to_be_hidden()
    assert_whole(page, WISH)


def test_what_is_sent_without_a_connection_waits_for_the_line(shopper: BrowserContext, quick: App) -> None:
    page = answered(shopper, quick.address)
    shopper.set_offline(True)
    expect(page.get_by_text("No connection")).to_be_visible()
    say(page, NEXT)
    expect(page.locator("#waiting")).to_contain_text(NEXT)
    expect(page.locator("#waiting")).to_contain_text("waits for the line")
    shopper.set_offline(False)
    assert_whole(page, WISH, NEXT)
    expect(page.locator("#message")).to_have_value("")


def test_a_half_open_connection(shopper: BrowserContext, app: App) -> None:
    """Nothing comes and nobody says so: the page finds out by itself."""
    with line_to(app.port) as line:
        page = begin(shopper, f"http://127.0.0.1:{line.port}")
        line.die()
        assert_whole(page, WISH)


def test_what_is_sent_into_a_dead_line_comes_back_to_its_writer(shopper: BrowserContext, quick: App) -> None:
    with line_to(quick.port) as line:
        page = answered(shopper, f"http://127.0.0.1:{line.port}")
        line.die()
        say(page, NEXT)
        expect(page.locator("#message")).to_have_value(NEXT, timeout=GONE_BACK)
        expect(page.locator("#patience")).to_have_text("That did not get through. Your text is back: send it again.")
        assert_whole(page, WISH)
        page.press("#message", "Enter")
        assert_whole(page, WISH, NEXT)


def test_a_refresh_while_a_message_is_on_its_way(shopper: BrowserContext, quick: App) -> None:
    with line_to(quick.port) as line:
        page = answered(shopper, f"http://127.0.0.1:{line.port}")
        line.die()
        say(page, NEXT)
        page.reload()
        expect(page.locator("#message")).to_have_value(NEXT, timeout=GONE_BACK)
        assert_whole(page, WISH)


def test_a_second_tab_follows_and_stops(shopper: BrowserContext, app: App) -> None:
    page = begin(shopper, app.address)
    other = open_page(shopper, page.url)
    other.wait_for_selector("#reply[aria-busy=true] .prose")
    first = written(other)
    wait_until(other, "n => document.querySelector('#reply').innerText.length > n", first)
    other.get_by_role("button", name="Stop").click()
    for tab in (page, other):
        wait_until_done(tab)
        expect(tab.locator("#reply .note")).to_contain_text("You stopped here")
    assert page.inner_text("#thread") == other.inner_text("#thread")


def test_another_device_with_the_cookie(shopper: BrowserContext, browser: Browser, app: App) -> None:
    page = begin(shopper, app.address)
    device = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    device.add_cookies(shopper.cookies())  # type: ignore[arg-type]
    other = open_page(device, app.address)
    other.wait_for_selector("#reply[aria-busy=true] .prose")
    for tab in (page, other):
        assert_whole(tab, WISH)
    say(other, NEXT)
    for tab in (page, other):
        expect(tab.locator(".slip")).to_have_text([WISH, NEXT])
        assert_whole(tab, WISH, NEXT)
    device.close()


def test_a_killed_server_that_comes_back(shopper: BrowserContext, app: App) -> None:
    """Nobody touches the page: it finds the new server, and the answer says that it broke off."""
    page = begin(shopper, app.address)
    page.fill("#message", "half a thought")
    page.wait_for_timeout(1500)  # what has come is saved every second
    app.kill()
    expect(page.get_by_text("No connection")).to_be_visible()
    app.start()
    expect(page.get_by_text("No connection")).to_be_hidden(timeout=20_000)
    expect(page.locator("#reply .note")).to_contain_text("Broken off here", timeout=20_000)
    expect(page.locator(".slip")).to_have_text([WISH])
    expect(page.locator(".stage.wait, .caret")).to_have_count(0)
    expect(page.locator("#message")).to_have_value("half a thought")
    assert written(page) > 20
    page.get_by_role("button", name="Continue").click()
    page.wait_for_selector("#reply[aria-busy=true]")
    assert_whole(page, WISH)


def test_what_is_sent_while_the_server_is_away_goes_into_the_same_conversation(shopper: BrowserContext, quick: App) -> None:
    page = answered(shopper, quick.address)
    address = page.url
    quick.kill()
    expect(page.get_by_text("No connection")).to_be_visible()
    say(page, NEXT)
    expect(page.locator("#waiting")).to_contain_text("waits for the line")
    quick.start()
    assert_whole(page, WISH, NEXT)
    assert page.url == address
    expect(page.locator(".conv")).to_have_count(1)
