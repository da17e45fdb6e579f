"""The product as it is run: `up` in a data folder of its own, a browser before it, and a kill in mid-reply."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import ROOT, free_port, open_page, wait_for
from tests.e2e.talking import say, wait_until_done, written

WISH = "I like fruity coffees for my V60, under $20 a bag, nothing dark"
UP_SECONDS = 120.0


@contextmanager
def up(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m coffeebot up`, ready; the barista speaks slowly enough to be cut short."""
    env = {**os.environ, "COFFEEBOT_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1", "HOUSE_WORDS_PER_SECOND": "12"}
    for given in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL"):
        env.pop(given, None)
    with (home / "up.log").open("ab") as log:
        running = subprocess.Popen([sys.executable, "-m", "coffeebot", "up"], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", running, home / "up.log", seconds=UP_SECONDS)
            yield running
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="coffeebot-whole-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def test_a_shopper_is_served_and_a_kill_loses_nothing(home: Path, shopper: BrowserContext) -> None:
    port = free_port()
    with up(home, port) as running:
        page = open_page(shopper, f"http://127.0.0.1:{port}")
        say(page, WISH)
        wait_until_done(page)
        expect(page.locator(".pick")).to_have_count(3)
        expect(page.locator(".pick .roast")).to_have_text([re.compile("Light|Medium$|Medium-light")] * 3)
        for trait in ("Fruity", "V60", "At most $20 a bag", "No dark roasts"):
            expect(page.locator("#taste .trait .v", has_text=trait)).to_be_visible()
        before = page.inner_text("#thread"), page.inner_text("#taste")
        page.reload()
        wait_until_done(page)
        assert (page.inner_text("#thread"), page.inner_text("#taste")) == before
        say(page, "what else do you have?")
        page.wait_for_selector("#reply[aria-busy=true] .prose")
        page.wait_for_timeout(1500)  # the text so far is saved every second
        running.kill()
        running.wait(10)
    with up(home, port):
        page.reload()
        page.wait_for_selector("#main[data-ready=true]")
        expect(page.locator(".slip")).to_have_text([WISH, "what else do you have?"])
        expect(page.locator("#reply .note")).to_contain_text("Broken off here")
        assert written(page) > 20
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector("#reply[aria-busy=true]")
        wait_until_done(page)
        expect(page.locator("#reply .pick")).to_have_count(3)
        expect(page.locator(".slip")).to_have_count(2)
