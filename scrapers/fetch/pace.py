"""One request at a time a host, with a pause after each that grows when the host is slow or says that it is asked too much."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from scrapers.fetch.clock import Clock
from scrapers.fetch.manners import Manners

SLOWNESS = 2.0  # how many times an answer's duration is paused after it
RECOVERY = 0.8  # of the pause is kept after an answer that came easily


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pause: float = 0.0
    next_at: float = 0.0


class Pace:
    """The hosts' turns. `wait` is the host's `Crawl-delay`, where it states one."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, wait: float = 0) -> AsyncIterator[None]:
        """Holds the host for one request, after the pause that is due."""
        turn = self._turns.setdefault(host, _Turn())
        async with turn.lock:
            due = turn.next_at - self._clock.now()
            if due > 0:
                await self._clock.sleep(due)
            began = self._clock.now()
            try:
                yield
            finally:
                ended = self._clock.now()
                turn.next_at = max(turn.next_at, ended + self._pause(turn, ended - began, wait))

    def _pause(self, turn: _Turn, took: float, wait: float) -> float:
        if not self._manners.polite:
            return 0
        least = max(self._manners.least_pause, min(wait, self._manners.most_pause))
        turn.pause = min(self._manners.most_pause, max(least, took * SLOWNESS, turn.pause * RECOVERY))
        return turn.pause * self._clock.jitter()

    def slow_down(self, host: str, seconds: float | None) -> float:
        """After a 429 or 503: the pause doubles; a time that the host named is kept. How many seconds there are to wait."""
        turn = self._turns.setdefault(host, _Turn())
        turn.pause = min(self._manners.most_pause, max(turn.pause, self._manners.least_pause) * 2)
        seconds = turn.pause if seconds is None else seconds
        turn.next_at = max(turn.next_at, self._clock.now() + seconds)
        return seconds
