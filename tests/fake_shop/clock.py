"""A clock that jumps when somebody sleeps."""


class FakeClock:
    """`slept` is how long each sleep was asked for, in order."""

    def __init__(self, *, jitter: float = 1) -> None:
        self.time = 1000.0
        self.slept: list[float] = []
        self._jitter = jitter

    def now(self) -> float:
        return self.time

    def utc(self) -> float:
        return 1_780_000_000 + self.time

    def jitter(self) -> float:
        return self._jitter

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds
