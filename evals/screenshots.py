"""Photographs of the running chat page: every state at three widths, light and dark, in English and Japanese."""

import argparse
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from evals.chromium import sync_chromium
from evals.states import STATES

SIZES = {390: 844, 820: 1180, 1440: 900}
THEMES = ("light", "dark")
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
PATIENCE = 30_000  # ms
WEBP_QUALITY = 82  # of 100


@dataclass(frozen=True, slots=True)
class Visit:
    """One shopper's first visit, and what they come to see."""

    state: str
    width: int
    theme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.state}-{self.width}-{self.theme}-{self.language}"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="the running page, such as http://127.0.0.1:3000")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--states", nargs="+", choices=STATES, default=list(STATES), help="which states; all of them without it")
    parser.add_argument("--widths", nargs="+", type=int, choices=SIZES, default=list(SIZES))
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=list(THEMES))
    parser.add_argument("--languages", nargs="+", choices=LOCALES, default=list(LOCALES))
    parser.add_argument("--format", choices=("png", "webp"), default="png", help="webp is smaller, and of the window only")
    parser.add_argument("--whole", action="store_true", help="the whole page instead of the window")


def run(options: argparse.Namespace) -> dict[str, Any]:
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_chromium() as browser:
        pictures = [str(_photograph(browser, options, visit)) for visit in _visits(options)]
    return {"pictures": pictures}


def _visits(options: argparse.Namespace) -> Iterator[Visit]:
    for state in options.states:
        for width in options.widths:
            for theme in options.themes:
                for language in options.languages:
                    yield Visit(state, width, theme, language)


def _photograph(browser: Browser, options: argparse.Namespace, visit: Visit) -> Path:
    phone = visit.width < 700
    context = browser.new_context(
        viewport={"width": visit.width, "height": SIZES[visit.width]},
        color_scheme="dark" if visit.theme == "dark" else "light",
        locale=LOCALES[visit.language],
        is_mobile=phone,
        has_touch=phone,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(options.url)
    page.wait_for_selector("#main[data-ready=true]")
    STATES[visit.state](page)
    path = _shoot(page, options.out / f"{visit.name}.{options.format}", whole=options.whole)
    context.close()
    return path


def _shoot(page: Page, path: Path, *, whole: bool) -> Path:
    page.wait_for_timeout(600)  # pictures and drawers settle
    if path.suffix == ".webp":
        shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": WEBP_QUALITY})
        path.write_bytes(b64decode(shot["data"]))
    else:
        page.screenshot(path=path, full_page=whole)
    return path
