"""What the first visit costs over the wire, as the browser counts it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

KILOBYTE = 1000
SCRIPT, STYLE = 220 * KILOBYTE, 30 * KILOBYTE


class Wire:
    """Bytes that came over the network, by the browser's kind of resource, and the headers of each address."""

    def __init__(self, devtools: CDPSession) -> None:
        self.kinds: dict[str, str] = {}
        self.came: dict[str, float] = {}
        self.headers: dict[str, dict[str, str]] = {}
        devtools.send("Network.enable")
        devtools.on("Network.responseReceived", self._answered)
        devtools.on("Network.loadingFinished", self._loaded)

    def _answered(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.headers[event["response"]["url"]] = {name.lower(): value for name, value in event["response"]["headers"].items()}

    def _loaded(self, event: dict) -> None:
        self.came[event["requestId"]] = event["encodedDataLength"]

    def bytes_of(self, kind: str) -> float:
        return sum(came for request, came in self.came.items() if self.kinds.get(request) == kind)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[tuple[Page, Wire]]:
    context = browser.new_context()
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page))
    page.goto(site)
    page.wait_for_selector("#main[data-ready=true]")
    page.wait_for_load_state("networkidle")
    yield page, wire
    context.close()


def test_the_first_visit_is_light(visit: tuple[Page, Wire]) -> None:
    _, wire = visit
    script, style = wire.bytes_of("Script"), wire.bytes_of("Stylesheet")
    assert 0 < script <= SCRIPT, f"{script / KILOBYTE:.1f} kB of script"
    assert 0 < style <= STYLE, f"{style / KILOBYTE:.1f} kB of style"


def test_what_is_named_by_its_content_is_kept_and_packed(visit: tuple[Page, Wire]) -> None:
    page, wire = visit
    ours = {url: headers for url, headers in wire.headers.items() if "/assets/" in url or "/js/" in url}
    assert len(ours) > 8
    for url, headers in ours.items():
        assert headers["cache-control"] == "public, max-age=31536000, immutable", url
        assert headers["content-encoding"] in ("br", "gzip"), url
    wire.came.clear()
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    assert wire.bytes_of("Script") == wire.bytes_of("Stylesheet") == 0
