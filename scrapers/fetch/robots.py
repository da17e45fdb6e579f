"""robots.txt, read once a day a host and obeyed (RFC 9309)."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import SplitResult

from protego import Protego

from scrapers.errors import AddressRefused, FetchFailed, RobotsRefused
from scrapers.fetch.clock import Clock

AGENT = "Coffeebot"
MOST_BYTES = 500 * 1024  # what RFC 9309 asks of a reader
AGAIN_SECONDS = 600  # when the file could not be read

Get = Callable[[str], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class _Rules:
    read: Protego | None  # None: the host could not be asked, so nothing else is
    until: float


class Robots:
    """`get` fetches a robots.txt: None where there is none, FetchFailed where the host could not say."""

    def __init__(self, get: Get, clock: Clock, *, seconds: float) -> None:
        self._get = get
        self._clock = clock
        self._seconds = seconds
        self._rules: dict[str, _Rules] = {}
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str, parts: SplitResult) -> float:
        """The host's Crawl-delay in seconds, 0 without one. Raises RobotsRefused for an address that it forbids."""
        rules = await self._of(f"{parts.scheme}://{parts.netloc}")
        if rules is None:
            raise RobotsRefused(url, "its robots.txt could not be read, so nothing else is asked for now")
        if not rules.can_fetch(url, AGENT):
            raise RobotsRefused(url, "the shop's robots.txt forbids it")
        return rules.crawl_delay(AGENT) or 0.0

    async def _of(self, origin: str) -> Protego | None:
        async with self._reading[origin]:
            known = self._rules.get(origin)
            if known is None or known.until <= self._clock.now():
                read = await self._read(f"{origin}/robots.txt")
                known = _Rules(read, self._clock.now() + (self._seconds if read else AGAIN_SECONDS))
                self._rules[origin] = known
            return known.read

    async def _read(self, url: str) -> Protego | None:
        try:
            body = await self._get(url)
        except AddressRefused:
            raise
        except FetchFailed:
            return None
        return Protego.parse((body or b"")[:MOST_BYTES].decode("utf-8", "replace"))
