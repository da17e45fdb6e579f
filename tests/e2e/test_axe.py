"""No rule of axe-core (WCAG 2.0 to 2.2 A and AA, best practice) is broken in any state of the page.

A new state is one more row of evals/states.py, or of STATES when only the scripted barista can bring it about.
"""

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from evals import states
from tests.e2e.conftest import open_page
from tests.e2e.talking import say, wait_until_done

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


def failed(page: Page) -> None:
    say(page, "please fail")
    wait_until_done(page)


def long_reply(page: Page) -> None:
    say(page, "a long one, please")
    page.wait_for_selector("#reply[aria-busy=true] .prose")


STATES: dict[str, Callable[[Page], None]] = {**states.STATES, "streaming": long_reply, "failed": failed}
SCREENS = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
# Every state at a desk and on a phone; themes and languages in turn, so that each meets each.
ROWS = [
    (state, screen, theme, language)
    for number, state in enumerate(STATES)
    for screen, theme, language in (
        ("desk", ("light", "dark")[number % 2], "en-GB"),
        ("phone", ("dark", "light")[number % 2], ("ja-JP", "en-GB")[number // 2 % 2]),
        ("tablet", ("light", "dark")[number // 2 % 2], "ja-JP"),
    )
]


@pytest.mark.parametrize(("state", "screen", "theme", "language"), ROWS)
def test_axe_finds_nothing(browser: Browser, site: str, state: str, screen: str, theme: str, language: str) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale=language,
        has_touch=screen != "desk",
        is_mobile=screen == "phone",
        reduced_motion="reduce",  # a thing that is still fading in has the contrast of neither
    )
    context.set_default_timeout(15_000)
    page = open_page(context, site)
    STATES[state](page)
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    context.close()
    assert not found, "\n".join(
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})" for rule in found for node in rule["nodes"]
    )


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.evaluate("document.querySelector('.lede').style.color = 'var(--rule)'")
    page.evaluate(AXE)
    assert [rule["id"] for rule in page.evaluate(RUN)] == ["color-contrast"]
