"""Photographs of the running chat page: empty, streaming, answered and with the card open, at three widths, light and dark."""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from coffeebot.domain.errors import CannotStart

SIZES = {390: 844, 820: 1180, 1440: 900}
THEMES = ("light", "dark")
MESSAGE = "I like fruity coffees for my V60, under $20 a bag, nothing dark"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PATIENCE = 30_000  # ms


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="the running page, such as http://127.0.0.1:3000")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--message", default=MESSAGE, help="what the shopper says")


def run(options: argparse.Namespace) -> dict[str, Any]:
    options.out.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        pictures = [
            str(picture)
            for width in SIZES
            for theme in THEMES
            for picture in _visit(browser, options, width=width, theme=theme)
        ]  # fmt: skip
    return {"pictures": pictures}


@contextmanager
def _browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise CannotStart("There is no Chromium to look with: apt-get install chromium.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)


def _visit(browser: Browser, options: argparse.Namespace, *, width: int, theme: str) -> Iterator[Path]:
    """One shopper's first visit."""
    phone = width < 700
    scheme: Literal["light", "dark"] = "dark" if theme == "dark" else "light"
    size: ViewportSize = {"width": width, "height": SIZES[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, is_mobile=phone, has_touch=phone)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(options.url)
    page.wait_for_selector("#main[data-ready=true]")
    page.wait_for_load_state("networkidle")
    yield _shoot(page, options.out / f"empty-{width}-{theme}.png")
    page.fill("#message", options.message)
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply .prose")
    page.wait_for_timeout(600)
    yield _shoot(page, options.out / f"streaming-{width}-{theme}.png")
    page.wait_for_selector("#reply[aria-busy=false]")
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    yield _shoot(page, options.out / f"answered-{width}-{theme}.png")
    if page.is_visible("[data-open=taste]"):
        page.click("[data-open=taste]")
        yield _shoot(page, options.out / f"card-{width}-{theme}.png")
    context.close()


def _shoot(page: Page, path: Path) -> Path:
    page.wait_for_timeout(400)  # pictures and drawers settle
    page.screenshot(path=path)
    return path
