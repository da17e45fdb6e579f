"""Time, so that tests can bring their own."""

import asyncio
import random
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds; `now` only grows, `utc` is since 1970. `jitter` is a factor around 1."""

    def now(self) -> float: ...

    def utc(self) -> float: ...

    def jitter(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class WallClock:
    def now(self) -> float:
        return time.monotonic()

    def utc(self) -> float:
        return time.time()

    def jitter(self) -> float:
        return random.uniform(0.8, 1.3)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
