"""The fetcher: what spiders ask for, got from shops with manners."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from urllib.parse import urldefrag, urljoin

import httpx

from scrapers.errors import FetchFailed
from scrapers.fetch.body import ACCEPTED, read
from scrapers.fetch.clock import Clock, WallClock
from scrapers.fetch.manners import Manners
from scrapers.fetch.network import PublicNetwork, PublicTransport
from scrapers.fetch.pace import Pace
from scrapers.fetch.public import check_url
from scrapers.fetch.retry_after import retry_after
from scrapers.fetch.robots import Robots
from scrapers.fetch.store import NoStore, PageStore, StoredPage
from scrapers.pages import Request, Response

_REDIRECTS = (301, 302, 303, 307, 308)
MOST_VALIDATOR = 500  # characters of an ETag
_MAY_PASS = (429, 502, 503, 504)  # another try may help; a 404 or a 500 will be the same again


class Fetcher:
    """Gets pages. `transport` is swappable: a test replays a shop with it, or counts what was asked.

    An answer is a Response with status 200, or the stored one that the shop says is still right; all else raises FetchFailed.
    Use it as an async context manager.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        store: PageStore | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._manners = manners
        self._clock = clock or WallClock()
        self._store = store or NoStore()
        self._pace = Pace(manners, self._clock)
        self._robots = Robots(self._robots_txt, self._clock, seconds=manners.robots_seconds)
        self._client = httpx.AsyncClient(
            transport=transport or PublicTransport(PublicNetwork(loopback=manners.loopback)),
            headers={"User-Agent": manners.user_agent, "Accept-Encoding": ACCEPTED},
            timeout=httpx.Timeout(manners.read_seconds, connect=manners.connect_seconds),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> "Fetcher":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def get(self, request: Request) -> Response:
        """Raises FetchFailed; its `code` says why, and `retry_after` when the shop wants to be asked again."""
        stored = await self._store.get(request.url)
        page, unchanged = await self._follow(request.url, stored)
        if not unchanged and (page.etag or page.last_modified):
            await self._store.keep(request.url, page)
        return Response(page.url, page.body, request, {"content-type": page.content_type}, unchanged)

    async def _follow(self, url: str, stored: StoredPage | None, *, robots: bool = True) -> tuple[StoredPage, bool]:
        """The page at the end of the redirects, and whether it is the stored one. Every hop is checked as the first is."""
        asked = url
        for _ in range(self._manners.most_redirects + 1):
            wait = await self._allowed(asked, robots=robots)
            answer, body = await self._persist(asked, wait, _conditions(stored) if stored else {})
            if answer.status_code == 304 and stored is not None:
                return stored, True
            if answer.status_code not in _REDIRECTS:
                return _page(asked, answer, body), False
            asked = _target(asked, answer)
        raise FetchFailed("too_many_redirects", url, f"more than {self._manners.most_redirects} redirects")

    async def _allowed(self, url: str, *, robots: bool) -> float:
        parts = check_url(url, loopback=self._manners.loopback)
        return await self._robots.check(url, parts) if robots else 0.0

    async def _persist(self, url: str, wait: float, conditions: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """One answer: tried again where that can help, after the pause that the shop wants."""
        host = httpx.URL(url).netloc.decode()
        for left in range(self._manners.attempts - 1, -1, -1):
            try:
                async with self._pace.turn(host, wait=wait):
                    answer, body = await self._once(url, conditions)
            except FetchFailed as error:
                if error.code != "connection" or not left:
                    raise
                self._pace.slow_down(host, None)
                continue
            if answer.status_code not in _MAY_PASS:
                return answer, body
            named = retry_after(answer.headers.get("retry-after"), utc=self._clock.utc())
            seconds = self._pace.slow_down(host, named)
            if not left or seconds > self._manners.longest_wait:
                code = "rate_limited" if answer.status_code == 429 else f"http_{answer.status_code}"
                raise FetchFailed(code, url, f"the shop answered {answer.status_code}", retry_after=named)
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, url: str, conditions: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """An answer's head and, of one with a page, its body."""
        try:
            async with asyncio.timeout(self._manners.page_seconds), self._client.stream("GET", url, headers=conditions) as answer:
                body = await read(answer, most=self._manners.most_bytes) if answer.status_code == 200 else b""
                return answer, body
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout):
            raise FetchFailed("timeout", url, "the shop took too long to answer") from None
        except (httpx.InvalidURL, UnicodeError):  # httpx reads the address of a redirect that it is not to follow
            raise FetchFailed("bad_redirect", url, "a redirect to no web address") from None
        except httpx.TransportError as error:
            raise FetchFailed("connection", url, f"no connection, or a broken one ({type(error).__name__})") from error

    async def _robots_txt(self, url: str) -> bytes | None:
        try:
            page, _ = await self._follow(url, None, robots=False)
        except FetchFailed as error:
            if error.code.startswith("http_4"):
                return None
            raise
        return page.body


def _conditions(stored: StoredPage) -> dict[str, str]:
    told = {"If-None-Match": stored.etag, "If-Modified-Since": stored.last_modified}
    return {name: value for name, value in told.items() if value}


def _page(url: str, answer: httpx.Response, body: bytes) -> StoredPage:
    if answer.status_code != 200:
        raise FetchFailed(f"http_{answer.status_code}", url, f"the shop answered {answer.status_code}")
    told = answer.headers
    return StoredPage(url, body, told.get("content-type", ""), _sendable(told.get("etag")), _sendable(told.get("last-modified")))


def _sendable(validator: str | None) -> str | None:
    """What a shop calls a version, where it can be sent back to it as it is."""
    return validator if validator and validator.isascii() and validator.isprintable() and len(validator) <= MOST_VALIDATOR else None


def _target(url: str, answer: httpx.Response) -> str:
    place = answer.headers.get("location", "")
    if not place:
        raise FetchFailed("bad_redirect", url, "a redirect to nowhere")
    try:
        return str(urldefrag(urljoin(url, place)).url)
    except ValueError:
        raise FetchFailed("bad_redirect", url, "a redirect to no web address") from None
