"""The built page behind one server, and a browser to look at it; skipped where there is no Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from coffeebot.cli.page import Page as BuiltPage
from coffeebot.embedded import Connection
from evals.chromium import installed, sync_chromium
from tests.conftest import stocked_database
from tests.e2e.serving import ROOT, free_port, open_page, running_app, wait_for, wait_until
from tests.e2e.shop import Shop, opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in filter(_in_browser, items):
        if installed() is None:
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
    """The address of the product's page over the services of tests/fakes."""
    with running_app("tests.e2e.fake_app:app", free_port(), built) as (address, _):
        yield address


@pytest.fixture(scope="session")
def shop(database_server: Connection, built: Path) -> Iterator[Shop]:
    """The product's page over a real database and the starter catalogue."""
    with stocked_database(database_server) as url, opened(url, built) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; of one file of tests, because Playwright's loop runs as long as its browser and no other can run beside it."""
    with sync_chromium() as opened:
        yield opened


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
