"""Photographs of the running chat page: every state at three widths, light and dark, in English and Japanese."""

import argparse
from base64 import b64decode
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from evals.chromium import sync_chromium
from evals.states import FRESH, STATES, begin, visit

SIZES = {390: 844, 820: 1180, 1440: 900}
THEMES = ("light", "dark")
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
PHONE = 700  # pixels: narrower is a phone
PATIENCE = 30_000  # ms
WEBP_QUALITY = 82  # of 100


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
    pictures: list[str] = []
    with sync_chromium() as browser:
        for width in options.widths:
            for theme in options.themes:
                for language in options.languages:
                    pictures += _walk(browser, options, width=width, theme=theme, language=language)
    return {"pictures": pictures}


def _walk(browser: Browser, options: argparse.Namespace, *, width: int, theme: str, language: str) -> list[str]:
    """All states, as one shopper comes through them."""
    phone = width < PHONE
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if theme == "dark" else "light",
        locale=LOCALES[language],
        is_mobile=phone,
        has_touch=phone,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    address = options.url.rstrip("/")
    talk = ""
    pictures = []
    for state in (state for state in STATES if state in options.states):
        if not talk and state not in FRESH:
            talk = begin(page, address)
        visit(page, state, address=address, talk=talk)
        pictures.append(str(_shoot(page, options.out / f"{state}-{width}-{theme}-{language}.{options.format}", whole=options.whole)))
    context.close()
    return pictures


def _shoot(page: Page, path: Path, *, whole: bool) -> Path:
    page.wait_for_timeout(600)  # pictures and drawers settle
    if path.suffix == ".webp":
        shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": WEBP_QUALITY})
        path.write_bytes(b64decode(shot["data"]))
    else:
        page.screenshot(path=path, full_page=whole)
    return path
