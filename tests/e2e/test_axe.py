"""No rule of axe-core (WCAG 2.0 to 2.2 A and AA, best practice) is broken in any state of the page.

A new state is one more row of evals/states.py, or of SCRIPTED when only the scripted barista can bring it about.
"""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from evals.states import STATES, begin, visit
from tests.e2e.shop import Shop
from tests.e2e.talking import say, wait_until_done

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
SCREENS = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
ROWS = [("desk", "light", "en-GB"), ("tablet", "dark", "ja-JP"), ("phone", "dark", "en-GB"), ("phone", "light", "ja-JP")]


def violations(page: Page, state: str) -> list[str]:
    page.evaluate(AXE)
    return [
        f"{state}: {rule['id']}: {node['html'][:160]} ({node['failureSummary']})" for rule in page.evaluate(RUN) for node in rule["nodes"]
    ]


@pytest.fixture(params=ROWS, ids="-".join)
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    screen, theme, language = request.param
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
    yield context.new_page()
    context.close()


@pytest.mark.timeout(600)  # every state, one after the other, on one page
def test_axe_finds_nothing_in_any_state(visitor: Page, shop: Shop) -> None:
    talk = begin(visitor, shop.address)
    found = []
    for state in STATES:
        visit(visitor, state, address=shop.address, talk=talk)
        found += violations(visitor, state)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_a_reply_that_comes_or_breaks(visitor: Page, site: str) -> None:
    visitor.goto(site)
    visitor.wait_for_selector("#main[data-ready=true]")
    say(visitor, "please fail")
    wait_until_done(visitor)
    found = violations(visitor, "failed")
    say(visitor, "a long one, please")
    visitor.wait_for_selector("#reply[aria-busy=true] .prose")
    found += violations(visitor, "streaming")
    assert not found, "\n".join(found)


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.evaluate("document.querySelector('.lede').style.color = 'var(--rule)'")
    [found] = violations(page, "empty")
    assert "color-contrast" in found
