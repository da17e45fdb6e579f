"""A circuit breaker: a provider that keeps failing is left alone for a while, then tried once."""

import time
from collections.abc import Callable

from coffeebot.domain.errors import Failure, ProviderFailed

UNAVAILABLE = {
    Failure.CONNECTION, Failure.TIMEOUT, Failure.RATE_LIMIT, Failure.OVERLOADED, Failure.SERVER, Failure.KEY, Failure.MALFORMED,
    Failure.EMPTY,
}  # fmt: skip


class Breaker:
    """`failures` in a row open it for `first` seconds, twice as long after each probe that fails, `longest` at most."""

    def __init__(
        self, *, failures: int = 3, first: float = 30.0, longest: float = 300.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = failures
        self._first = first
        self._longest = longest
        self._clock = clock
        self._failures = 0
        self._times_opened = 0
        self._opens_at = 0.0
        self._probing = False

    @property
    def open(self) -> bool:
        """Whether nobody is let through now."""
        return self._times_opened > 0 and (self._clock() < self._opens_at or self._probing)

    def enter(self) -> bool:
        """Lets a call through, or not; after an opening a single one is let through to probe."""
        if self.open:
            return False
        self._probing = self._times_opened > 0
        return True

    def leave(self, failure: ProviderFailed | None, *, tried: bool = True) -> None:
        """How a call that was let through went; a call that was stopped before it showed anything was not `tried`."""
        probed, self._probing = self._probing, False
        if not tried:
            return
        if failure is None or failure.kind not in UNAVAILABLE:
            self._failures = self._times_opened = 0
            return
        self._failures += 1
        if failure.retry_after is not None:
            self._shut(failure.retry_after)
        elif failure.kind is Failure.KEY:
            self._shut(self._longest)
        elif probed or self._failures >= self._allowed:
            self._shut(min(self._longest, self._first * 2**self._times_opened))

    def _shut(self, seconds: float) -> None:
        self._times_opened = min(self._times_opened + 1, 10)
        self._opens_at = self._clock() + seconds
        self._failures = 0
